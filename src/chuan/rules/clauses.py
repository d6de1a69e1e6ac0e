"""The clauses of TCVN ISO 9001 by edition, and which clause of one edition answers to which of another.

    standards = chuan.reading.standards.load_standards()
    standards.clause("2015", "8.5.2") -> Clause           KeyError when the edition has no such clause
    standards.corresponding("2008", "8.2.2", "2015") -> ("9.2.1", "9.2.2")
    standards.current -> Edition

Every document, question and finding names (edition, clause). 2015 holds; 2026 waits for the Ministry's guidance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with a short title in our own words. `records`: documented information is demanded there."""

    edition: str
    number: str
    vi: str
    en: str
    records: bool = False
    often_not_applicable: bool = False
    confidence: str = "high"

    @property
    def parent(self) -> str:
        """The number of the clause above, "" for a chapter."""
        return self.number.rpartition(".")[0]

    def title(self, language: str = "vi") -> str:
        """Return the title in a language."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Edition:
    """An edition; `status` is withdrawn, current or announced."""

    edition: str
    name: str
    status: str
    clauses: tuple[Clause, ...]
    note: str = ""

    @cached_property
    def by_number(self) -> Mapping[str, Clause]:
        """The clauses by number."""
        return {clause.number: clause for clause in self.clauses}

    def children(self, number: str) -> Iterator[Clause]:
        """Yield the clauses right below `number` ("" for the chapters)."""
        return (clause for clause in self.clauses if clause.parent == number)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The clause `number` of `edition` answers to `others` of `other_edition`; none: it was new."""

    edition: str
    number: str
    other_edition: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Standards:
    """All editions and the correspondences between neighbours, around 2015."""

    editions: Mapping[str, Edition]
    correspondences: tuple[Correspondence, ...]

    @property
    def current(self) -> Edition:
        """The edition that holds."""
        return next(edition for edition in self.editions.values() if edition.status == "current")

    def clause(self, edition: str, number: str) -> Clause:
        """Return the clause. KeyError when there is none."""
        return self.editions[edition].by_number[number]

    def corresponding(self, edition: str, number: str, other: str) -> tuple[str, ...]:
        """Return the numbers in `other` that answer to the clause; () when none does. KeyError for no such clause.

        A clause with parts answers to what its parts answer to. Between 2008 and 2026 the way leads over 2015.
        """
        self.clause(edition, number)
        middle = self.current.edition
        if edition == other:
            return (number,)
        if middle not in (edition, other):
            steps = self.corresponding(edition, number, middle)
            return _in_order(to for step in steps for to in self.corresponding(middle, step, other))
        own = [child.number for child in self.editions[edition].children(number)]
        direct = self._forward(number, other) if edition == middle else self._backward(number, edition)
        return _in_order([*direct, *(to for child in own for to in self.corresponding(edition, child, other))])

    def _forward(self, number: str, other: str) -> tuple[str, ...]:
        pairs = [pair for pair in self.correspondences if pair.number == number and pair.other_edition == other]
        if pairs:
            return pairs[0].others
        return (number,) if self._kept(number, other) else ()

    def _backward(self, number: str, edition: str) -> list[str]:
        named = [pair for pair in self.correspondences if pair.other_edition == edition]
        found = [pair.number for pair in named if number in pair.others]
        moved = {pair.number for pair in named}
        return [number] if not found and number not in moved and self._kept(number, edition) else found

    def _kept(self, number: str, other: str) -> bool:
        """Whether a clause without parts kept its number between the current edition and the announced one."""
        announced = self.editions[other].status == "announced"
        both = all(number in edition.by_number for edition in (self.current, self.editions[other]))
        return announced and both and not any(self.current.children(number))


def _in_order(numbers: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(numbers), key=lambda number: [int(part) for part in number.split(".")]))
