"""Where a living dossier stands in its written procedure: what may be done now and since when, and whether it may end.

The version in force at reception governs. What is open is asked of the same model that finished dossiers are aligned
against: who does only what is open has followed the procedure. A dossier that left the written way goes on from where
its last step stands, with what it passed over left behind; a step that leads nowhere from there moves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chuan.rules.conformance.automaton import STATE_CAP
from chuan.rules.conformance.stepping import Stepping
from chuan.rules.procedure.compile import compile_variant
from chuan.rules.procedure.structure import Variant


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that may be done now. `since` counts the steps that had been done when it opened; 0: at reception."""

    step: int
    since: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands: steps are indexes into the variant's table, in its order.

    `may_end`: nothing that is left must still be done. `astray` are the places in what was done that were not open.
    """

    open: tuple[OpenStep, ...]
    may_end: bool
    astray: tuple[int, ...]


class Course:
    """The ways through one variant. Raises ModelTooLarge and ModelError as `compile_variant` does."""

    def __init__(self, variant: Variant, cap: int = STATE_CAP) -> None:
        self._model = compile_variant(variant, cap)
        self._usual = _usual_way(variant)
        self._steps = range(len(variant.steps))
        self._forwards = Stepping(self._model, backwards=False)

    def has(self, step: int) -> bool:
        """Return whether `step` is the index of a step of the table."""
        return step in self._steps

    def usual_next(self, done: Sequence[int]) -> int | None:
        """Return the open step that usually comes next: one click does it. None when only the end is left."""
        standing = self.standing(done)
        ways = [one.step for one in standing.open]
        passed = set(done)
        on_the_way = [step for step in self._usual if step in ways and step not in passed]
        if on_the_way or standing.may_end:
            return next(iter(on_the_way), None)
        return next(iter(ways), None)

    def standing(self, done: Sequence[int]) -> Standing:
        """Return where a dossier stands after the steps `done` (indexes, in the order of their completion)."""
        states = self._forwards.closed(1 << self._model.initial)
        since = dict.fromkeys(self._open(states), 0)
        astray = []
        for count, step in enumerate(done, start=1):
            if step not in since:
                astray.append(count - 1)
            states = self._after(states, step)
            since = {one: count if one == step else since.get(one, count) for one in self._open(states)}
        may_end = bool(states >> self._model.final & 1)
        return Standing(tuple(OpenStep(one, since[one]) for one in sorted(since)), may_end, tuple(astray))

    def closed_by(self, done: Sequence[int], step: int) -> tuple[int, ...]:
        """Return the other steps that are open after `done` and no longer once `step` is: it is one of several ways."""
        before, after = self.standing(done), self.standing((*done, step))
        still = {one.step for one in after.open}
        return tuple(one.step for one in before.open if one.step not in still | {step})

    def _open(self, states: int) -> list[int]:
        return [step for step in self._steps if self._forwards.with_step(states, (step,))]

    def _after(self, states: int, step: int) -> int:
        forwards = self._forwards
        return forwards.with_step(states, (step,)) or forwards.with_step(forwards.every(states), (step,)) or states


def _usual_way(variant: Variant) -> tuple[int, ...]:
    """Return the steps in the order of the usual way: each goes on by the first of its links, or to the next row."""
    rows = {step.no: row for row, step in enumerate(variant.steps)}
    way: dict[int, None] = {}
    at: int | None = 0
    while at is not None and at < len(variant.steps) and at not in way:
        way[at] = None
        links = variant.steps[at].links
        if not links:
            at += 1
        else:
            at = rows.get(links[0].to) if links[0].to is not None else None
    return tuple(way)
