"""Drafts → variants: times on their clocks, shared budgets, phases, proposals, and every doubt with its place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chuan.reading.procedures.budgets import shared_budgets
from chuan.reading.procedures.columns import TimeColumn, kind_of_time
from chuan.reading.procedures.entries import Place, StepEntry
from chuan.reading.procedures.facts import limit_of
from chuan.reading.procedures.proposals import with_proposals
from chuan.reading.procedures.times import Clock, clock_for
from chuan.reading.procedures.variants import Draft, Segment, phase_of
from chuan.reading.procedures.ways import Ways, with_ways
from chuan.rules.procedure.structure import Doubt, Limit, Step, Variant
from chuan.text.messages import Message, message
from chuan.text.quantities import TimePhrase, Unit, read_time
from chuan.text.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Built:
    """A variant with the places of its steps, and the doubts that concern the table as a whole."""

    variant: Variant
    places: tuple[Place, ...]
    doubts: tuple[Doubt, ...]
    legal: Limit | None = None  # the total of the column of legal limits, beside the agency's own
    legal_text: str = ""


def build(draft: Draft, committed: TimePhrase | None, alone: bool, ways: Ways) -> Built:
    """Return the variant of a draft. `committed` is the total of the whole procedure, which binds it when
    `alone`; `ways` is what the lines behind its table state."""
    entries, budgets = shared_budgets(draft)
    phrases = [read_time(entry.time) for entry in entries]
    totals = [read_time(total.text) for total in draft.totals]
    caption = read_time(draft.name) if draft.name else None
    said = [caption] if caption and caption.amount and caption.amount.unit != Unit.NONE else []
    clock = clock_for(draft.segments[0].run.time_heading, phrases, totals, [*said, *([committed] if committed else [])])
    totals += said
    steps = [_step(entry, phrase, clock) for entry, phrase in zip(entries, phrases, strict=True)]
    steps = [replace(step, budget=budgets.get(place, "")) for place, step in enumerate(steps)]
    steps = [replace(step, phase=phase) for step, phase in zip(steps, _phases(draft), strict=True)]
    steps = _unread(steps, phrases)
    stated = with_ways(steps, ways)
    proposed = stated if ways.complete else with_proposals(stated)
    steps = [_placed(step, entry.place) for step, entry in zip(proposed, entries, strict=True)]
    total = _total(totals, clock) or (limit_of(committed) if committed and alone and not totals else None)
    variant = Variant(tuple(steps), draft.name or "default", total)
    places, doubts = tuple(entry.place for entry in entries), _table_doubts(draft, clock, steps)
    return Built(variant, places, doubts, *_legal(draft, clock))


def _total(totals: Sequence[TimePhrase], clock: Clock) -> Limit | None:
    amounts = [phrase.amount for phrase in totals if phrase.amount]
    return clock.limit(amounts[-1]) if amounts else None


def _legal(draft: Draft, clock: Clock) -> tuple[Limit | None, str]:
    told = [beside for total in draft.totals for beside in total.beside if kind_of_time(beside[0]) is TimeColumn.LEGAL]
    amount = read_time(told[-1][1]).amount if told else None
    return (clock.limit(amount), ": ".join(told[-1])) if amount else (None, "")


def _phases(draft: Draft) -> list[str]:
    return [phase_of(draft, segment) for segment in draft.segments for _ in segment.steps]


def _step(entry: StepEntry, phrase: TimePhrase, clock: Clock) -> Step:
    """Return one step. A time that could be several, or that cannot be read, is left open: nothing is guessed."""
    limit = clock.limit(phrase.amount) if phrase.amount and phrase.counted and not phrase.alternatives else None
    unmeasured = limit is None or bool(phrase.doubts)
    return Step(
        title=entry.title,
        no=entry.no,
        role=entry.role,
        time=limit,
        counted=limit is not None,
        time_label=phrase.text if unmeasured else "",
        output_or_form=entry.output,
        note=entry.note,
        doubts=tuple(Doubt(doubt) for doubt in (*entry.doubts, *phrase.doubts)),
    )


def _unread(steps: list[Step], phrases: Sequence[TimePhrase]) -> list[Step]:
    """Doubt what is missing: a time where none is said and no budget covers it, a role, several roles in one cell."""
    result: list[Step] = []
    for step, phrase in zip(steps, phrases, strict=True):
        found: list[Message] = []
        silent = phrase.amount is None and phrase.counted and not phrase.doubts  # "", "-", "//"
        if silent and not step.budget:
            found.append(message("procedures.no_time", number=step.number or step.title))
        elif step.time is None and phrase.amount and phrase.counted and not phrase.doubts:
            found.append(message("procedures.time_without_unit", number=step.number or step.title, text=phrase.text))
        if not step.role:
            found.append(message("procedures.no_role", number=step.number or step.title))
        result.append(replace(step, doubts=(*step.doubts, *(Doubt(doubt) for doubt in found))))
    return result


def _placed(step: Step, place: Place) -> Step:
    """Give every doubt of the step its place in the document."""
    if not step.doubts:
        return step
    doubts = tuple(replace(doubt, where=step.no or step.title[:40], place=place.block) for doubt in step.doubts)
    return replace(step, doubts=doubts)


def _table_doubts(draft: Draft, clock: Clock, steps: Sequence[Step]) -> tuple[Doubt, ...]:
    first: Segment = draft.segments[0]
    doubts = [Doubt(doubt, first.run.time_heading, first.run.first.block) for doubt in clock.doubts]
    doubts += [Doubt(doubt, step.no, step.place.block) for doubt, step in draft.doubts]
    doubts += [Doubt(doubt, first.run.time_heading, first.run.first.block) for doubt in _columns_beside(draft)]
    counts = Counter(fold(step.no) for step in steps if step.no)
    twice = [step.no for step in steps if counts[fold(step.no)] > 1]
    if twice:
        numbers = ", ".join(dict.fromkeys(twice))
        doubts.append(Doubt(message("procedures.numbers_twice", numbers=numbers), numbers, first.run.first.block))
    return tuple(doubts)


def _columns_beside(draft: Draft) -> list[Message]:
    """Name the columns of times that were not taken; "Cắt giảm" may tell what is left, or by how much it is cut."""
    totals = {heading: f"“{heading}” ({text})" for total in draft.totals for heading, text in total.beside}
    names = dict.fromkeys(heading for step in draft.steps for heading, _ in step.beside) | totals
    if not names:
        return []
    used = draft.segments[0].run.time_heading
    others = ", ".join(named or f"“{heading}”" for heading, named in names.items())
    doubts = [message("procedures.times_beside", used=used, others=others)]
    if kind_of_time(used) is TimeColumn.CUT:
        doubts.append(message("procedures.cut_or_left", used=used))
    return doubts
