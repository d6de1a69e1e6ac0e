"""Parquet files: a path in, headings and rows of plain cells out (by DuckDB, which opens this one file only)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from chuan.text.messages import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Cell: TypeAlias = str | float | int | bool | datetime | date | time | timedelta | None

MAX_CELLS = 100_000_000
_MAGIC = b"PAR1"
_CHUNK_ROWS = 20_000
_AS_THEY_ARE = {
    "VARCHAR",
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "FLOAT",
    "DOUBLE",
    "DATE",
    "TIMESTAMP",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """A table: the headings and the rows, all equally long; an empty cell is None."""

    headings: tuple[str, ...]
    rows: list[list[Cell]]


def read_columns(path: Path, progress: Callable[[int, int], None] | None = None) -> Columns:
    """Return the table of the file at `path`. Moments with a zone come as ISO 8601 text in UTC, without as datetimes.

    Raises BadInput: empty, not Parquet, damaged, more than MAX_CELLS cells.
    """
    import duckdb

    _refuse_what_is_no_parquet(path)
    with duckdb.connect(":memory:") as connection:
        try:
            return _read(connection, _exact(path), progress)
        except duckdb.Error:
            raise BadInput("parquet.broken") from None


def _refuse_what_is_no_parquet(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise BadInput("parquet.empty")
    if start != _MAGIC:
        raise BadInput("parquet.not_parquet")


def _exact(path: Path) -> str:
    """Return `path` with the signs that DuckDB would take for a pattern made literal."""
    return re.sub(r"([*?\[])", r"[\1]", str(path.resolve()))


def _read(connection: "DuckDBPyConnection", name: str, progress: Callable[[int, int], None] | None) -> Columns:
    connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    about = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [name]).fetchall()
    counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [name]).fetchone()
    total = int(counted[0]) if counted else 0
    if total * len(about) > MAX_CELLS:
        raise BadInput("parquet.too_large", limit=MAX_CELLS // 1_000_000)
    chosen = ", ".join(_plain(str(column[0]), str(column[1])) for column in about)
    query = connection.execute(f"SELECT {chosen} FROM read_parquet(?)", [name])  # noqa: S608 - quoted headings only
    rows: list[list[Cell]] = []
    while chunk := query.fetchmany(_CHUNK_ROWS):
        rows.extend(list(row) for row in chunk)
        if progress:
            progress(len(rows), total)
    return Columns(tuple(str(column[0]) for column in about), rows)


def _plain(heading: str, kind: str) -> str:
    """Return the SQL that gives column `heading` as a plain cell."""
    quoted = '"' + heading.replace('"', '""') + '"'
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({quoted})), '%Y-%m-%dT%H:%M:%S.%f') || '+00:00'"
    if kind.startswith("TIMESTAMP_"):
        return f"CAST({quoted} AS TIMESTAMP)"
    if kind.startswith("DECIMAL"):
        return f"CAST({quoted} AS DOUBLE)"
    return quoted if kind in _AS_THEY_ARE else f"CAST({quoted} AS VARCHAR)"
