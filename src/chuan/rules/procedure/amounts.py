"""Amounts of time in words, and the sums that a written table promises.

Sums compare what is written, at 480 minutes a day (`structure.written_minutes`); they never measure real time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from chuan.rules.procedure.structure import Limit, Step, TimeUnit, Variant, written_minutes
from chuan.text.messages import message
from chuan.text.numbers import number

_LONGEST_DECIMAL = 10**6


def amount_text(amount: Fraction, language: str = "vi", *, padded: bool = False) -> str:
    """Return 0.5 as "0,5" ("0.5" in English), 1/3 as "1/3"; `padded`: whole amounts below ten as "04", as in print."""
    if _LONGEST_DECIMAL % amount.denominator:
        return f"{amount.numerator}/{amount.denominator}"
    if padded and amount.denominator == 1 and 0 < amount < 10:
        return f"0{amount.numerator}"
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return number(exact, language=language)


def written(limit: Limit, language: str = "vi", *, padded: bool = False) -> str:
    """Return the limit in words: "0,5 ngày làm việc", "04 giờ làm việc" (padded), "15 ngày"."""
    return message(f"amounts.{limit.unit}", amount=amount_text(limit.amount, language, padded=padded)).text(language)


@dataclass(frozen=True, slots=True)
class Written:
    """A limit as a value of a message: `{total:vi}` in the Vietnamese sentence, `{total:en}` in the English one.

    `beside` is the unit of the table, when it differs: "96 giờ làm việc (12 ngày làm việc)".
    """

    limit: Limit
    beside: TimeUnit | None = None

    def __format__(self, language: str) -> str:
        words = written(self.limit, language or "vi")
        if self.beside is None or self.beside == self.limit.unit:
            return words
        return f"{written(as_unit(written_minutes(self.limit), self.beside), language or 'vi')} ({words})"

    def __str__(self) -> str:
        return format(self, "vi")


def counted_minutes(variant: Variant) -> Fraction:
    """Return the written minutes of the counted steps: a shared budget once, of parallel branches the longest."""
    in_line = _minutes(step for step in variant.steps if not step.parallel)
    branches: dict[str, dict[str, list[Step]]] = {}
    for step in variant.steps:
        if step.parallel:
            group, _, branch = step.parallel.partition("/")
            branches.setdefault(group, {}).setdefault(branch, []).append(step)
    beside = (max(_minutes(steps) for steps in group.values()) for group in branches.values())
    return in_line + sum(beside, Fraction(0))


def counted_total(variant: Variant, promised: Limit | None = None) -> Limit:
    """Return the sum of the counted steps in their `written_unit`."""
    return as_unit(counted_minutes(variant), written_unit(variant, promised))


def compared_total(variant: Variant, promised: Limit | None) -> Written:
    """Return the sum in the unit of the promise; steps that all use another unit add up in theirs beside it."""
    return Written(counted_total(variant, promised), _addable(promised))


def written_unit(variant: Variant, promised: Limit | None = None) -> TimeUnit:
    """Return the unit that all timed steps of the variant use; where they differ that of the promise, else hours."""
    units = {step.time.unit for step in variant.steps if step.time is not None and step.counted}
    return units.pop() if len(units) == 1 else _addable(promised) or TimeUnit.WORKING_HOUR


def _addable(promised: Limit | None) -> TimeUnit | None:
    """Return the unit of the promise; "within the working day" is a moment to keep, nothing to add up to."""
    return promised.unit if promised and promised.unit is not TimeUnit.SAME_WORKING_DAY else None


def sharing(steps: Sequence[Step], index: int) -> list[int]:
    """Return the places of the steps that share one limit with the step at `index`, its own among them, or none."""
    budget = steps[index].budget
    return [at for at, step in enumerate(steps) if budget and step.budget == budget]


def as_unit(minutes: Fraction, unit: TimeUnit) -> Limit:
    """Return written minutes as an amount of `unit`."""
    return Limit(minutes / written_minutes(Limit(Fraction(1), unit)), unit)


def _minutes(steps: Iterable[Step]) -> Fraction:
    total = Fraction(0)
    budgets: dict[str, Fraction] = {}
    for step in steps:
        if step.time is None or not step.counted:
            continue
        minutes = written_minutes(step.time)
        if step.budget:
            budgets[step.budget] = max(minutes, budgets.get(step.budget, Fraction(0)))
        else:
            total += minutes
    return total + sum(budgets.values(), Fraction(0))
