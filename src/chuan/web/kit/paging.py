"""Long lists, a page at a time, by the last row seen: the hundredth page costs what the first does."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.core.serializers.json import DjangoJSONEncoder
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
    rows: QuerySet[M], order: Sequence[str], mark: str = "", size: int = PAGE_SIZE, total: int | None = None
) -> Page[M]:
    """Return the page of `rows` after `mark`, ordered by `order` ("-x" for descending), which must end unique.

    Two queries: the count (unless `total` is known) and the rows. A mark that is not one of ours raises BadRequest.
    """
    total = rows.count() if total is None else total
    after = rows.filter(_beyond(order, _read(mark, len(order)))) if mark else rows
    found = list(after.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, total, _mark(found[-1], order) if more else "", begun=bool(mark))


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition "after these values", column by column: a > x or (a = x and b > y)."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        way = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{way}": value})
        equal &= Q(**{field: value})
    return condition


def _mark(row: Model, order: Sequence[str]) -> str:
    values = [_value(row, name.removeprefix("-")) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode().rstrip("=")


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
