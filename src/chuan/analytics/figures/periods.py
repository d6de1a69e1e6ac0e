"""A period of days: all time, a year, a quarter, or from a day to a day. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chuan.rules.workdays import VIETNAM

_QUARTER = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 9998


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both of them in it; None: without a bound."""

    first: date | None = None
    last: date | None = None

    @property
    def begins_at(self) -> datetime | None:
        """The first moment that belongs to it."""
        return None if self.first is None else datetime.combine(self.first, time(), VIETNAM)

    @property
    def ends_at(self) -> datetime | None:
        """The first moment after it."""
        return None if self.last is None else datetime.combine(self.last + timedelta(days=1), time(), VIETNAM)

    @property
    def in_whole_weeks(self) -> "Period":
        """The same from Monday to Sunday."""
        first = self.first and self.first - timedelta(days=self.first.weekday())
        last = self.last and self.last + timedelta(days=6 - self.last.weekday())
        return Period(first, last)

    def has(self, day: date) -> bool:
        """Return whether `day` is in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


EVER = Period()


def period_named(name: str) -> Period | None:
    """Return the period that "2026" or "2026-Q3" names; EVER for "", None for anything else."""
    if not name:
        return EVER
    year_text, _dash, quarter = name.partition("-Q")
    if not (year_text.isascii() and year_text.isdigit() and _FIRST_YEAR <= int(year_text[:9]) <= _LAST_YEAR):
        return None
    if quarter not in ("", "1", "2", "3", "4") or (_dash and not quarter):
        return None
    year = int(year_text)
    first = (int(quarter) - 1) * _QUARTER + 1 if quarter else 1
    after = first + _QUARTER if quarter else 13
    return Period(date(year, first, 1), date(year + after // 13, (after - 1) % 12 + 1, 1) - timedelta(days=1))


def quarter_of(day: date) -> str:
    """Return the name of the quarter of `day`: "2026-Q3"."""
    return f"{day.year}-Q{(day.month + 2) // _QUARTER}"
