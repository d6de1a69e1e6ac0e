"""Rules on time: the steps' sum ≤ committed ≤ legal, and times that say nothing of the real handling.

Sources: facts D9 and 4.4; NĐ 63/2010/NĐ-CP, Article 8 (the time limit is part of the procedure); R17 (provinces cut the
legal limit, both are kept). Written amounts are compared at 480 minutes a day.
"""

from collections.abc import Iterator
from fractions import Fraction

from chuan.rules.procedure.amounts import Written, as_unit, counted_minutes, counted_total, written_unit
from chuan.rules.procedure.remarks import Edit, Remark, Repair, Severity, Surroundings
from chuan.rules.procedure.structure import Limit, Procedure, Step, TimeUnit, Variant, written_minutes
from chuan.rules.procedure.words import folded
from chuan.text.messages import message
from chuan.text.vietnamese import fold_words

LAW = "NĐ 63/2010/NĐ-CP, Điều 8"
PRACTICE = "TCVN ISO 9001:2015, 8.5.1"
WHOLE_SHARE = Fraction(9, 10)


def sum_over_limit(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The counted steps take longer than the variant's total or the committed time."""
    for at, variant in enumerate(procedure.variants):
        promised = variant.declared_total or procedure.committed
        minutes = counted_minutes(variant)
        if promised is None or minutes <= written_minutes(promised):
            continue
        unit = written_unit(variant, promised)
        excess = as_unit(minutes - written_minutes(promised), unit)
        values = {"excess": Written(excess), "total": Written(as_unit(minutes, unit)), "limit": Written(promised, unit)}
        repairs = (*_back_to_previous(at, variant, around.previous), *_commit_to_sum(procedure, at, variant))
        said = message("validator.sum_over", **values)
        yield Remark(Severity.WRONG, "sum_over", said, LAW, variant=at, part="total", repairs=repairs)


def _back_to_previous(at: int, variant: Variant, previous: Procedure | None) -> Iterator[Repair]:
    """Offer to take back a time that is longer than in the version in force."""
    if previous is None or at >= len(previous.variants):
        return
    before = {fold_words(step.title): step for step in previous.variants[at].steps}
    for index, step in enumerate(variant.steps):
        old = before.get(fold_words(step.title))
        if old and old.time and step.time and written_minutes(old.time) < written_minutes(step.time):
            said = message("validator.take_back", number=step.number, was=Written(old.time), now=Written(step.time))
            yield Repair(said, Edit("time", old.time, at, index))


def _commit_to_sum(procedure: Procedure, at: int, variant: Variant) -> Iterator[Repair]:
    """Offer to commit to the sum, when the law leaves room for it."""
    minutes = counted_minutes(variant)
    promised = variant.declared_total or procedure.committed
    if procedure.legal is not None and minutes > written_minutes(procedure.legal):
        return
    if promised is not None and promised.unit is TimeUnit.SAME_WORKING_DAY:
        return
    if variant.declared_total is not None:
        total = as_unit(minutes, variant.declared_total.unit)
        said = message("validator.set_total", limit=Written(total))
        yield Repair(said, Edit("declared_total", total, at))
    elif procedure.committed is not None:
        committed = as_unit(minutes, procedure.committed.unit)
        said = message("validator.set_committed", limit=Written(committed))
        yield Repair(said, _commit(committed))


def _commit(limit: Limit) -> Edit:
    """Return the edit that promises `limit`; the words of the former promise go with it."""
    return Edit("fields", {"committed": limit, "committed_text": ""})


def sum_below_limit(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Some of the promised time belongs to no step."""
    for at, variant in enumerate(procedure.variants):
        promised = variant.declared_total or procedure.committed
        minutes = counted_minutes(variant)
        if promised is None or promised.unit is TimeUnit.SAME_WORKING_DAY:
            continue  # "within the day" is a moment to keep, not an amount to hand out
        if not minutes or minutes >= written_minutes(promised) or _without_time(variant):
            continue
        unit = written_unit(variant, promised)
        rest = as_unit(written_minutes(promised) - minutes, unit)
        values = {"rest": Written(rest), "total": Written(as_unit(minutes, unit)), "limit": Written(promised, unit)}
        said = message("validator.sum_below", **values)
        repairs = tuple(_commit_to_sum(procedure, at, variant))
        yield Remark(Severity.LOOK, "sum_below", said, LAW, variant=at, part="total", repairs=repairs)


def declared_over_committed(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The total under the table is longer than the committed time of the procedure."""
    committed = procedure.committed
    for at, variant in enumerate(procedure.variants):
        total = variant.declared_total
        if total and committed and written_minutes(total) > written_minutes(committed):
            said = message("validator.declared_over", total=Written(total), limit=Written(committed))
            words = message("validator.set_total", limit=Written(committed))
            repair = Repair(words, Edit("declared_total", committed, at))
            yield Remark(Severity.WRONG, "declared_over", said, LAW, variant=at, part="total", repairs=(repair,))


def committed_over_legal(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The agency promises more time than the law gives."""
    committed, legal = procedure.committed, procedure.legal
    if committed and legal and written_minutes(committed) > written_minutes(legal):
        excess = as_unit(written_minutes(committed) - written_minutes(legal), legal.unit)
        values = {"excess": Written(excess), "committed": Written(committed), "legal": Written(legal)}
        said = message("validator.committed_over_legal", **values)
        repair = Repair(message("validator.set_committed", limit=Written(legal)), _commit(legal))
        yield Remark(Severity.WRONG, "committed_over_legal", said, LAW, part="committed", repairs=(repair,))


def sum_over_legal(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The counted steps take longer than the law gives (said beside the committed time, which may be missing)."""
    for at, variant in enumerate(procedure.variants):
        legal, minutes = procedure.legal, counted_minutes(variant)
        if legal and minutes > written_minutes(legal):
            unit = written_unit(variant, legal)
            excess = as_unit(minutes - written_minutes(legal), unit)
            values = {"excess": Written(excess), "total": Written(as_unit(minutes, unit)), "legal": Written(legal)}
            said = message("validator.sum_over_legal", **values)
            yield Remark(Severity.WRONG, "sum_over_legal", said, LAW, variant=at, part="total")


def no_committed_time(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Neither the procedure nor a variant says how long the whole takes."""
    said = procedure.committed_text or any(variant.declared_total for variant in procedure.variants)
    if procedure.committed is None and not said:
        yield Remark(Severity.WRONG, "no_total", message("validator.no_total"), LAW, part="committed")


def committed_in_the_table_only(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Only the total under the table says how long the whole takes."""
    totals = {variant.declared_total for variant in procedure.variants}
    if procedure.committed is not None or procedure.committed_text or len(totals) != 1:
        return
    if (total := totals.pop()) is not None:
        said = message("validator.committed_in_table", total=Written(total))
        repair = Repair(message("validator.write_committed", limit=Written(total)), _commit(total))
        yield Remark(Severity.LOOK, "committed_in_table", said, LAW, part="committed", repairs=(repair,))


def limits_without_an_amount(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The words of a time limit that say no amount; the law may set none, the agency must promise one."""
    unset = fold_words(procedure.legal_text) in folded("no_limit")
    told = (
        ("committed", procedure.committed, procedure.committed_text, Severity.WRONG),
        ("legal", procedure.legal, "" if unset else procedure.legal_text, Severity.LOOK),
    )
    for part, limit, text, severity in told:
        if text and limit is None:
            yield Remark(severity, "unread_limit", message("validator.unread_limit", text=text), LAW, part=part)


def whole_time_in_one_step(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """One step holds nine tenths of the time or more: the table does not show who works when."""
    for at, variant in enumerate(procedure.variants):
        minutes = counted_minutes(variant)
        if len(variant.steps) < 3 or not minutes:
            continue
        for index, step in enumerate(variant.steps):
            own = _own_minutes(step)
            if not step.budget and own >= minutes * WHOLE_SHARE:
                values = {"number": step.no or index + 1, "time": Written(step.time) if step.time else ""}
                total = Written(counted_total(variant, procedure.committed))
                said = message("validator.whole_time", total=total, **values)
                yield Remark(Severity.LOOK, "whole_time", said, PRACTICE, at, index)


def _own_minutes(step: Step) -> Fraction:
    return written_minutes(step.time) if step.time and step.counted else Fraction(0)


def zero_time(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A counted step takes no time at all."""
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            if step.counted and step.time is not None and step.time.amount == 0:
                said = message("validator.zero_time", number=step.number or index + 1)
                edit = Edit("fields", {"time": None, "counted": False}, at, index)
                repair = Repair(message("validator.set_uncounted"), edit)
                yield Remark(Severity.LOOK, "zero_time", said, PRACTICE, at, index, repairs=(repair,))


def missing_time(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A counted step has no time, and no shared budget covers it."""
    for at, variant in enumerate(procedure.variants):
        for index in _without_time(variant):
            said = message("validator.missing_time", number=variant.steps[index].number or index + 1)
            repair = Repair(message("validator.set_uncounted"), Edit("counted", False, at, index))
            yield Remark(Severity.WRONG, "missing_time", said, LAW, at, index, repairs=(repair,))


def _without_time(variant: Variant) -> list[int]:
    """Return the counted steps without a time of their own or a shared one: the sum of the variant is not known."""
    covered = {step.budget for step in variant.steps if step.budget and step.time}
    return [
        index
        for index, step in enumerate(variant.steps)
        if step.counted and step.time is None and step.budget not in covered
    ]


def uncounted_with_time(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step is marked as not counted and yet has a time."""
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            if not step.counted and step.time is not None and step.time.amount:
                said = message("validator.uncounted_time", number=step.number or index + 1, time=Written(step.time))
                count = Repair(message("validator.set_counted"), Edit("counted", True, at, index))
                drop = Repair(message("validator.drop_time"), Edit("time", None, at, index))
                yield Remark(Severity.WRONG, "uncounted_time", said, LAW, at, index, repairs=(count, drop))


def mixed_clocks(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Calendar days and working time in one table: their sum is no promise anybody can check."""
    for at, variant in enumerate(procedure.variants):
        units = {step.time.unit for step in variant.steps if step.time and step.counted}
        if TimeUnit.CALENDAR_DAY in units and len(units) > 1:
            said = message("validator.mixed_clocks")
            yield Remark(Severity.LOOK, "mixed_clocks", said, LAW, variant=at, part="total")
