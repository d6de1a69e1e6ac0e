"""Time that several steps share: a merged cell says so, words like "cùng 7 ngày" only suggest it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chuan.reading.procedures.entries import StepEntry
from chuan.reading.procedures.numbers import same
from chuan.reading.procedures.variants import Draft
from chuan.reading.procedures.words import pattern
from chuan.text.messages import message
from chuan.text.quantities import read_time

Budgets = dict[int, str]
"""The name of the shared budget by the position of the step in its variant; its first step carries the time."""


def shared_budgets(draft: Draft) -> tuple[list[StepEntry], Budgets]:
    """Return the steps, with the shared time only on the first of each group, and the names of the groups."""
    steps, budgets = list(draft.steps), Budgets()
    _merged_cells(steps, budgets)
    _written_spans(draft, steps, budgets)
    _common_words(steps, budgets)
    return steps, budgets


def _merged_cells(steps: list[StepEntry], budgets: Budgets) -> None:
    start = 0
    while start < len(steps):
        end = start + 1
        while end < len(steps) and steps[start].time_cell and steps[end].time_cell == steps[start].time_cell:
            end += 1
        if end - start > 1 and read_time(steps[start].time).amount:
            _share(steps, budgets, range(start, end))
        start = end


def _share(
    steps: list[StepEntry], budgets: Budgets, group: Sequence[int], time: str = "", doubted: bool = False
) -> None:
    first, last = steps[group[0]], steps[group[-1]]
    name = f"{first.no}–{last.no}" if first.no and last.no else f"{group[0] + 1}–{group[-1] + 1}"
    doubt = (message("procedures.budget_proposed", steps=name, time=time or first.time),) if doubted else ()
    for place in group:
        budgets[place] = name
        own = time or first.time if place == group[0] else ""
        steps[place] = replace(
            steps[place], time=own, doubts=steps[place].doubts + (doubt if place == group[0] else ())
        )


def _written_spans(draft: Draft, steps: list[StepEntry], budgets: Budgets) -> None:
    """Propose a budget for "B6–B13: 7 ngày" in a phase, a time, a note or a title."""
    texts = [segment.banner.text for segment in draft.segments if segment.banner]
    texts += [text for step in steps for text in (step.time, step.note, step.title)]
    for text in dict.fromkeys(texts):
        match = pattern("shared_span").search(text)
        if not match:
            continue
        ends = [_find(steps, match["from"]), _find(steps, match["to"])]
        if None not in ends and not budgets.keys() & set(range(ends[0] or 0, (ends[1] or 0) + 1)):
            _share(steps, budgets, range(ends[0] or 0, (ends[1] or 0) + 1), match["amount"].strip(), doubted=True)


def _find(steps: Sequence[StepEntry], number: str) -> int | None:
    number = re.sub(r"\s+", " ", number.strip())
    return next((place for place, step in enumerate(steps) if step.no and same(step.no, number)), None)


def _common_words(steps: list[StepEntry], budgets: Budgets) -> None:
    """Propose a budget where a time says "cùng 7 ngày": with neighbours of the same words, or blank ones below."""
    start = 0
    while start < len(steps):
        match = pattern("shared").search(steps[start].time) if start not in budgets else None
        end = start + 1
        while match and end < len(steps) and end not in budgets and steps[end].time in ("", steps[start].time):
            end += 1
        if match and end - start > 1:
            _share(steps, budgets, range(start, end), match["amount"].strip(), doubted=True)
        start = end
