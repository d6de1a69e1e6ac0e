"""Time limits of several cases in one text: "10 ngày làm việc; trường hợp phải xác minh: 15 ngày làm việc".

Each is given to the variant that its words name; one without words to the variants that no other names.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from chuan.reading.procedures.entries import Place
from chuan.reading.procedures.sections import Section
from chuan.reading.procedures.steps import Built
from chuan.reading.procedures.variants import Draft
from chuan.reading.procedures.words import load, pattern
from chuan.rules.procedure.amounts import Written
from chuan.rules.procedure.structure import Doubt, Limit, written_minutes
from chuan.text.messages import message
from chuan.text.quantities import TimePhrase, Unit, read_time
from chuan.text.vietnamese import clean, fold_words

_PIECES = re.compile(
    r"[;\n]|\.\s|[,(]\s*(?=(?:riêng\s+)?(?:trường hợp|đối với|nếu)\b|(?:không quá\s+|tối đa\s+)?\d)", re.IGNORECASE
)
_NOT = {"khong", "chua"}


@dataclass(frozen=True, slots=True)
class CaseLimit:
    """One of the limits: what the words beside it say, folded, without words that tell no case apart."""

    words: frozenset[str]
    phrase: TimePhrase
    named: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """The variants with the limits of their cases, and the limit that no case exceeds.

    `certain` tells whether every limit went to the case of just its words; `left` are the cases without any.
    """

    built: tuple[Built, ...]
    longest: Limit | None
    certain: bool
    left: tuple[str, ...]

    def doubts(self, text: str) -> Iterator[Doubt]:
        """Yield what is open: a case whose limit is not told, or one that was told by other words."""
        if self.left:
            yield Doubt(message("procedures.case_without_limit", text=text, cases="; ".join(self.left)), text)
        elif not self.certain:
            told = ((one.variant.name, one.variant.declared_total) for one in self.built)
            cases = "; ".join(f"{name}: {Written(limit)}" for name, limit in told if limit)
            yield Doubt(message("procedures.limits_of_cases", text=text, cases=cases), text)


def case_limits(section: Section | None, names: Sequence[str]) -> list[CaseLimit]:
    """Return the limits of the cases, none when the part does not tell different ones for different cases.

    A case is named by words such as "trường hợp", or by one of the `names` of the variants.
    """
    cases = [_words(name) for name in names]
    texts = [line.text for line in section.lines] if section else []
    found = [limit for text in texts for piece in _PIECES.split(text) for limit in _limit(clean(piece), cases)]
    differ = len({limit.phrase.amount for limit in found}) > 1
    return found if differ and any(limit.named for limit in found) else []


def own_limits(sections: Sequence[Section], drafts: Sequence[Draft]) -> list[CaseLimit]:
    """Return the limits that stand above the table of each case, none unless every case has one of its own."""
    found: list[CaseLimit] = []
    before = Place(-1)
    for draft in drafts:
        first = draft.segments[0].run.first
        above = [one for one in sections if one.kind == "time" and one.lines and before < one.place < first]
        phrase = read_time(clean(above[-1].text)) if above else TimePhrase("")
        if not phrase.amount:
            return []
        found.append(CaseLimit(_words(draft.name), phrase, True))
        before = draft.segments[-1].run.last
    return found


def _limit(piece: str, cases: Sequence[frozenset[str]]) -> Iterator[CaseLimit]:
    phrase = read_time(piece)
    if phrase.amount and phrase.amount.unit is not Unit.NONE:
        words = _words(pattern("time_of_case").sub(" ", piece))
        yield CaseLimit(words, phrase, words in cases or bool(pattern("case_words").search(piece)))


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", pattern("case_mark").sub("", text).casefold())
    return frozenset(fold_words(word) for word in words if word not in load("cases")["no_difference"])


def shared_out(
    built: Sequence[Built], limits: Sequence[CaseLimit], read: Callable[[TimePhrase], Limit | None]
) -> Shared:
    """Give each variant without a total of its own the limit of its case; `read` reads it as the steps were read."""
    rest = [limit for limit in limits if not limit.named]
    named = [limit for limit in limits if limit.named]
    result: list[Built] = []
    given: list[CaseLimit] = []
    left: list[str] = []
    certain = True
    for one in built:
        own = _words(one.variant.name)
        same = [limit for limit in named if limit.words == own]
        near = same or [limit for limit in named if _near(limit.words, own)]
        found = near or rest
        if one.variant.declared_total is None and len(found) == 1:
            one = replace(one, variant=replace(one.variant, declared_total=read(found[0].phrase)))
            certain = certain and near == same
        elif one.variant.declared_total is None:
            left.append(one.variant.name)
        given += found
        result.append(one)
    longest = max((limit for one in limits if (limit := read(one.phrase))), key=written_minutes, default=None)
    return Shared(tuple(result), longest, certain and all(limit in given for limit in named), tuple(left))


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one says all that the other says, and both say or deny it."""
    return bool(one and other) and (one <= other or other <= one) and one & _NOT == other & _NOT
