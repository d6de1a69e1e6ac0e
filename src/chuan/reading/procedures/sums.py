"""Whether the steps, the total row and the published time limit say the same: where they do not, a doubt says so.

Written amounts are compared at 8 hours a day; nothing is changed, for which of them is right only the agency knows.
"""

import re
from collections.abc import Collection, Iterator
from fractions import Fraction

from chuan.reading.procedures.steps import Built
from chuan.rules.procedure.amounts import counted_minutes, counted_total, written
from chuan.rules.procedure.structure import Doubt, Limit, TimeUnit, Variant, written_minutes
from chuan.text.messages import Message, message
from chuan.text.quantities import read_time


def sum_doubts(built: Built, published: Limit | None, text: str, amounts: Collection[Fraction]) -> Iterator[Doubt]:
    """Yield where the times of a variant contradict each other.

    `published` is the time limit of the whole procedure as `text` words it, `amounts` all that the text gives, in
    minutes: where it gives several, for several cases, one of them is enough.
    """
    place = built.places[0].block if built.places else -1
    where = built.variant.name if built.variant.name != "default" else ""
    for found in _contradictions(built.variant, published, text, amounts):
        yield Doubt(found, where, place)


def _contradictions(
    variant: Variant, published: Limit | None, text: str, amounts: Collection[Fraction]
) -> Iterator[Message]:
    total = variant.declared_total
    if not any(step.time for step in variant.steps):
        if variant.steps and not _unread(variant):
            yield message("procedures.no_times")
    elif not _unread(variant):
        summed = written(counted_total(variant))
        if total is not None and not _adds_up(variant, total):
            yield message("procedures.sum_not_total", sum=summed, total=written(total))
        elif total is None and published is not None and not any(_meets(variant, one) for one in amounts):
            yield message("procedures.sum_not_published", sum=summed, text=text)
    if total is not None and published is not None and written_minutes(total) not in amounts:
        yield message("procedures.total_not_published", total=written(total), text=text)


def _unread(variant: Variant) -> bool:
    """Whether the sum is not known: some time is written, but was not understood (a doubt says so)."""
    labels = (step.time_label for step in variant.steps if step.time is None)
    return any(re.search(r"\w", label) and read_time(label).counted for label in labels)


def _adds_up(variant: Variant, total: Limit) -> bool:
    if total.unit is TimeUnit.SAME_WORKING_DAY:  # a moment to keep: the steps may take less
        return counted_minutes(variant) <= written_minutes(total)
    return _meets(variant, written_minutes(total))


def _meets(variant: Variant, minutes: Fraction) -> bool:
    """Whether the steps take so many minutes; one that is done "within the day" may take less than the day."""
    most = counted_minutes(variant)
    within = (step.time for step in variant.steps if step.time and step.time.unit is TimeUnit.SAME_WORKING_DAY)
    return most - sum(map(written_minutes, within), Fraction(0)) <= minutes <= most
