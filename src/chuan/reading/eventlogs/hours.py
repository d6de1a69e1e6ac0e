"""Columns of hours beside columns of days ("Ngày nhận" | "Giờ nhận"): which belong together, what moment they make."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files

from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.table import Words, needed_index
from chuan.reading.timestamps import DateColumn, Reading, empty_words, read_clock
from chuan.text.messages import Message, message
from chuan.text.vietnamese import fold, fold_words

_MOSTLY = 0.5


def hours_of(
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    dates: Iterable[str],
    given: LogMapping,
    unsure: list[Message],
) -> dict[str, str]:
    """Return heading of days -> heading of hours: those the mapping declares, then those whose headings say so.

    `dates` are the headings that are read as moments. Each pair that is found is told in `unsure`, and so is a column
    of hours of which nobody knows the days.
    """
    found = {
        headings[needed_index(headings, day, "hours")]: headings[needed_index(headings, hour, "hours")]
        for day, hour in given.hours.items()
    }
    dates = set(dates)
    days = [one for one in headings if one in dates and one not in found and _holds_days(_cells(headings, rows, one))]
    hours = [one for one in headings if one and one not in dates and one not in found.values() and _says_hours(one)]
    hours = [one for one in hours if _holds_hours(_cells(headings, rows, one))]
    alone = all(_left(headings, one) in days for one in hours if not _subject(one))
    for hour in hours:
        day = _day_of(hour, headings, [one for one in days if one not in found], alone)
        if day:
            found[day] = hour
            unsure.append(message("eventlogs.hours_joined", day=day, hours=hour))
        elif days:
            unsure.append(message("eventlogs.hours_left", hours=hour))
    return found


def with_hour(day: Reading, cell: Cell) -> Reading:
    """Return the moment of a day and of the hour in `cell`; a day that has a time of its own stays as it is."""
    if day.at is None or day.at.hour or day.at.minute or day.at.second:
        return day
    clock = read_clock(cell)
    if clock.problem is not None:
        return Reading(problem=clock.problem)
    return day._replace(whole_day=True) if clock.since_midnight is None else Reading(day.at + clock.since_midnight)


def _day_of(hour: str, headings: Sequence[str], days: Sequence[str], alone: bool) -> str:
    """Return the column of days that speaks of the same: the only one that does, else the left neighbour; "" for none.

    Hours that name nothing ("Giờ") belong to the left, if every such column has days there (`alone`).
    """
    subject, left = _subject(hour), _left(headings, hour)
    if not subject:
        return left if alone and left in days else ""
    same = [day for day in days if _subject(day) == subject]
    if len(same) == 1:
        return same[0]
    near = left in days and (subject <= _subject(left) or _subject(left) <= subject)
    return left if near else ""


def _left(headings: Sequence[str], heading: str) -> str:
    place = headings.index(heading)
    return headings[place - 1] if place else ""


def _subject(heading: str) -> frozenset[str]:
    """Return what a heading speaks of: its words without those for days and hours, and without the number of a twin."""
    return frozenset(fold_words(heading).split()) - _words()["days"] - _words()["hours"] - {"2", "3", "4", "5"}


def _says_hours(heading: str) -> bool:
    words = fold_words(heading)
    amount = any(f" {words_of_amount} " in f" {words} " for words_of_amount in _words()["amounts"])
    return bool(set(words.split()) & _words()["hours"]) and not amount


def _cells(headings: Sequence[str], rows: Sequence[Sequence[Cell]], heading: str) -> list[Cell]:
    place, words = headings.index(heading), Words()
    return [row[place] for row in rows if place < len(row) and fold(words[row[place]]) not in empty_words()]


def _holds_days(cells: Sequence[Cell]) -> bool:
    column = DateColumn("")
    moments = [at for cell in cells if (at := column.read(cell).at)]
    return bool(moments) and sum(not (at.hour or at.minute) for at in moments) >= _MOSTLY * len(moments)


def _holds_hours(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells are times of day; Excel's elapsed times ([h]:mm) are amounts."""
    hours = [cell for cell in cells if not isinstance(cell, timedelta) and read_clock(cell).since_midnight is not None]
    return bool(cells) and len(hours) >= _MOSTLY * len(cells)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = (files("chuan.data") / "reading_logs" / "hours.toml").read_text(encoding="utf-8")
    return {name: frozenset(fold_words(word) for word in words) for name, words in tomllib.loads(text).items()}
