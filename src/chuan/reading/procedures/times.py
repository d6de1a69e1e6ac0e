"""From time phrases to limits: which clock a bare "ngày" or a bare number means, decided once per variant.

The words of the cell win; else the heading of the column; else the declared total; else what the table shows (hours
beside days, quarters of a day); else calendar days, as the law reads "ngày" without "làm việc", with a doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.messages import Message, message
from chuan.text.quantities import Amount, TimePhrase, Unit, read_time, read_unit, states_hours
from chuan.text.time_patterns import folded
from chuan.text.time_patterns import pattern as time_pattern
from chuan.text.vietnamese import fold_words

_CLOCKS = {
    Unit.WORKING_DAY: TimeUnit.WORKING_DAY,
    Unit.CALENDAR_DAY: TimeUnit.CALENDAR_DAY,
    Unit.HOUR: TimeUnit.WORKING_HOUR,
    Unit.WORKING_HOUR: TimeUnit.WORKING_HOUR,
    Unit.CONTINUOUS_HOUR: TimeUnit.HOUR,
    Unit.MINUTE: TimeUnit.MINUTE,
    Unit.SAME_DAY: TimeUnit.SAME_WORKING_DAY,
}
_WORDS = {
    Unit.DAY: "ngày",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.CALENDAR_DAY: "ngày lịch",
    Unit.HOUR: "giờ",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.MINUTE: "phút",
}
_HOURS = (Unit.HOUR, Unit.WORKING_HOUR)


@dataclass(frozen=True, slots=True)
class Clock:
    """How the times of one variant are read: the unit of bare numbers with its size, and what a bare "ngày" means."""

    day: TimeUnit
    bare: Unit = Unit.NONE
    size: Fraction = Fraction(1)
    doubts: tuple[Message, ...] = ()

    def limit(self, amount: Amount) -> Limit | None:
        """Return the amount on its clock, None for a bare number without any unit."""
        value, unit = amount.value, amount.unit
        if unit == Unit.NONE:
            value, unit = value * self.size, self.bare
        if unit == Unit.NONE:
            return None
        return Limit(value, self.day if unit == Unit.DAY else _CLOCKS[unit])


def minutes_under(heading: str, text: str) -> Fraction:
    """Return the minutes of a written time at 8 hours a day, a bare number in the unit of its heading; 0 for none."""
    amount = read_time(text).amount
    if amount and amount.unit == Unit.NONE:
        unit, size = read_unit(heading)
        amount = Amount(amount.value * size, unit)
    return amount.minutes if amount else Fraction(0)


def with_unit(text: str, heading: str) -> str:
    """Return a bare number with the unit of its heading, other words as they are."""
    unit, size = read_unit(heading)
    amount = read_time(text).amount
    bare = amount is not None and amount.unit == Unit.NONE and size == 1
    return f"{text} {_WORDS[unit]}" if bare and unit in _WORDS else text


def differ(one: str, other: str) -> bool:
    """Whether two times, each with its unit, are not the same at 8 hours a day."""
    first, second = read_time(one).amount, read_time(other).amount
    return first.minutes != second.minutes if first and second else fold_words(one) != fold_words(other)


def in_parts(times: Sequence[tuple[str, str]]) -> str:
    """Return "1 ngày 4 giờ" for 1 and 4 under "Ngày" and "Giờ" of one heading; "" where two columns are two times.

    `times` are (heading, time with its unit) of the filled columns of a row.
    """
    units = {read_unit(heading)[0] for heading, _ in times}
    stems = {fold_words(time_pattern("unit").sub(" ", folded(heading))) for heading, _ in times}
    if len(times) != 2 or len(units) != 2 or Unit.NONE in units or len(stems) != 1:
        return ""
    coarse, fine = sorted(times, key=lambda one: -Amount(Fraction(1), read_unit(one[0])[0]).minutes)
    return f"{coarse[1]} {fine[1]}" if differ(coarse[1], fine[1]) else ""


def clock_for(
    heading: str, cells: Sequence[TimePhrase], totals: Sequence[TimePhrase], around: Sequence[TimePhrase]
) -> Clock:
    """Return how to read the times of a variant: from its column heading, its cells, the totals of its table, and the
    limits that the text around the table gives."""
    bare, size = read_unit(heading)
    declared = [phrase for phrase in (*totals, *around) if phrase.amount]
    bare, size, doubts = _bare(bare, size, cells, declared)
    day, doubt = _day(heading, bare, cells, declared, around)
    return Clock(day, bare, size, (*doubts, *((doubt,) if doubt else ())))


def _day(
    heading: str, bare: Unit, cells: Sequence[TimePhrase], totals: Sequence[TimePhrase], around: Sequence[TimePhrase]
) -> tuple[TimeUnit, Message | None]:
    working, calendar = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY
    eight_hours = bare == Unit.DAY and states_hours(heading)
    if bare == Unit.WORKING_DAY or eight_hours or any(phrase.working for phrase in totals):
        return working, None
    if bare == Unit.CALENDAR_DAY or any(one.amount and one.amount.unit == Unit.CALENDAR_DAY for one in totals):
        return calendar, None
    units = {phrase.amount.unit for phrase in cells if phrase.amount}
    said = any(phrase.working for phrase in cells) or bool(units & set(_HOURS))
    fine = any((amount := phrase.amount) and _fine(amount, bare) for phrase in cells)
    if Unit.DAY not in units and not (bare == Unit.DAY and Unit.NONE in units):
        return (working if said else calendar), None
    if said or fine:
        return working, message("procedures.day_read_as_working")
    if any(phrase.amount and phrase.amount.unit == Unit.DAY for phrase in around):
        return calendar, None
    return calendar, message("procedures.day_read_as_calendar")


def _fine(amount: Amount, bare: Unit) -> bool:
    """Whether the amount is a quarter or third of a day: nobody divides a calendar day so."""
    in_days = amount.unit == Unit.DAY or (amount.unit == Unit.NONE and bare == Unit.DAY)
    return in_days and (amount.value * 2).denominator != 1


def _bare(
    unit: Unit, size: Fraction, cells: Sequence[TimePhrase], totals: Sequence[TimePhrase]
) -> tuple[Unit, Fraction, tuple[Message, ...]]:
    """Return the unit and size of bare numbers, and the doubts where the heading does not settle them."""
    numbers = [phrase.amount.value for phrase in cells if phrase.amount and phrase.amount.unit == Unit.NONE]
    if not numbers:
        return unit, Fraction(1), ()
    declared = {phrase.amount.minutes for phrase in totals if phrase.amount and phrase.amount.unit != Unit.NONE}
    rest = Fraction(0)
    for phrase in cells:
        rest += phrase.amount.minutes if phrase.amount and phrase.amount.unit != Unit.NONE else 0
    if size != 1:
        sums = {phrase.amount.value for phrase in totals if phrase.amount and phrase.amount.unit == Unit.NONE}
        return unit, *_sized(size, numbers, sums, declared | {total - rest for total in declared})
    if unit != Unit.NONE:
        return unit, size, ()
    total = sum(numbers)
    for guess, minutes in ((Unit.DAY, 480), (Unit.HOUR, 60)):
        if total * minutes + rest in declared:
            return guess, size, (message("procedures.unit_from_total"),)
    return Unit.NONE, size, (message("procedures.unit_missing"),)


def _sized(
    size: Fraction, numbers: list[Fraction], sums: set[Fraction], declared: set[Fraction]
) -> tuple[Fraction, tuple[Message, ...]]:
    """Decide whether numbers under "(1/4 ngày)" count quarters or days: the declared total tells, else a doubt.

    Their sum, or that of a total row (`sums`), is the declared total in one of the two.
    """
    for counted in (size, Fraction(1)):
        if any(number * 480 * counted in declared for number in (sum(numbers), *sums)):
            return counted, ()
    counts = all(number.denominator == 1 for number in numbers)
    return (size if counts else Fraction(1)), (message("procedures.size_unsure", size=str(size)),)
