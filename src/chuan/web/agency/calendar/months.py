"""A year as twelve months of weeks, each day with its kind, its word and the document that set it."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.rules.workdays import Calendar, Day, DayKind

WORDS: dict[DayKind, Promise] = {
    DayKind.WORKDAY: _("Ngày làm việc"),
    DayKind.DAY_OFF: _("Nghỉ hằng tuần"),
    DayKind.HOLIDAY: _("Nghỉ lễ, tết"),
    DayKind.COMPENSATION: _("Nghỉ bù, nghỉ hoán đổi"),
    DayKind.SWAPPED_WORKDAY: _("Làm bù"),
    DayKind.CLOSURE: _("Cơ quan nghỉ riêng"),
}
MARKS: dict[DayKind, str] = {
    DayKind.HOLIDAY: "●",
    DayKind.COMPENSATION: "◐",
    DayKind.SWAPPED_WORKDAY: "▲",
    DayKind.CLOSURE: "✕",
}
WEEKDAYS = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month as drawn; `tells` is what a screen reader hears."""

    day: Day

    @property
    def kind(self) -> str:
        """The class of its look."""
        return self.day.kind.value.replace("_", "-")

    @property
    def word(self) -> Promise:
        """What the day is."""
        return WORDS[self.day.kind]

    @property
    def mark(self) -> str:
        """The shape below the figure, "" for ordinary days."""
        return MARKS.get(self.day.kind, "")


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks of seven cells, None outside the month; `special` are the days that a document set apart."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    workdays: int

    @property
    def special(self) -> list[DayCell]:
        """The days that are not as the week would have them."""
        return [cell for week in self.weeks for cell in week if cell and cell.mark]


def months_of(calendar: Calendar, year: int) -> list[Month]:
    """Return the twelve months of `year`."""
    return [_month(calendar, year, month) for month in range(1, 13)]


def _month(calendar: Calendar, year: int, month: int) -> Month:
    weeks = tuple(tuple(_cells(calendar, week, month)) for week in Weeks().monthdatescalendar(year, month))
    cells = [cell for week in weeks for cell in week if cell]
    return Month(date(year, month, 1), weeks, sum(cell.day.is_workday for cell in cells))


def _cells(calendar: Calendar, week: list[date], month: int) -> Iterator[DayCell | None]:
    for day in week:
        yield DayCell(calendar.day(day)) if day.month == month else None
