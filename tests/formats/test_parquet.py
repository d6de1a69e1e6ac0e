"""Parquet files: plain cells out, one file only, broken ones refused."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from chuan.formats.parquet import read_columns
from chuan.text.messages import LANGUAGES, BadInput


def written(path: Path, select: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_columns(path)
    assert all(caught.value.message.text(language) for language in LANGUAGES)
    return caught.value.message.code


def test_cells_come_as_plain_values(tmp_path: Path) -> None:
    table = read_columns(
        written(
            tmp_path / "log.parquet",
            """SELECT 'H1' AS "Mã ""hồ sơ", TIMESTAMP '2025-11-05 14:30:00' AS at, NULL AS gone,
               TIMESTAMPTZ '2025-11-05 14:30:00+07' AS zoned, DATE '2025-11-05' AS day, 1.5::DECIMAL(5,2) AS amount,
               [1, 2] AS list, TIMESTAMP_NS '2025-11-05 14:30:00' AS fine,
               TIMESTAMP_S '2025-11-05 14:30:00' AS coarse""",
        )
    )
    half_past_two = datetime.fromisoformat("2025-11-05T14:30")
    assert table.headings[0] == 'Mã "hồ sơ'
    assert table.rows == [
        [
            "H1",
            half_past_two,
            None,
            "2025-11-05T07:30:00.000000+00:00",
            date(2025, 11, 5),
            1.5,
            "[1, 2]",
            half_past_two,
            half_past_two,
        ]
    ]


def test_a_name_that_looks_like_a_pattern_means_one_file(tmp_path: Path) -> None:
    written(tmp_path / "a1.parquet", "SELECT 1 AS other")
    odd = written(tmp_path / "plain.parquet", "SELECT 2 AS mine").rename(tmp_path / "a[1]*?.parquet")
    assert read_columns(odd).rows == [[2]]


def test_progress_counts_rows(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read_columns(written(tmp_path / "log.parquet", "SELECT * FROM range(30000)"), lambda *done: told.append(done))
    assert told[-1] == (30_000, 30_000)
    assert len(told) > 1


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    good = written(tmp_path / "log.parquet", "SELECT 1 AS a").read_bytes()
    for content, code in (
        (b"", "parquet.empty"),
        (b"%PDF-1.7", "parquet.not_parquet"),
        (good[:-20], "parquet.broken"),
        (b"PAR1PAR1", "parquet.broken"),
    ):
        path = tmp_path / "bad.parquet"
        path.write_bytes(content)
        assert refusal(path) == code
