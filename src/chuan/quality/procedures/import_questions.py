"""What a read file leaves open: each doubt as a question with a name, and what an answer does to the structure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chuan.quality.procedures.content import parsed
from chuan.quality.procedures.drafting import TypedStep, day_meant, shown, steps_typed
from chuan.quality.procedures.models import ImportedFile
from chuan.rules.procedure.structure import Doubt, Procedure, Step, Variant

RIGHT, UNDONE, LATER, EDITED = "right", "undone", "later", "edited"
_PROPOSED = {"link_proposed": "links", "budget_proposed": "budget", "parallel": "parallel"}


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt. `name` is "variant/step/number" or "p/number" for the procedure as a whole; counted from 0.

    `undoable`: the reading proposed structure that an answer can take away again, leaving the words as they stand.
    """

    name: str
    doubt: Doubt
    variant: int = -1
    step: int = -1

    @property
    def undoable(self) -> bool:
        """Whether there is a proposal that can be taken away."""
        return self.doubt.message.code.partition(".")[2] in _PROPOSED

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


def open_questions(procedure: Procedure, answers: Mapping[str, Any]) -> list[Question]:
    """Return the questions without an answer."""
    return [question for question in questions(procedure) if question.name not in answers]


def answered(procedure: Procedure, answers: Mapping[str, Any]) -> Procedure:
    """Return the procedure as the answers want it; doubts left for later, and those without answer, stay in it."""
    settled = {name for name, answer in answers.items() if answer.get("choice") != LATER}
    variants = tuple(
        _variant(variant, at, answers, settled, procedure) for at, variant in enumerate(procedure.variants)
    )
    doubts = tuple(doubt for number, doubt in enumerate(procedure.doubts) if f"p/{number}" not in settled)
    return replace(procedure, variants=variants, doubts=doubts)


def _variant(variant: Variant, at: int, answers: Mapping[str, Any], settled: set[str], procedure: Procedure) -> Variant:
    steps = list(variant.steps)
    for row, step in enumerate(variant.steps):
        names = [f"{at}/{row}/{number}" for number in range(len(step.doubts))]
        kept = tuple(doubt for name, doubt in zip(names, step.doubts, strict=True) if name not in settled)
        changed = replace(_without_proposals(step, names, answers), doubts=kept)
        typed = next((answers[n]["typed"] for n in names if answers.get(n, {}).get("choice") == EDITED), None)
        steps[row] = _edited(steps, row, changed, typed, procedure) if typed else changed
    return replace(variant, steps=tuple(steps))


def _without_proposals(step: Step, names: list[str], answers: Mapping[str, Any]) -> Step:
    empty: dict[str, Any] = {"links": (), "budget": "", "parallel": ""}
    for name, doubt in zip(names, step.doubts, strict=True):
        field = _PROPOSED.get(doubt.message.code.partition(".")[2])
        if field and answers.get(name, {}).get("choice") == UNDONE:
            step = replace(step, **{field: empty[field]})
    return step


def _edited(steps: list[Step], row: int, step: Step, typed: Mapping[str, str], procedure: Procedure) -> Step:
    """Return the step with the words typed in place of those read."""
    around = [*steps[:row], step, *steps[row + 1 :]]
    before = shown(around)[row]
    rows = [TypedStep(title="·")] * row
    words = {name: typed.get(name, getattr(before, name)) for name in ("no", "title", "role", "time", "output")}
    changed = steps_typed([*rows, replace(before, **words)], around, day_meant(procedure))
    return replace(changed[-1], links=step.links) if len(changed) > row else step
