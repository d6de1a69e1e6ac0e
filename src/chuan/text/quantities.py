"""Time phrases of written procedures: "0,5 ngày", "03 ngày (24 giờ)", "Giờ hành chính" → exact amounts or a doubt.

What the words say, and no more: whether a bare "ngày" is a working day is decided by the table around it
(`chuan.reading.procedures.times`). The words themselves stand in data/reading/time_words.toml, folded.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from chuan.text.messages import Message, message
from chuan.text.time_patterns import UNITS, folded, pattern, words
from chuan.text.vietnamese import clean

HOURS_OF_WRITTEN_DAY = 8  # what published tables count when they set hours beside days


class Unit(StrEnum):
    """The unit as written. `DAY` does not say whether working days are meant; `NONE` is a bare number."""

    NONE = ""
    DAY = "day"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    CONTINUOUS_HOUR = "continuous_hour"
    MINUTE = "minute"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact number of units as written."""

    value: Fraction
    unit: Unit

    @property
    def minutes(self) -> Fraction:
        """Minutes at 8 hours a day, a bare number as days: only to see whether two written amounts are the same."""
        if self.unit is Unit.MINUTE:
            return self.value
        return self.value * (60 if self.unit in _HOURS else 480)


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """What a phrase says of time: an amount, or that it is not counted, or neither (`amount` None, `counted`).

    `alternatives` are further amounts that the phrase offers with "hoặc" or ";": then `amount` is only the first.
    `working` tells that the words speak of working time somewhere ("8 giờ/ngày", "giờ làm việc"). `legal` is the
    limit that the phrase says the law gives, beside the one that holds ("15 ngày làm việc, cắt giảm còn 10 ngày").
    """

    text: str
    amount: Amount | None = None
    counted: bool = True
    alternatives: tuple[Amount, ...] = ()
    working: bool = False
    legal: Amount | None = None
    doubts: tuple[Message, ...] = ()


_IMMEDIATELY = re.compile(r"(?<!\w)ngay(?!\w)")
_HOURS = (Unit.HOUR, Unit.WORKING_HOUR, Unit.CONTINUOUS_HOUR)
_DAYS = (Unit.DAY, Unit.WORKING_DAY, Unit.CALENDAR_DAY)
_CUT_OFF = (15, 0)  # the hour of a day after which what is received counts from the next (TimeUnit.SAME_WORKING_DAY)
_OFFICE_HOURS = 7  # from here on "7h30" may be an hour of the day


def number(text: str) -> Fraction:
    """Return "0,5", "1 1/2", "3/4" as an exact fraction. ValueError when it is no number."""
    text = text.strip()
    whole, _, rest = text.rpartition(" ") if re.fullmatch(r"\d+\s+\d+/\d+", text) else ("0", "", text)
    try:
        value = Fraction(rest.replace(" ", "").replace(",", "."))
    except ZeroDivisionError as error:
        raise ValueError(text) from error
    return Fraction(whole) + unrounded(value)


def unrounded(value: Fraction) -> Fraction:
    """Return 1/3 for 0.333333: a number of four or more decimals that is a rounded simple fraction is that fraction."""
    decimals = len(f"{float(value % 1):.9f}".rstrip("0")) - 2
    if decimals < 4 or value.denominator in _PARTS:
        return value
    for part in _PARTS:
        near = Fraction(round(value * part), part)
        if near and Fraction(str(round(float(near), decimals))) == value:
            return near
    return value


_PARTS = (3, 6, 7, 9, 12)


@dataclass(frozen=True, slots=True)
class _Found:
    """An amount of a phrase: the words between the one before and it, and those between it and the next."""

    amount: Amount
    match: re.Match[str]
    before: str
    behind: str

    @property
    def same_twice(self) -> bool:
        """Whether a number in a bracket says the same again: "05 (năm) ngày", not "02 (ba) ngày"."""
        again = self.match["again"]
        return again is None or number(again) == number(self.match["value"])


