"""What a read file leaves open: each doubt as a question with a name, and what an answer does to the structure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chuan.quality.procedures.content import parsed
from chuan.quality.procedures.drafting import TypedStep, day_meant, limit_typed, shown, steps_typed, time_typed
from chuan.quality.procedures.import_names import with_name
from chuan.quality.procedures.models import ImportedFile
from chuan.rules.procedure.structure import Doubt, Limit, Procedure, Step, TimeUnit, Variant
from chuan.text.vietnamese import clean

RIGHT, UNDONE, LATER, EDITED = "right", "undone", "later", "edited"
_PROPOSED = {"link_proposed": "links", "budget_proposed": "budget", "parallel": "parallel"}
_CALENDAR = "day_read_as_calendar"
_NAMED = "other_agency"
_ASKS = {
    "unread": "time",
    "alternatives": "time",
    "time_without_unit": "time",
    "no_role": "role",
    "no_title": "title",
    "no_total": "committed",
}
"""What the sentence of a doubt asks for: the file does not tell it, so only a value is an answer."""
_TO_MEND = frozenset({"unit_missing", "numbers_twice", "link_unknown"})
"""Faults of the file that nothing was read into: nobody can confirm them."""
_WHOLE = (-1, -1)

Place = tuple[int, int]
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt. `name` is "variant/step/number" or "p/number" for the procedure as a whole; counted from 0.

    `undoable`: the reading proposed structure that an answer can take away again, leaving the words as they stand.
    `asks`: the field whose value the file does not tell ("time", "role", "title", "committed"), "" for a reading that
    a word confirms. `words`: what the file says at that place.
    """

    name: str
    doubt: Doubt
    variant: int = -1
    step: int = -1

    @property
    def kind(self) -> str:
        """Return the name of its sentence without the room that words it."""
        return self.doubt.message.code.partition(".")[2]

    @property
    def undoable(self) -> bool:
        """Whether there is a proposal that can be taken away."""
        return self.kind in _PROPOSED

    @property
    def of_calendar(self) -> bool:
        """Whether a bare "ngày" was read as a calendar day; undone, it is a working day."""
        return self.kind == _CALENDAR

    @property
    def of_agency(self) -> bool:
        """Whether another agency is named; undone, the own name stands in its place."""
        return self.kind == _NAMED

    @property
    def asks(self) -> str:
        """Return the field whose value is wanted: here "that is right" is no answer."""
        wanted = _ASKS.get(self.kind, "")
        return "committed" if wanted == "time" and self.step < 0 else wanted

    @property
    def confirmable(self) -> bool:
        """Whether the file was understood in one way, so that a word can confirm it."""
        return not self.asks and self.kind not in _TO_MEND

    @property
    def words(self) -> str:
        """Return the words of the file that were not understood."""
        return str(self.doubt.message.values.get("text", ""))

    @property
    def anchor(self) -> str:
        """Return the name as a part of an address."""
        return self.name.replace("/", "-")


def procedure_of(row: ImportedFile) -> Procedure:
    """Return the procedure as it was read, before any answer."""
    return parsed(row.reading["procedures"][0])


def count_questions(row: ImportedFile) -> None:
    """Set how many questions of a file that was read are open, and its state by that."""
    row.doubts = len(open_questions(procedure_of(row), row.answers))
    row.status = ImportedFile.Status.DOUBTFUL if row.doubts else ImportedFile.Status.READ


def questions(procedure: Procedure) -> Iterator[Question]:
    """Yield the doubts of the procedure as a whole, then step by step."""
    for number, doubt in enumerate(procedure.doubts):
        yield Question(f"p/{number}", doubt)
    for at, variant in enumerate(procedure.variants):
        for row, step in enumerate(variant.steps):
            for number, doubt in enumerate(step.doubts):
                yield Question(f"{at}/{row}/{number}", doubt, at, row)


def value_meant(question: Question, words: str) -> bool:
    """Return whether typed words are the value that a question asks for: a time must be an amount, or not counted."""
    if question.asks not in ("time", "committed"):
        return bool(clean(words))
    time = time_typed(words, TimeUnit.WORKING_DAY)
    return time.limit is not None or (question.asks == "time" and not time.counted)


def retyped(row: ImportedFile, name: str, typed: Words) -> Words:
    """Return of the words typed at a question those that differ from what its step shows by now."""
    read = procedure_of(row)
    asked = next((one for one in questions(read) if one.name == name and one.step >= 0), None)
    if asked is None:
        return typed
    before = shown(answered(read, row.answers).variants[asked.variant].steps)[asked.step]
    return {field: words for field, words in typed.items() if clean(words) != getattr(before, field, None)}


def open_questions(procedure: Procedure, answers: Mapping[str, Any]) -> list[Question]:
    """Return the questions without an answer."""
    typed = _typed(procedure, answers)
    return [one for one in questions(procedure) if not _settled(one, answers, typed, later=True)]


