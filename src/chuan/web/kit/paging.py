"""Long lists, a page at a time, by the last row seen: the hundredth page costs what the first does."""

import base64
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.db.models import F, Model, Q, QuerySet

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

    What is empty in the columns `nullable` (descending) stands last. Two queries: the count (unless `total` is known)
    and the rows. A mark that is not one of ours raises BadRequest.
    """
    total = rows.count() if total is None else total
    after = rows.filter(_beyond(order, _read(mark, len(order)), nullable)) if mark else rows
    by = [F(name[1:]).desc(nulls_last=True) if name[1:] in nullable else name for name in order]
    found = list(after.order_by(*by)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, total, _mark(found[-1], order) if more else "", begun=bool(mark))


def _beyond(order: Sequence[str], values: Sequence[Any], nullable: Collection[str]) -> Q:
    """Return the condition "after these values", column by column: a > x or (a = x and b > y); empty comes last."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        way = "lt" if name.startswith("-") else "gt"
        if value is not None:
            later = Q(**{f"{field}__{way}": value})
            condition |= equal & (later | Q(**{f"{field}__isnull": True}) if field in nullable else later)
        equal &= Q(**{f"{field}__isnull": True} if value is None else {field: value})
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
