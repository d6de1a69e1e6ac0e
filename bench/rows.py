"""Rows written past the models, for benchmarks: tuples of plain values, on PostgreSQL with COPY.

Half a million rows take seconds instead of minutes; triggers and constraints of the database see them like all others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, Model

CHUNK = 2000


def add(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert `rows`: the values that differ from the model's defaults, by attribute ("agency_id"), JSON as its text.

    A `key` that is not given is the number of the row.
    """
    fields = [field for field in model._meta.concrete_fields if field.attname != "id"]
    first = model._base_manager.count()
    usual = {field.attname: _usual(field) for field in fields}

    def values() -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(rows, start=first):
            whole = {**usual, "key": f"r{number}", **row}
            yield tuple(_plain(whole[field.attname]) for field in fields)

    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    (_copy if connection.vendor == "postgresql" else _insert)(table, columns, values())


def _usual(field: "Field[Any, Any]") -> Any:
    return None if field.name == "key" else field.get_db_prep_save(field.get_default(), connection)


def _plain(value: Any) -> Any:
    """Return the value as the database takes it: only SQLite wants moments and days as text."""
    adapt: Callable[[Any], Any] | None = _ADAPTED.get(type(value))
    return adapt(value) if adapt else value


_ADAPTED: dict[type, Callable[[Any], Any]] = {
    datetime: connection.ops.adapt_datetimefield_value,
    date: connection.ops.adapt_datefield_value,
}


def _copy(table: str, columns: str, values: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)


def _insert(table: str, columns: str, values: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * (columns.count(",") + 1))
    with connection.cursor() as cursor:
        while chunk := list(islice(values, CHUNK)):
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', chunk)  # noqa: S608 - our names