@lru_cache(maxsize=4096)
def read_time(text: str) -> TimePhrase:
    """Return what the phrase says of time. Nothing is raised: what cannot be read is a phrase without amount."""
    said = clean(text)
    kept, doubts, clocks = _without_clocks(said, folded(said))
    found = _amounts(kept)
    if pattern("uncounted").search(kept):
        doubt = (message("quantities.uncounted_with_amount", text=said),) if found else ()
        return TimePhrase(said, counted=False, doubts=doubt)
    if found and (any(map(_unsure, found)) or pattern("other_units").search(kept)):
        return TimePhrase(said, doubts=(message("quantities.partly", text=said),))
    phrase = _combined(said, kept, found) if found else _without_unit(said, kept.strip(), clocks)
    return replace(phrase, doubts=(*doubts, *(doubt for doubt in phrase.doubts if doubt not in doubts)))


def is_time(text: str) -> bool:
    """Whether the words are a time: "không quá 2 ngày", "giờ hành chính"; not "thẩm định: 2 ngày", "trả ngay"."""
    phrase = read_time(text)
    if not phrase.counted:
        return not phrase.doubts
    if phrase.amount is None or phrase.amount.unit == Unit.NONE:
        return False
    kept = _without_clocks(phrase.text, folded(phrase.text))[0]
    first = next(filter(None, (pattern(name).search(kept) for name in ("amount", "same_day"))), None)
    return first is not None and pattern("time_ahead").fullmatch(kept[: first.start()]) is not None


def _without_clocks(said: str, text: str) -> tuple[str, tuple[Message, ...], bool]:
    """Take hours of the day and hours per day out of the folded text; return it, doubts, and whether there was any.

    "nhận sau 15h" only says from when the next day counts; "trước 16h30" is a limit that is no duration.
    """
    kept = pattern("per_dossier").sub(" ", pattern("per_day").sub(_eight_hours, text))
    kept = pattern("hours_and_minutes").sub(r"\1 gio \2 phut", kept)
    received = [_hour(match["clock"]) for match in pattern("received").finditer(kept)]
    kept, due = pattern("due").subn(" ", pattern("received").sub(" ", kept))
    hours = [int(match[1]) for match in pattern("minutes_behind").finditer(kept)]
    kept = pattern("minutes_behind").sub(r"\1 gio \2 phut", kept)
    doubts = [message("quantities.clock", text=said)] if due else []
    if any(hour >= _OFFICE_HOURS for hour in hours):
        doubts.append(message("quantities.clock_or_duration", text=said))
    if any(hour != _CUT_OFF for hour in received):
        doubts.append(message("quantities.cut_off", text=said))
    return kept, tuple(doubts), bool(due or received)


def _eight_hours(match: re.Match[str]) -> str:
    """Take out that a day has eight hours; another number of hours stays, and makes the phrase unsure."""
    return " " if re.search(rf"\b0?{HOURS_OF_WRITTEN_DAY}(?!\d)", match[0]) else match[0]


def _hour(words: str) -> tuple[int, int]:
    hour, minute, *_ = (*map(int, re.findall(r"\d+", words)), 0)
    return hour, minute


def _amounts(kept: str) -> list[_Found]:
    matches = list(pattern("amount").finditer(kept))
    starts = [0, *(match.end() for match in matches)]
    ends = [*(match.start() for match in matches), len(kept)]
    gaps = [kept[start:end] for start, end in zip(starts, ends, strict=True)]
    return [_Found(_amount(match), match, *gaps[place : place + 2]) for place, match in enumerate(matches)]


def _amount(match: re.Match[str]) -> Amount:
    try:
        values = [number(part) for part in (match["value"], match["low"]) if part]
    except ValueError:
        return Amount(Fraction(0), _unit_named(match["unit"]))
    return Amount(max(values) + (Fraction(1, 2) if match["half"] else 0), _unit_named(match["unit"]))


def _unsure(one: _Found) -> bool:
    """Whether a number or a sign beside the amount may belong to it: "0 5 ngày", "1 ngày x 2", "10/15 ngày"."""
    beside = pattern("number_before").search(one.before) or pattern("number_behind").search(one.behind)
    return beside is not None or (_odd_part(one) and not pattern("less_by").search(one.before))


