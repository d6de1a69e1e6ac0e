"""What the deviations ask of the agency: a question with its count and an innocent explanation, never a verdict."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuan.checking.report.figures import bare_number
from chuan.checking.report.words import Words
from chuan.checking.result import KINDS, Deviation, DossierResult, SubjectResult, left_the_way
from chuan.text.numbers import number
from chuan.text.vietnamese import clean

MOST = 6
LONGEST_POINT = 60


@dataclass(frozen=True, slots=True)
class Question:
    """What stands `count` times in the data, of `whole` dossiers (of visits, where a limit was exceeded).

    `step` is the point asked about (`point_of`), `title` what it is called.
    """

    kind: str
    step: str
    title: str
    count: int
    whole: int

    def text(self, language: str) -> str:
        """Return the question. Work outside the procedure may be a step (of a branch not taken): then by its name."""
        title = self.title or (self.step if self.kind == "inserted" else "")
        count, whole = (number(each, language=language) for each in (self.count, self.whole))
        said = Words(language)(
            f"question_{self.kind}", count=count, whole=whole, step=bare_number(self.step), title=title
        )
        return " ".join(said.split())

    def in_short(self, language: str) -> str:
        """Return what differs without asking: "Khác vị trí: B7 Phê duyệt (1)"."""
        said = f"{Words(language)(f'kind_{self.kind}')}: {self.step} {self.title if self.title != self.step else ''}"
        return f"{' '.join(said.split())} ({number(self.count, language=language)})"

    def innocent(self, language: str) -> str:
        """Return an explanation without fault."""
        return Words(language)(f"innocent_{self.kind}")


def questions(result: SubjectResult) -> tuple[Question, ...]:
    """Return the questions that are asked in full (`first_of` all)."""
    return first_of(all_questions(result))


def first_of(every: Sequence[Question]) -> tuple[Question, ...]:
    """Return the `MOST` first questions, and of each kind at least one: no kind hides behind another."""
    leading = {one.kind: one for one in reversed(every)}.values()
    chosen = [*leading, *(one for one in every if one not in leading)][:MOST]
    return tuple(sorted(chosen, key=every.index))


def all_questions(result: SubjectResult) -> tuple[Question, ...]:
    """Return every question, those with the most dossiers behind them first; of equals a limit passed stands last.

    A step that most dossiers leave out stands before all: its work is done in the next step, which then takes too long.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for found in result.dossiers:
        if found.deviations:
            counts.update(_asked(found))
    visits: Counter[str] = Counter()
    for done in result.steps:
        visits[done.model.keys[done.step]] += len(done.minutes)
    judged = sum(found.fitness is not None for found in result.dossiers)

    def rank(asked: tuple[str, str, str]) -> tuple[object, ...]:
        left_out_by_most = asked[0] == "skipped" and counts[asked] * 2 > judged
        return not left_out_by_most, -counts[asked], KINDS.index(asked[0]), asked

    return tuple(
        Question(kind, step, title, counts[kind, step, title], visits[step] if kind == "over_limit" else judged)
        for kind, step, title in sorted(counts, key=rank)
    )


def point_of(found: DossierResult, one: Deviation) -> str:
    """Return what a deviation is about: its step, else the words of the work, so that each work is asked about apart.

    Words are at most `LONGEST_POINT` long and without "|"; longer ones end in a fingerprint of the whole.
    """
    if one.step is not None or one.event is None:
        return one.step or ""
    words = clean(found.dossier.events[one.event].activity).replace("|", "/")
    if len(words) <= LONGEST_POINT:
        return words
    return f"{words[: LONGEST_POINT - 10]}… {hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _asked(found: DossierResult) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, point, title) of each deviation; steps that an open dossier may still come to ask nothing."""
    titles = dict(zip(found.model.keys, (step.title for step in found.model.steps), strict=True))
    for one in left_the_way(found):
        point = point_of(found, one)
        title = titles.get(point, point)
        yield one.kind, point, "" if title == one.step else title
