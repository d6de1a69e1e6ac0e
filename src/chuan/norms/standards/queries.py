"""Reads on the clause sets: an edition as a page shows it, with what answers to each clause in another edition."""

from dataclasses import dataclass

from chuan.reading.standards import load_standards
from chuan.rules.clauses import Clause
from chuan.text.vietnamese import fold


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause, how deep it stands (0 for a chapter), and the clauses of the other edition that answer to it."""

    clause: Clause
    depth: int
    others: tuple[Clause, ...]


def clause_rows(edition: str, other: str, words: str = "") -> list[ClauseRow]:
    """Return the clauses of `edition` whose number or title (either language) holds all `words`, in their order.

    KeyError for an edition that does not ship.
    """
    standards = load_standards()
    there = standards.editions[other].by_number
    wanted = fold(words).split()
    found = [one for one in standards.editions[edition].clauses if _matches(one, wanted)]
    return [
        ClauseRow(
            one,
            one.number.count("."),
            tuple(there[number] for number in standards.corresponding(edition, one.number, other) if number in there),
        )
        for one in found
    ]


def _matches(clause: Clause, wanted: list[str]) -> bool:
    text = fold(f"{clause.vi} {clause.en}")
    return all(clause.number.startswith(word) if word[:1].isdigit() else word in text for word in wanted)