def _settled(question: Question, answers: Mapping[str, Any], typed: Mapping[Place, Words], *, later: bool) -> bool:
    """Return whether a question is answered: a value that is asked for is typed, here or elsewhere at its step.

    `later`: what is left for the draft counts as answered.
    """
    choice = answers.get(question.name, {}).get("choice", "")
    if choice == LATER:
        return later
    if question.asks and clean(typed.get((question.variant, question.step), {}).get(question.asks, "")):
        return True
    return bool(choice) and (question.confirmable or choice != RIGHT)


def _typed(procedure: Procedure, answers: Mapping[str, Any]) -> dict[Place, Words]:
    """Return the words typed at each step (variant and step), at (-1, -1) those on the procedure as a whole."""
    found: dict[Place, Words] = {}
    for question in questions(procedure):
        answer = answers.get(question.name, {})
        if answer.get("choice") == EDITED:
            found.setdefault((question.variant, question.step), {}).update(answer["typed"])
    return found


def answered(procedure: Procedure, answers: Mapping[str, Any]) -> Procedure:
    """Return the procedure as the answers want it; doubts left for later, and those without answer, stay in it.

    A step whose time nobody understood is counted: it is not made out to take no time.
    """
    typed = _typed(procedure, answers)
    left = {one.name: one for one in questions(procedure) if not _settled(one, answers, typed, later=False)}
    committed = clean(typed.get(_WHOLE, {}).get("committed", ""))
    if committed:
        procedure = replace(procedure, committed=limit_typed(committed, procedure.committed), committed_text=committed)
    for question in questions(procedure):
        if answers.get(question.name, {}).get("choice") == UNDONE and question.of_calendar:
            procedure = _in_working_days(procedure)
        elif answers.get(question.name, {}).get("choice") == UNDONE and question.of_agency:
            procedure = with_name(procedure, question.doubt)
    variants = [_variant(variant, at, answers, left, procedure) for at, variant in enumerate(procedure.variants)]
    doubts = tuple(doubt for number, doubt in enumerate(procedure.doubts) if f"p/{number}" in left)
    return replace(procedure, variants=tuple(variants), doubts=doubts)


def _variant(
    variant: Variant, at: int, answers: Mapping[str, Any], left: Mapping[str, Question], procedure: Procedure
) -> Variant:
    steps = list(variant.steps)
    typed = _typed(procedure, answers)
    for row, step in enumerate(variant.steps):
        names = [f"{at}/{row}/{number}" for number in range(len(step.doubts))]
        kept = tuple(doubt for name, doubt in zip(names, step.doubts, strict=True) if name in left)
        changed = replace(_without_proposals(step, names, answers), doubts=kept)
        if any(left[name].asks == "time" for name in names if name in left):
            changed = replace(changed, counted=True)
        words = typed.get((at, row))
        steps[row] = _edited(steps, row, changed, words, procedure) if words else changed
    return replace(variant, steps=tuple(steps))


def _in_working_days(procedure: Procedure) -> Procedure:
    """Return the procedure with its calendar days as working days."""

    def meant(limit: Limit | None) -> Limit | None:
        calendar = limit is not None and limit.unit is TimeUnit.CALENDAR_DAY
        return replace(limit, unit=TimeUnit.WORKING_DAY) if limit and calendar else limit

    variants = tuple(
        replace(
            variant,
            steps=tuple(replace(step, time=meant(step.time)) for step in variant.steps),
            declared_total=meant(variant.declared_total),
        )
        for variant in procedure.variants
    )
    return replace(procedure, variants=variants, committed=meant(procedure.committed))


def _without_proposals(step: Step, names: list[str], answers: Mapping[str, Any]) -> Step:
    empty: dict[str, Any] = {"links": (), "budget": "", "parallel": ""}
    for name, doubt in zip(names, step.doubts, strict=True):
        field = _PROPOSED.get(doubt.message.code.partition(".")[2])
        if field and answers.get(name, {}).get("choice") == UNDONE:
            step = replace(step, **{field: empty[field]})
    return step


def _edited(steps: list[Step], row: int, step: Step, typed: Words, procedure: Procedure) -> Step:
    """Return the step with the words typed in place of those read."""
    around = [*steps[:row], step, *steps[row + 1 :]]
    before = shown(around)[row]
    rows = [TypedStep(title="·")] * row
    words = {name: typed.get(name, getattr(before, name)) for name in ("no", "title", "role", "time", "output")}
    changed = steps_typed([*rows, replace(before, **words)], around, day_meant(procedure))
    if len(changed) <= row:
        return step
    new = tuple(doubt for doubt in changed[-1].doubts if doubt not in step.doubts)
    return replace(changed[-1], links=step.links, doubts=(*step.doubts, *new))