def _odd_part(one: _Found) -> bool:
    """Whether the amount is written as a part that nobody means: "10/15 ngày" is ten days of fifteen."""
    match = re.search(r"(\d+)\s*/\s*(\d+)$", one.match["value"])
    most = 8 if one.amount.unit in _DAYS else 4
    return match is not None and not 0 < int(match[1]) < int(match[2]) <= most


def _without_unit(said: str, kept: str, clocks: bool) -> TimePhrase:
    """Read a phrase without "number unit": same day, at once, a bare number, or nothing that can be measured."""
    unread = TimePhrase(said, doubts=(message("quantities.unread", text=said),))
    if pattern("same_day").search(kept):
        open_end = not clocks and pattern("next_day").search(kept)
        doubts = (message("quantities.alternatives", text=said),) if open_end else ()
        return TimePhrase(said, Amount(Fraction(1), Unit.SAME_DAY), doubts=doubts)
    if bare := pattern("bare").fullmatch(kept):
        same = bare["again"] is None or Fraction(bare["again"]) == _number_or_none(bare["value"])
        value = _number_or_none(bare["value"]) if same else None
        return unread if value is None else TimePhrase(said, Amount(value, Unit.NONE))
    if _IMMEDIATELY.search(said.casefold()):
        return TimePhrase(said, counted=False, doubts=(message("quantities.at_once", text=said),))
    if clocks:
        return TimePhrase(said, doubts=(message("quantities.clock", text=said),))
    return unread if re.search(r"\w", kept) else TimePhrase(said)


def _number_or_none(text: str) -> Fraction | None:
    parts = re.fullmatch(r"(\d+)\s*/\s*(\d+)", text.strip())
    if parts and int(parts[1]) >= int(parts[2]):
        return None  # 24/7, 4/0
    return number(text)


def _combined(said: str, kept: str, found: list[_Found]) -> TimePhrase:
    """Make one phrase of the amounts found: compound ("1 ngày 4 giờ"), equivalents, a range, alternatives."""
    if (same := pattern("same_day").search(found[0].before)) and pattern("otherwise").search(
        found[0].before[same.end() :]
    ):
        ways = tuple(one.amount for one in found)
        doubt = message("quantities.alternatives", text=said)
        return TimePhrase(said, Amount(Fraction(1), Unit.SAME_DAY), True, ways, doubts=(doubt,))
    legal, holding = _by_law(kept, found)
    first, rest = holding[0], holding[1:]
    doubts = _doubts_of(said, kept, first)
    amount = first.amount
    while rest and (sum_ := _with_part(amount, rest[0])):
        amount, rest = sum_, rest[1:]
    if rest and pattern("range").search(rest[0].before):
        amount, rest = max(amount, rest[0].amount, key=lambda one: one.minutes), rest[1:]
        doubts.append(message("quantities.range", text=said))
    others = [one.amount for one in rest]
    other_ways = (one for one in rest if pattern("or").search(one.before) and one.amount.minutes != amount.minutes)
    choice = () if sum(other.minutes for other in others) == amount.minutes else tuple(other_ways)
    if choice:
        doubts.append(message("quantities.alternatives", text=said))
    elif not all(one.same_twice for one in found) or (rest and not _agree(amount, rest)):
        doubts.append(message("quantities.disagree", text=said))
    units = {other.unit for other in others} | {amount.unit}
    working = states_hours(said) or bool(units & {Unit.WORKING_DAY, Unit.WORKING_HOUR}) or _beside_hours(amount, others)
    amount, working = _with_days_off(amount, working, kept)
    return TimePhrase(said, amount, True, tuple(one.amount for one in choice), working, legal, tuple(doubts))


def _by_law(kept: str, found: list[_Found]) -> tuple[Amount | None, list[_Found]]:
    """Part the limit of the law, and by how much it was cut, from the amounts that hold: (10, [7]) of "10, còn 7".

    When nothing else is said, the limit of the law holds.
    """
    cut_short = [one for one in found if pattern("held").search(one.before)]
    told = [one for one in found if one in cut_short or not pattern("less_by").search(one.before)]
    cut = told.index(cut_short[0]) if cut_short and pattern("reduction").search(kept) else 0
    law = [one for one in told if pattern("legal").search(one.before) or pattern("legal_behind").search(one.behind)]
    holding = [one for one in told[cut:] if one not in law]
    if not holding:
        return None, told or found
    given = [*law, *told[:cut]]
    return (given[0].amount if given else None), holding


