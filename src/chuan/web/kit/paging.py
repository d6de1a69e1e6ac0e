"""Long lists, a page at a time, by the last row seen: the hundredth page costs what the first does."""

import base64
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of a list; `after` is the mark for the next page ("" on the last), `begun` whether rows came before."""

    rows: Sequence[M]
    total: int
    after: str
    begun: bool

    @property
    def shown(self) -> int:
        """Return how many rows this page shows."""
        return len(self.rows)


def page_of(
    rows: QuerySet[M],
    order: Sequence[str],
    mark: str = "",
    size: int = PAGE_SIZE,
    total: int | None = None,
    nullable: Collection[str] = (),
) -> Page[M]:
    """Return the page of `rows` after `mark`, ordered by `order` ("-x" for descending), which must end unique.

    What is empty in the first column stands last, if that is one of `nullable` (descending). Two queries: the count
    (unless `total` is known) and the rows; a third where the empty ones begin. A mark that is not one of ours raises
    BadRequest.
    """
    total = rows.count() if total is None else total
    values = _read(mark, len(order)) if mark else None
    found: list[M] = []
    for part in _parts(rows, order, values, empty_last=order[0][1:] in nullable):
        found += part[: size + 1 - len(found)]
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    return Page(found, total, _mark(found[-1], order) if more else "", begun=bool(mark))


def _parts(
    rows: QuerySet[M], order: Sequence[str], values: Sequence[Any] | None, *, empty_last: bool
) -> Iterator[QuerySet[M]]:
    """Yield `rows` after `values` in their order; what is empty in the first column apart, if it is to stand last.

    Apart, because NULLS LAST is not the order of the index on PostgreSQL: it would sort all rows for one page.
    """
    ordered = rows.order_by(*order)
    if not empty_last:
        yield ordered.filter(_beyond(order, values)) if values else ordered
        return
    empty = f"{order[0][1:]}__isnull"
    if values is None or values[0] is not None:
        filled = ordered.filter(**{empty: False})
        yield filled.filter(_beyond(order, values)) if values else filled
        values = None
    empties = rows.filter(**{empty: True}).order_by(*order[1:])
    yield empties.filter(_beyond(order[1:], values[1:])) if values else empties


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition "after these values", column by column: a > x or (a = x and b > y)."""
    if None in values:
        raise BadRequest("mark")
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        way = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{way}": value})
        equal &= Q(**{field: value})
    return condition


def _mark(row: Model, order: Sequence[str]) -> str:
    values = [_value(row, name.removeprefix("-")) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values, default=_said).encode()).decode().rstrip("=")


def _said(value: object) -> str:
    """Return a value of a column as JSON holds it: a moment to the microsecond, or its row would be passed over."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _read(mark: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError as problem:
        raise BadRequest("mark") from problem
    if not isinstance(values, list) or len(values) != length:
        raise BadRequest("mark")
    return values
