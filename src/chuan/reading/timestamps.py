"""Dates and times as sources write them, read column by column.

The order of day and month is decided once for a whole column, never per cell: dd/mm unless some cell can only be
mm/dd; a column with cells of both sorts is refused. Moments come out in Asia/Ho_Chi_Minh (+07:00 all year); a moment
without a zone is taken to be there. What systems write for "no date" (01/01/0001, 01/01/1900) counts as empty.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from chuan.rules.workdays import VIETNAM
from chuan.text.messages import BadInput, Message, message
from chuan.text.vietnamese import fold

ORDERS = ("dmy", "mdy", "ymd")
FIRST_YEAR, LAST_YEAR = 1950, 2100
_EXCEL_ZERO = datetime(1899, 12, 30, tzinfo=VIETNAM)
_SERIALS = range(20_000, 74_000)  # 1954 to 2102
_NO_DATE = {(1, 1, 1), (1900, 1, 0), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (9999, 12, 31)}

_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?"
_ZONE = r"(z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)?"
_DAY = r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})"
_DAY_FIRST = re.compile(rf"{_DAY}(?:[t ,]+{_CLOCK} ?(am|pm|sa|ch)?)? ?{_ZONE}")
_CLOCK_FIRST = re.compile(rf"{_CLOCK} ?(am|pm|sa|ch)?[ ,-]+{_DAY}")
_CLOCK_ALONE = re.compile(rf"{_CLOCK} ?(am|pm|sa|ch)?")
_A_DAY = timedelta(days=1)
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
_SPOKEN_CLOCK = re.compile(
    r"\b(\d{1,2}) ?(?:gio|g|h|:) ?(\d{1,2})?(?: ?(?:phut|ph|p|m|:)(?: ?(\d{1,2}) ?(?:giay|s)?)?)?(?!\d)"
)
_SPOKEN_DAY = re.compile(r"(\d{1,2}) thang (\d{1,2}) (?:nam )?(\d{4})")
_NAMED_MONTH = re.compile(r"(\d{1,2})[- ]([a-z]{3})[a-z]*[-, ]+(\d{4}|\d{2})|([a-z]{3})[a-z]* (\d{1,2}),? (\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_FILLERS = re.compile(r"\b(?:ngay|luc|vao|hoi|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7])\b|[,;]")
_ISO_START = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?")
_SERIAL_TEXT = re.compile(r"\d{5}(?:[.,]\d+)?")
_MONTHS_OF_A_YEAR = 12
_ENOUGH_TO_SUSPECT = 3

DateCell: TypeAlias = str | float | int | bool | datetime | date | time | timedelta | None


class Reading(NamedTuple):
    """What a cell says: a moment, nothing (`at` None without `problem`), or why it cannot be read.

    `whole_day`: the cell names a day without a time; `at` is then its midnight.
    """

    at: datetime | None = None
    whole_day: bool = False
    problem: Message | None = None


class Clock(NamedTuple):
    """What a cell says as a time of day: how long since midnight, nothing, or why it cannot be read."""

    since_midnight: timedelta | None = None
    problem: Message | None = None


class _Parts(NamedTuple):
    """A written date taken apart: three numbers in the order of the text; `year_first`: the first has four digits."""

    numbers: tuple[int, int, int]
    year_first: bool = False
    clock: tuple[int, int, int, int] | None = None
    zone: timezone | None = None
    short: bool = False  # the last number has two digits: as a year it is 1969–2068


class DateColumn:
    """Reads the cells of one column in one order; remembers what it read, and whether the column has times at all."""

    def __init__(self, heading: str, order: str = "dmy") -> None:
        self.heading = heading
        self.order = order
        self._with_time = 0
        self._without_time = 0
        self._seen: dict[DateCell, Reading] = {}
        self._days: dict[str, datetime] = {}  # "05/11/2025" -> its midnight
        self._clocks: dict[str, timedelta] = {}  # "14:30" -> since midnight

    @property
    def whole_days(self) -> bool:
        """Tell whether the column names days: most of its distinct cells have no time of day, or midnight."""
        return self._without_time > self._with_time

    def read(self, cell: DateCell) -> Reading:
        """Return what `cell` says; equal cells, days and times of day are read once."""
        known = self._seen.get(cell)
        if known is None:
            known = self._seen[cell] = self._from_halves(cell) or _read(cell, self.order)
            if known.at is not None:
                if known.at.hour or known.at.minute or known.at.second:
                    self._with_time += 1
                else:
                    self._without_time += 1
        return known

    def _from_halves(self, cell: DateCell) -> Reading | None:
        """Put "05/11/2025 14:30" together from a day and a time of day that were read before, or learn them."""
        if not isinstance(cell, str):
            return None
        day_text, _, clock_text = cell.partition(" ")
        if not clock_text:
            return None
        day, clock = self._days.get(day_text), self._clocks.get(clock_text)
        if day is not None and clock is not None:
            return Reading(day + clock)
        whole, alone = _read(cell, self.order), _read(day_text, self.order)
        if whole.at is not None and alone.at is not None and alone.whole_day and not whole.whole_day:
            self._days[day_text] = alone.at
            self._clocks[clock_text] = whole.at - alone.at
        return whole


def date_column(heading: str, cells: Iterable[DateCell], first_row: int = 1, order: str | None = None) -> DateColumn:
    """Return the reader of a column whose cells stand in rows `first_row`, `first_row` + 1 …

    `order` is the order declared by a mapping file; without it the cells decide.
    Raises BadInput naming two rows when some cells can only be dd/mm and others only mm/dd.
    """
    return DateColumn(heading, order or _decided_order(heading, cells, first_row))


@cache
def empty_words() -> frozenset[str]:
    """Return the folded words that stand for "nothing" in a cell ("chưa có", "-", "null" …)."""
    words = tomllib.loads((files("chuan.data") / "reading_logs" / "empty.toml").read_text(encoding="utf-8"))["words"]
    return frozenset(fold(word) for word in words) | {""}


def looks_like_a_date(cell: DateCell) -> bool:
    """Tell whether `cell` alone can be read as a moment in some order."""
    return any(_read(cell, order).at is not None for order in ORDERS[:2])


@lru_cache(maxsize=4096, typed=True)
def read_clock(cell: DateCell) -> Clock:
    """Return what a cell of a column of hours says: 08:30, 8h30, "2:30 CH", a typed time, a fraction of a day."""
    if isinstance(cell, datetime) and cell.year < FIRST_YEAR:
        cell = cell.time()
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, float) and 0 <= cell < 1:
        cell = timedelta(seconds=round(cell * 86_400))
    if isinstance(cell, timedelta):
        return Clock(cell) if timedelta(0) <= cell <= _A_DAY else _no_such_hour(cell)
    bare = "" if cell is None else fold(str(cell)).strip()
    if bare in empty_words():
        return Clock()
    match = _CLOCK_ALONE.fullmatch(bare)
    spoken = None if match else _SPOKEN_CLOCK.fullmatch(bare)
    if not match and not spoken:
        return Clock(problem=message("timestamps.unreadable_hour", value=str(cell)))
    clock = _clock(*match.groups()) if match else spoken and _clock(spoken[1], spoken[2], spoken[3], None, None)
    hour, minute, second, _ = clock or (0, 0, 0, 0)
    since = timedelta(hours=hour, minutes=minute, seconds=second)
    return Clock(since) if since <= _A_DAY and minute < 60 and second < 60 else _no_such_hour(cell)


def _no_such_hour(cell: DateCell) -> Clock:
    return Clock(problem=message("timestamps.no_such_day", value=str(cell)))


def _decided_order(heading: str, cells: Iterable[DateCell], first_row: int) -> str:
    found: dict[str, tuple[int, str]] = {}
    seen: set[str] = set()
    for row, cell in enumerate(cells, start=first_row):
        if isinstance(cell, str) and not seen.issuperset(words := cell.split()):
            seen.update(words)
            needs = _order_needed(cell)
            if needs and needs not in found:
                found[needs] = (row, cell)
    if len(found) == 2:
        (row_a, value_a), (row_b, value_b) = found["dmy"], found["mdy"]
        values = {"row_a": row_a, "value_a": value_a, "row_b": row_b, "value_b": value_b}
        raise BadInput("timestamps.mixed_orders", column=heading, **values)
    return next(iter(found), "dmy")


def days_seem_swapped(cells: Iterable[DateCell]) -> bool:
    """Tell whether a spreadsheet program seems to have read dd/mm as mm/dd where it could: every date that it typed
    has a day of 12 or less, every text it left has a day above 12 (three or more different ones of each)."""
    typed = left = 0
    for cell in set(cells):
        if isinstance(cell, date):
            if cell.day > _MONTHS_OF_A_YEAR:
                return False
            typed += 1
        elif isinstance(cell, str) and _parts(cell) is not None:
            if _order_needed(cell) != "dmy":
                return False
            left += 1
    return min(typed, left) >= _ENOUGH_TO_SUSPECT


def _order_needed(text: str) -> str | None:
    """Return the only order in which `text` can be a date, or None when it fits both or neither."""
    match = _DAY_AND_MONTH.search(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _read(cell: DateCell, order: str) -> Reading:
    if cell is None or isinstance(cell, bool | time | timedelta):
        return Reading() if cell is None else _unreadable(cell)
    if isinstance(cell, datetime):
        return _checked(cell if cell.tzinfo else cell.replace(tzinfo=VIETNAM), whole_day=False)
    if isinstance(cell, date):
        return _checked(datetime(cell.year, cell.month, cell.day, tzinfo=VIETNAM), whole_day=True)
    if isinstance(cell, int | float):
        return _read_number(cell)
    return _read_text(cell, order)


def _read_number(number: float) -> Reading:
    if number == 0:
        return Reading()
    if int(number) in _SERIALS:
        at = _EXCEL_ZERO + timedelta(seconds=round(number * 86_400))
        return _checked(at, whole_day=number == int(number))
    return _read_text(str(int(number)), "dmy") if number == int(number) else _unreadable(number)


def _read_text(text: str, order: str) -> Reading:
    if _ISO_START.match(text):
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = None
        if at is not None:
            return _checked(at if at.tzinfo else at.replace(tzinfo=VIETNAM), whole_day=False)
    parts = _parts(text)
    if parts is None:
        bare = fold(text)
        if bare in empty_words():
            return Reading()
        if _SERIAL_TEXT.fullmatch(bare) and int(bare[:5]) in _SERIALS:
            return _read_number(float(bare.replace(",", ".")))
        return _unreadable(text)
    year, month, day = _ordered(parts, order)
    if (year, month, day) in _NO_DATE:
        return Reading()
    at = _moment(year, month, day, parts)
    if at is None:
        return Reading(problem=message("timestamps.no_such_day", value=text))
    return _checked(at, whole_day=parts.clock is None)


def _moment(year: int, month: int, day: int, parts: _Parts) -> datetime | None:
    """Return the moment, None when the calendar or the clock has no such one; 24:00 is the next midnight."""
    hour, minute, second, microsecond = parts.clock or (0, 0, 0, 0)
    try:
        if (hour, minute, second) == (24, 0, 0):
            return datetime(year, month, day, tzinfo=parts.zone or VIETNAM) + timedelta(days=1)
        return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=parts.zone or VIETNAM)
    except ValueError:
        return None


def _checked(at: datetime, *, whole_day: bool) -> Reading:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        if (at.year, at.month, at.day) in _NO_DATE:
            return Reading()
        return Reading(problem=message("timestamps.unlikely_year", value=at.strftime("%d/%m/%Y"), year=at.year))
    return Reading(at if at.tzinfo is VIETNAM else at.astimezone(VIETNAM), whole_day)


def _unreadable(cell: DateCell) -> Reading:
    return Reading(problem=message("timestamps.unreadable", value=str(cell)))


def _ordered(parts: _Parts, order: str) -> tuple[int, int, int]:
    """Return year, month, day."""
    first, second, third = parts.numbers
    if parts.year_first:
        return first, second, third
    if order == "ymd":
        return _full_year(first) if parts.short else 0, second, third
    day, month = (first, second) if order == "dmy" else (second, first)
    return _full_year(third) if parts.short else third, month, day


def _full_year(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 69 else 1900)


def _parts(text: str) -> _Parts | None:
    plain = text.strip().casefold()
    if match := _DAY_FIRST.fullmatch(plain):
        first, second, third, hour, minute, sec, fraction, half, zone = match.groups()
        return _numeric(first, second, third, _clock(hour, minute, sec, fraction, half), zone)
    if match := _CLOCK_FIRST.fullmatch(plain):
        hour, minute, sec, fraction, half, first, second, third = match.groups()
        return _numeric(first, second, third, _clock(hour, minute, sec, fraction, half), None)
    if match := _COMPACT.fullmatch(plain):
        year, month, day, hour, minute, sec = match.groups()
        return _Parts((int(year), int(month), int(day)), True, _clock(hour, minute, sec, None, None))
    return _spoken(fold(text))


def _spoken(bare: str) -> _Parts | None:
    """Take apart "14 giờ 30 ngày 05/11/2025", "ngày 05 tháng 11 năm 2025", "5-Nov-2025", folded."""
    rest = _FILLERS.sub(" ", bare)
    clock = None
    if match := _SPOKEN_CLOCK.search(rest):
        clock = _clock(match[1], match[2] or "0", match[3], None, None)
        rest = rest[: match.start()] + " " + rest[match.end() :]
    rest = " ".join(rest.split()).strip(" -")
    if match := _SPOKEN_DAY.fullmatch(rest):
        return _Parts((int(match[3]), int(match[2]), int(match[1])), True, clock)
    if (match := _NAMED_MONTH.fullmatch(rest)) and (match[2] or match[4]) in _MONTHS:
        month = _MONTHS.index(match[2] or match[4]) + 1
        year = int(match[3] or match[6])
        return _Parts((year if year > 99 else 2000 + year, month, int(match[1] or match[5])), True, clock)
    if match := re.fullmatch(_DAY, rest):
        return _numeric(match[1], match[2], match[3], clock, None)
    return None


def _numeric(
    first: str, second: str, third: str, clock: tuple[int, int, int, int] | None, zone: str | None
) -> _Parts | None:
    year_first = len(first) == 4
    if len(first) == 3 or len(third) not in ((1, 2) if year_first else (2, 4)):
        return None
    return _Parts((int(first), int(second), int(third)), year_first, clock, _zone(zone), short=len(third) == 2)


def _clock(
    hour: str | None, minute: str | None, second: str | None, fraction: str | None, half: str | None
) -> tuple[int, int, int, int] | None:
    if hour is None:
        return None
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half in ("pm", "ch") else 0)
    return hours, int(minute or 0), int(second or 0), int((fraction or "").ljust(6, "0")[:6])


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    digits = re.sub(r"\D", "", text)
    if not digits:
        return UTC
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if "-" in text else ahead) if ahead < timedelta(hours=24) else UTC