def _doubts_of(said: str, kept: str, first: _Found) -> list[Message]:
    doubts = [message("quantities.range", text=said)] if first.match["low"] else []
    ahead = kept[: first.match.start()].rsplit("(", 1)[-1]
    cut_by = pattern("less_by").search(first.before) and not pattern("held").search(first.before)
    if cut_by or pattern("vague").search(ahead) or pattern("vague_behind").search(first.behind):
        doubts.append(message("quantities.vague", text=said))
    return doubts


def _with_part(amount: Amount, part: _Found) -> Amount | None:
    """Return "1 ngày" and "4 giờ" as one amount, None where the second is no part: "3 ngày 24 giờ" says it twice."""
    added = part.before.strip() == "+"
    finer = part.amount.minutes < Amount(Fraction(1), amount.unit).minutes and amount.unit != part.amount.unit
    if not added and not (finer and re.fullmatch(r"[\s,]*(?:va)?\s*", part.before)):
        return None
    return _sum(amount, part.amount)


def _with_days_off(amount: Amount, working: bool, kept: str) -> tuple[Amount, bool]:
    """Read "không kể ngày nghỉ" as working time, "kể cả ngày nghỉ" as days and hours of the calendar."""
    if pattern("without_days_off").search(kept):
        return (Amount(amount.value, Unit.WORKING_DAY) if amount.unit == Unit.DAY else amount), True
    if pattern("with_days_off").search(kept):
        turned = {Unit.DAY: Unit.CALENDAR_DAY, Unit.HOUR: Unit.CONTINUOUS_HOUR}
        return Amount(amount.value, turned.get(amount.unit, amount.unit)), working
    return amount, working


def _beside_hours(amount: Amount, others: list[Amount]) -> bool:
    """Whether "3 ngày (24 giờ)" shows that a day has eight hours, so working days are meant."""
    hours = [other for other in others if other.unit in (Unit.HOUR, Unit.DAY) and other.unit != amount.unit]
    return any(other.minutes == amount.minutes for other in hours)


def _agree(amount: Amount, rest: list[_Found]) -> bool:
    """Whether what follows says the same again: as a whole, or as the parts that make it up; "24h/24h" does not."""
    others = [one.amount for one in rest]
    if rest[0].before.strip() == "/" and others[0].unit == amount.unit:
        return False
    return others[0].minutes == amount.minutes or sum(other.minutes for other in others) == amount.minutes


def _sum(first: Amount, second: Amount) -> Amount:
    """Return "1 giờ 30 phút" in the smaller unit; a day beside hours counts as 8 hours."""
    if first.unit == second.unit:
        return Amount(first.value + second.value, first.unit)
    minutes = first.minutes + second.minutes
    return Amount(minutes, Unit.MINUTE) if second.unit == Unit.MINUTE else Amount(minutes / 60, second.unit)


def read_unit(heading: str) -> tuple[Unit, Fraction]:
    """Return the unit that a column heading gives to bare numbers, and its size: "(1/4 ngày)" → DAY, 1/4.

    "(giờ, 8h/ngày)" and "(8 giờ/ngày)" mean hours. Two different units, or none, give NONE.
    """
    heading = folded(heading)
    kept = pattern("per_day").sub(" ", heading)
    sized = pattern("amount").search(kept)
    if sized and (amount := _amount(sized)).value:
        return amount.unit, amount.value
    units = {_unit_named(match["unit"]) for match in pattern("unit").finditer(kept)}
    if not units and kept != heading:
        units = {Unit.HOUR}
    return (units.pop() if len(units) == 1 else Unit.NONE), Fraction(1)


def states_hours(text: str) -> bool:
    """Whether the words say how many hours a day has ("8 giờ/ngày", "x 8h"): then its days are working days."""
    return pattern("per_day").search(folded(text)) is not None


def _unit_named(word: str) -> Unit:
    return next(Unit[key] for key in UNITS if re.fullmatch(words()[key], word))
