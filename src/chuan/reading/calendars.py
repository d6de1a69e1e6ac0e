"""Read a working calendar: one that ships (`vn`), or a file of the user's own (.toml or .json) of the same shape.

    title = "…"                 version = "2026.1"          days_of = "vietnam"    (optional: the national days)
    [week]       monday = ["07:30-11:30", "13:00-17:00"] …  (a weekday left out is a day off)
    [counts_as]  saturday = "1/2"                           (optional: what the day counts as in a limit; usually 1)
    [[days]]     date = 2026-03-02 (or from/to), kind = "closure", reason = "…", source = "…",
                 stands_for = 2026-08-31 (a swapped workday has that day's hours), hours = ["07:30-11:30"],
                 counts_as = "1/2"
    years = [2024, 2025]        (only without days_of: the years whose days off the file lists completely)

The version that a calendar carries ends in a digest of everything read, so that no change goes unnoticed.
`freeze_calendar` writes a calendar out complete, without reference to the shipped days and with its version: what is
stored beside a computed date, and reads back equal.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

from chuan.rules.workdays import CLOSED, Calendar, DayKind, Hours, Override, Shift
from chuan.text.messages import BadInput

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KINDS = (DayKind.HOLIDAY, DayKind.COMPENSATION, DayKind.SWAPPED_WORKDAY, DayKind.CLOSURE)
_LONGEST_RUN = 366  # days that one from/to entry may cover
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_HOLIDAYS = files("chuan.data") / "holidays"


def available_calendars() -> tuple[str, ...]:
    """Return the names of the calendars that ship."""
    return tuple(sorted(Path(entry.name).stem for entry in (_HOLIDAYS / "calendars").iterdir()))


def load_calendar(name: str = "vn") -> Calendar:
    """Return the shipped calendar `name`, or the one in the file at the path `name`. BadInput says what to mend."""
    if name in available_calendars():
        return _shipped(name)
    path = Path(name)
    if path.suffix.lower() not in {".toml", ".json"}:
        raise BadInput("workdays.unknown_calendar", name=name, known=", ".join(available_calendars()))
    try:
        return read_calendar(path.read_bytes(), path.name)
    except FileNotFoundError:
        raise BadInput("workdays.no_such_file", name=name) from None
    except OSError as error:
        raise BadInput("workdays.unreadable_file", name=name, why=error.strerror) from None


@cache
def _shipped(name: str) -> Calendar:
    return read_calendar((_HOLIDAYS / "calendars" / f"{name}.toml").read_bytes(), f"{name}.toml")


def read_calendar(content: bytes, file_name: str) -> Calendar:
    """Return the calendar that the file `file_name` with `content` describes."""
    facts = _parse(content, file_name)
    digest = sha256(content)
    week = _week(facts, file_name)
    years, estimated = _years(facts, "years", file_name), _years(facts, "estimated_years", file_name)
    entries = [(file_name, entry) for entry in _entries(facts, file_name)]
    national: list[tuple[str, Mapping[str, object]]] = []
    if days_of := facts.get("days_of"):
        for source in _national_files(str(days_of), file_name):
            digest.update(source.read_bytes())
            year = tomllib.loads(source.read_text(encoding="utf-8"))
            years = years | {year["year"]}
            estimated |= {year["year"]} if year.get("estimate") else frozenset()
            national += [(source.name, entry) for entry in year["days"]]
    overrides = {day.day: day for where, entry in national + entries for day in _overrides(entry, week, where)}
    name, version = Path(file_name).stem, f"{facts.get('version', '1')}+{digest.hexdigest()[:8]}"
    frozen = facts.get("frozen")
    if isinstance(frozen, dict):
        name, version = str(frozen.get("name", name)), str(frozen.get("version", version))
    return Calendar(
        name=name,
        version=version,
        week=week,
        overrides=tuple(overrides[day] for day in sorted(overrides)),
        known_years=years,
        estimated_years=estimated,
        title=str(facts.get("title", "")),
    )


def freeze_calendar(calendar: Calendar) -> str:
    """Return `calendar` as JSON of the same shape, complete in itself: `read_calendar` gives an equal one."""
    named = dict(zip(WEEKDAYS, calendar.week, strict=True))
    facts = {
        "frozen": {"name": calendar.name, "version": calendar.version},
        "title": calendar.title,
        "years": sorted(calendar.known_years),
        "estimated_years": sorted(calendar.estimated_years),
        "week": {day: _clock(hours) for day, hours in named.items() if hours.shifts},
        "counts_as": {day: str(hours.counts_as) for day, hours in named.items() if hours.shifts},
        "days": [
            {
                "date": one.day.isoformat(),
                "kind": one.kind.value,
                "hours": _clock(one.hours),
                "counts_as": str(one.hours.counts_as),
                "reason": one.reason,
                "source": one.source,
            }
            for one in calendar.overrides
        ],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1)


def _clock(hours: Hours) -> list[str]:
    def clock(minutes: int) -> str:
        return f"{minutes // 60:02}:{minutes % 60:02}"

    return [f"{clock(shift.opens)}-{clock(shift.closes)}" for shift in hours.shifts]


def _parse(content: bytes, where: str) -> Mapping[str, object]:
    try:
        text = content.decode("utf-8-sig")
        facts = json.loads(text) if where.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # both decoders and UnicodeDecodeError raise kinds of ValueError
        raise BadInput("workdays.not_a_calendar_file", name=where, why=str(error)) from None
    if not isinstance(facts, dict):
        raise BadInput("workdays.not_a_calendar_file", name=where, why=type(facts).__name__)
    return facts


def _week(facts: Mapping[str, object], where: str) -> tuple[Hours, ...]:
    week, counts_as = _by_weekday(facts.get("week"), where), _by_weekday(facts.get("counts_as", {}), where)
    hours = tuple(
        Hours(_shifts(week.get(day, []), where, day), _weight(counts_as.get(day, 1), where, day)) for day in WEEKDAYS
    )
    if not any(day.weight for day in hours):
        raise BadInput("workdays.no_workday", name=where)
    return tuple(day if day.shifts else CLOSED for day in hours)


def _by_weekday(table: object, where: str) -> dict[str, object]:
    if not isinstance(table, dict) or not set(table) <= set(WEEKDAYS):
        raise BadInput("workdays.bad_week", name=where, known=", ".join(WEEKDAYS))
    return table


def _weight(written: object, where: str, place: str) -> Fraction:
    try:
        weight = Fraction(str(written))
    except (ValueError, ZeroDivisionError):
        weight = Fraction(-1)
    if not 0 <= weight <= 1 or weight.denominator > 480:
        raise BadInput("workdays.bad_weight", name=where, place=place, value=written)
    return weight


def _shifts(written: object, where: str, place: str) -> tuple[Shift, ...]:
    texts = written if isinstance(written, list) else [written]
    shifts = tuple(_shift(text, where, place) for text in texts)
    if any(after.opens < before.closes for before, after in pairwise(shifts)):
        raise BadInput("workdays.shifts_overlap", name=where, place=place, value=", ".join(map(str, texts)))
    return shifts


def _shift(written: object, where: str, place: str) -> Shift:
    opens, _, closes = str(written).replace("–", "-").partition("-")
    try:
        shift = Shift(_minutes(opens), _minutes(closes))
    except ValueError:
        raise BadInput("workdays.bad_shift", name=where, place=place, value=written) from None
    if not 0 <= shift.opens < shift.closes <= 24 * 60:
        raise BadInput("workdays.bad_shift", name=where, place=place, value=written)
    return shift


def _minutes(clock: str) -> int:
    hours, minutes = clock.strip().split(":")
    if not 0 <= int(minutes) < 60:
        raise ValueError(clock)
    return int(hours) * 60 + int(minutes)


def _years(facts: Mapping[str, object], key: str, where: str) -> frozenset[int]:
    years = facts.get(key, [])
    if not isinstance(years, list) or not all(
        isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR for year in years
    ):
        raise BadInput("workdays.bad_years", name=where, value=years)
    return frozenset(years)


def _national_files(country: str, where: str) -> list[Traversable]:
    folders = {entry.name: entry for entry in _HOLIDAYS.iterdir() if entry.is_dir() and entry.name != "calendars"}
    if country not in folders:
        raise BadInput("workdays.unknown_days", name=where, value=country, known=", ".join(sorted(folders)))
    return sorted(folders[country].iterdir(), key=lambda entry: entry.name)


def _entries(facts: Mapping[str, object], where: str) -> list[Mapping[str, object]]:
    days = facts.get("days", [])
    if not isinstance(days, list) or not all(isinstance(entry, dict) for entry in days):
        raise BadInput("workdays.bad_days", name=where)
    return days


def _overrides(entry: Mapping[str, object], week: tuple[Hours, ...], where: str) -> Iterator[Override]:
    first = _date(entry.get("date", entry.get("from")), where)
    last = _date(entry.get("to", first), where)
    if not 0 <= (last - first).days < _LONGEST_RUN:
        raise BadInput("workdays.bad_run", name=where, first=first.isoformat(), last=last.isoformat())
    kind, hours = _kind_and_hours(entry, week, where, first)
    reason, source = str(entry.get("reason", "")), str(entry.get("source", ""))
    for offset in range((last - first).days + 1):
        yield Override(first + timedelta(offset), kind, hours, reason, source)


def _kind_and_hours(
    entry: Mapping[str, object], week: tuple[Hours, ...], where: str, day: date
) -> tuple[DayKind, Hours]:
    written = entry.get("kind")
    if written not in _KINDS:
        raise BadInput("workdays.bad_kind", name=where, place=day.isoformat(), value=written, known=", ".join(_KINDS))
    kind = DayKind(str(written))
    if "hours" in entry:
        place = day.isoformat()
        hours = Hours(_shifts(entry["hours"], where, place), _weight(entry.get("counts_as", 1), where, place))
        return kind, hours if hours.shifts else CLOSED
    if kind is not DayKind.SWAPPED_WORKDAY:
        return kind, CLOSED
    stands_for = _date(entry.get("stands_for"), where)
    return kind, week[stands_for.weekday()]


def _date(written: object, where: str) -> date:
    try:
        day = written if isinstance(written, date) else date.fromisoformat(str(written))
    except ValueError:
        raise BadInput("workdays.bad_date", name=where, value=written) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadInput("workdays.bad_date", name=where, value=written)
    return day.date() if isinstance(day, datetime) else day
