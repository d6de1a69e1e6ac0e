"""Time phrases of written procedures: "0,5 ngày", "03 ngày (24 giờ)", "Giờ hành chính" → exact amounts or a doubt.

What the words say, and no more: whether a bare "ngày" is a working day is decided by the table around it
(`chuan.reading.procedures.times`). The words themselves stand in data/reading/time_words.toml, folded.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files

from chuan.text.messages import Message, message
from chuan.text.vietnamese import clean, fold

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
    `working` tells that the words speak of working time somewhere ("8 giờ/ngày", "giờ làm việc").
    """

    text: str
    amount: Amount | None = None
    counted: bool = True
    alternatives: tuple[Amount, ...] = ()
    working: bool = False
    doubts: tuple[Message, ...] = ()


@cache
def _words() -> dict[str, str]:
    text = (files("chuan.data") / "reading" / "time_words.toml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    return {name: "|".join(sorted(words, key=len, reverse=True)) for name, words in lists.items()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns over folded text, built from the words of the data file once."""
    words = _words()
    number = rf"(?:\d+\s+)?\d+\s*/\s*\d+|\d+(?:[.,]\d+)?|(?:{words['numbers']})(?!\S)"
    unit = rf"(?P<unit>{'|'.join(f'(?:{words[key]})' for key in _UNITS)})(?![a-z])"
    sources = {
        "amount": rf"(?<![\w/.,])(?:(?P<low>{number})\s*(?:-|–|—|den|toi)\s*)?(?P<value>{number})"
        rf"\s*(?:\([a-z ]{{2,20}}\)\s*)?{unit}(?P<half>\s*ruoi\b)?",
        "bare": rf"(?:(?:{words['at_most']})\s*)?(?P<value>{number})",
        "unit": rf"(?<![a-z]){unit}",
        "per_day": rf"(?:x|×|\*)\s*\d+\s*(?:{words['HOUR']})\b(?:\s*/\s*(?:1\s*)?ngay)?"
        rf"|\(?\b\d+\s*(?:{words['HOUR']})\s*/\s*(?:1\s*)?ngay(?: lam viec)?\)?",
        "clock": rf"\b(?:sau|truoc|luc)\s*\d{{1,2}}\s*(?:{words['HOUR']})\s*(?:00|30)?(?![a-z])",
        "uncounted": rf"^\W*(?:{words['uncounted']})\b",
        "same_day": rf"\b(?:{words['same_day']})\b",
        "vague": rf"(?:{words['vague']})|[~≈]",
        "or": r"\b(?:hoac|hay)\b|;",
        "range": r"^\s*(?:-|–|—|den|toi)\s*$",
        "reduction": rf"\b(?:{words['reduction']})\b",
    }
    return re.compile(sources[name])


_HOURS = (Unit.HOUR, Unit.WORKING_HOUR, Unit.CONTINUOUS_HOUR)
_UNITS = ("WORKING_DAY", "CALENDAR_DAY", "CONTINUOUS_HOUR", "WORKING_HOUR", "DAY", "HOUR", "MINUTE")
_SIGNS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅛": " 1/8", "⁄": "/"}
_AND_A_PART = re.compile(r"(?<=\d) va (?=\d+\s*/)")  # 1 và 1/2
_MINUTES_BEHIND = re.compile(r"(?<![\d.,])(\d+)\s*(h|gio)\s?(\d{2})(?!\d|[.,/]\d|\s*[a-z])")  # 1h30
_IMMEDIATELY = re.compile(r"(?<!\w)ngay(?!\w)")


def _folded(text: str) -> str:
    for sign, figures in _SIGNS.items():
        text = text.replace(sign, figures)
    return _AND_A_PART.sub(" ", fold(text))


def number(text: str) -> Fraction:
    """Return "0,5", "1 1/2", "3/4", "mot", "1/3" (folded) as an exact fraction. ValueError when it is no number."""
    text = text.strip()
    if text in (spoken := _spoken()):
        return spoken[text]
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


@cache
def _spoken() -> dict[str, Fraction]:
    text = (files("chuan.data") / "reading" / "spoken_numbers.toml").read_text(encoding="utf-8")
    return {word: Fraction(value) for word, value in tomllib.loads(text).items()}


def read_time(text: str) -> TimePhrase:
    """Return what the phrase says of time. Nothing is raised: what cannot be read is a phrase without amount."""
    words = clean(text)
    folded = _folded(words)
    kept = _pattern("per_day").sub(" ", _pattern("clock").sub(" ", folded))
    kept = _MINUTES_BEHIND.sub(r"\1 gio \3 phut", kept)
    working = states_hours(words)
    found = [(match, _amount(match)) for match in _pattern("amount").finditer(kept)]
    if _pattern("uncounted").search(kept):
        doubt = (message("quantities.uncounted_with_amount", text=words),) if found else ()
        return TimePhrase(words, counted=False, doubts=doubt)
    if not found:
        return _without_unit(words, kept.strip())
    return _combined(words, kept, found, working)


def _amount(match: re.Match[str]) -> Amount:
    unit = next(Unit[key] for key in _UNITS if re.fullmatch(_words()[key], match["unit"]))
    try:
        value = number(match["value"])
    except ValueError:
        value = Fraction(0)
    return Amount(value + Fraction(1, 2) if match["half"] else value, unit)


def _without_unit(words: str, kept: str) -> TimePhrase:
    """Read a phrase without "number unit": same day, at once, a bare number, or nothing that can be measured."""
    if _pattern("same_day").search(kept):
        return TimePhrase(words, Amount(Fraction(1), Unit.SAME_DAY))
    if bare := _pattern("bare").fullmatch(kept):
        try:
            return TimePhrase(words, Amount(number(bare["value"]), Unit.NONE))
        except ValueError:
            return TimePhrase(words, doubts=(message("quantities.unread", text=words),))
    if not re.search(r"\w", kept):
        return TimePhrase(words)
    if _IMMEDIATELY.search(words.casefold()):
        return TimePhrase(words, counted=False, doubts=(message("quantities.at_once", text=words),))
    return TimePhrase(words, doubts=(message("quantities.unread", text=words),))


def _combined(words: str, kept: str, found: list[tuple[re.Match[str], Amount]], working: bool) -> TimePhrase:
    """Make one phrase of the amounts found: compound ("1 ngày 4 giờ"), equivalents, a range, alternatives."""
    match, amount = found[0]
    doubts: list[Message] = []
    if match["low"]:
        doubts.append(message("quantities.range", text=words))
    if _pattern("vague").search(kept[: match.start()].rsplit("(", 1)[-1]):
        doubts.append(message("quantities.vague", text=words))
    rest, end = found[1:], match.end()
    while rest and re.fullmatch(r"[\s,]*(?:va)?\s*", kept[end : rest[0][0].start()]):
        amount, end = _sum(amount, rest[0][1]), rest[0][0].end()
        rest = rest[1:]
    if rest and _pattern("range").search(kept[end : rest[0][0].start()]):
        amount, rest = rest[0][1], rest[1:]
        doubts.append(message("quantities.range", text=words))
    others = [(other, kept[end : place.start()]) for place, other in rest]
    other_ways = (other for other, gap in others if _pattern("or").search(gap) and other.minutes != amount.minutes)
    choice = () if sum(other.minutes for other, _ in others) == amount.minutes else tuple(other_ways)
    if choice:
        doubts.append(message("quantities.alternatives", text=words))
    elif others and not _agree(amount, [other for other, _ in others]) and not _pattern("reduction").search(kept):
        doubts.append(message("quantities.disagree", text=words))
    units = {other.unit for other, _ in others} | {amount.unit}
    working = working or bool(units & {Unit.WORKING_DAY, Unit.WORKING_HOUR}) or _beside_hours(amount, others)
    return TimePhrase(words, amount, True, choice, working, tuple(doubts))


def _beside_hours(amount: Amount, others: list[tuple[Amount, str]]) -> bool:
    """Whether "3 ngày (24 giờ)" shows that a day has eight hours, so working days are meant."""
    hours = [other for other, _ in others if other.unit in (Unit.HOUR, Unit.DAY) and other.unit != amount.unit]
    return any(other.minutes == amount.minutes for other in hours)


def _agree(amount: Amount, others: list[Amount]) -> bool:
    """Whether what follows says the same again: as a whole, or as the parts that make it up."""
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
    folded = _folded(heading)
    kept = _pattern("per_day").sub(" ", folded)
    sized = _pattern("amount").search(kept)
    if sized and (amount := _amount(sized)).value:
        return amount.unit, amount.value
    units = {_unit_named(match["unit"]) for match in _pattern("unit").finditer(kept)}
    if not units and kept != folded:
        units = {Unit.HOUR}
    return (units.pop() if len(units) == 1 else Unit.NONE), Fraction(1)


def states_hours(text: str) -> bool:
    """Whether the words say how many hours a day has ("8 giờ/ngày", "x 8h"): then its days are working days."""
    return _pattern("per_day").search(_folded(text)) is not None


def _unit_named(word: str) -> Unit:
    return next(Unit[key] for key in _UNITS if re.fullmatch(_words()[key], word))
