"""What the deviations ask of the agency: a question with its count and an innocent explanation, never a verdict."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chuan.checking.report.words import Words
from chuan.checking.result import DossierResult, SubjectResult, not_reached
from chuan.text.numbers import number

MOST = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A question, an explanation without fault, and how many times it stands in the data."""

    kind: str
    step: str
    text: str
    innocent: str
    count: int


def questions(result: SubjectResult, language: str) -> tuple[Question, ...]:
    """Return at most `MOST` questions, those with the most dossiers behind them first.

    A step that most dossiers leave out stands before all: its work is done in the next step, which then takes too long.
    """
    say = Words(language)
    counts: Counter[tuple[str, str, str]] = Counter()
    for found in result.dossiers:
        counts.update(_asked(found))
    visits: Counter[str] = Counter()
    for done in result.steps:
        visits[done.model.keys[done.step]] += len(done.minutes)
    judged = sum(found.fitness is not None for found in result.dossiers)
    asked = []

    def rank(asked: tuple[str, str, str]) -> tuple[object, ...]:
        left_out_by_most = asked[0] == "skipped" and counts[asked] * 2 > judged
        return not left_out_by_most, -counts[asked], asked

    for kind, step, title in sorted(counts, key=rank)[:MOST]:
        count = counts[kind, step, title]
        whole = visits[step] if kind == "over_limit" else judged
        text = say(
            f"question_{kind}",
            count=number(count, language=language),
            whole=number(whole, language=language),
            step=step,
            title=title,
        )
        asked.append(Question(kind, step, " ".join(text.split()), say(f"innocent_{kind}"), count))
    return tuple(asked)


def _asked(found: DossierResult) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, step, title) of each deviation; steps that an open dossier may still come to ask nothing."""
    titles = dict(zip(found.model.keys, (step.title for step in found.model.steps), strict=True))
    ahead = not_reached(found)
    skipped = [one for one in found.deviations if one.kind == "skipped"]
    waiting = {id(one) for one in skipped[len(skipped) - ahead :]} if ahead else set()
    for one in found.deviations:
        if id(one) in waiting:
            continue
        activity = found.dossier.events[one.event].activity if one.event is not None else ""
        title = titles.get(one.step or "", activity)
        yield one.kind, one.step or "", "" if title == one.step else title
