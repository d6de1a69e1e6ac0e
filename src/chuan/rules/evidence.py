"""Which clauses of TCVN ISO 9001:2015 the record of one dossier is evidence for, and what is still missing.

    evidence(DossierRecord(code=True, components_checked=True, …)) -> (ClauseEvidence("8.2", points), …)

An auditor draws a dossier and asks clause by clause. Which facts show a clause stands in data/standards/evidence.toml,
in our own reading; the sentences stand in the catalogue `evidence`. A record that cannot tell a fact (None: an imported
log has no day book) is told apart from one that shows that it was not done.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from chuan.text.messages import Message


@dataclass(frozen=True, slots=True)
class DossierRecord:
    """What the record of a dossier shows. None: this record cannot tell, whatever was done.

    Times and persons do not matter here: whoever has the dossier says yes, no or unknown to each fact.
    """

    code: bool | None = None
    """It has a code of its own."""
    book_number: bool | None = None
    """It has a number in the day book of its year."""
    components_checked: bool | None = None
    """At reception its components were checked against the list of the service."""
    limit_told: bool | None = None
    """The applicant was told the day of the result (form 01)."""
    supplement_asked: bool = False
    """What was missing was asked for (form 02)."""
    procedure_in_force: bool | None = None
    """A written procedure was in force at reception and governed it."""
    steps_timed: bool | None = None
    """Each step that was done has its moment."""
    steps_positioned: bool | None = None
    """Each step that was done says which position did it."""
    originals_handed_in: bool = False
    """Originals of the citizen were kept with it."""
    originals_given_back: bool | None = None
    """They were given back."""
    is_open: bool = False
    """Somebody still has something to do with it."""
    result_ready: bool = False
    """There is a result."""
    steps_complete: bool | None = None
    """All steps that must come before the result were done."""
    approved: bool | None = None
    """Who is competent approved the result before it was handed out."""
    returned: bool | None = None
    """The result was handed out."""
    refused: bool = False
    """The agency refused to handle it or to give what was asked for (form 03)."""
    stopped: bool = False
    """It ended without a result for another reason."""
    ending_reasoned: bool | None = None
    """The reason of a refusal or stop was written down."""
    late: bool = False
    """Its committed limit passed without a result."""
    apologised: bool | None = None
    """An apology with a new day was given (form 04)."""
    wrong: bool = False
    """The result was wrong, or went to the wrong person."""
    entered: bool | None = None
    """It stands in the improvement register."""

    @property
    def ended_otherwise(self) -> bool:
        """Whether it ended without a result."""
        return self.refused or self.stopped

    @property
    def has_result(self) -> bool:
        """Whether it has a result, or will have one."""
        return not self.ended_otherwise

    @property
    def has_result_by_now(self) -> bool:
        """Whether the result is there already, or should be: the dossier is over."""
        return self.result_ready or not self.is_open

    @property
    def nonconforming(self) -> bool:
        """Whether its output was not as it should be: wrong, late, or to the wrong person (clause 8.7)."""
        return self.late or self.wrong


class Standing(StrEnum):
    """How far a fact, or a clause, is shown by the record."""

    SHOWN = "shown"
    UNTOLD = "untold"  # the record cannot tell
    NOT_YET = "not_yet"  # comes when the dossier ends
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Point:
    """One fact with how it stands, and that in words."""

    fact: str
    standing: Standing

    @property
    def message(self) -> Message:
        """What is shown, or missing, in a sentence."""
        word = {Standing.SHOWN: "has", Standing.UNTOLD: "untold", Standing.NOT_YET: "awaits"}.get(
            self.standing, "lacks"
        )
        return Message(f"evidence.{word}_{self.fact}")


@dataclass(frozen=True, slots=True)
class ClauseEvidence:
    """What the record says of one clause of the edition."""

    edition: str
    clause: str
    points: tuple[Point, ...]

    @property
    def standing(self) -> Standing:
        """MISSING as soon as one fact is missing; else not yet due, else shown by at least one fact."""
        found = {point.standing for point in self.points}
        worst = (Standing.MISSING, Standing.NOT_YET, Standing.SHOWN)
        return next((one for one in worst if one in found), Standing.UNTOLD)

    def standing_as(self, standing: Standing) -> tuple[Point, ...]:
        """Return the points that stand so."""
        return tuple(point for point in self.points if point.standing is standing)


def evidence(record: DossierRecord) -> tuple[ClauseEvidence, ...]:
    """Return what `record` says of each clause that a dossier can be evidence for, in the order of the standard.

    A clause of which nothing is wanted (8.7 where nothing went wrong, 8.5.3 without originals) is left out.
    """
    found: dict[str, list[Point]] = {}
    for rule in _rules().points:
        standing = _standing(record, rule)
        if standing is not None:
            found.setdefault(rule.clause, []).append(Point(rule.fact, standing))
    return tuple(ClauseEvidence(_rules().edition, clause, tuple(points)) for clause, points in found.items())


@dataclass(frozen=True, slots=True)
class _Rule:
    clause: str
    fact: str
    wanted: str
    comes_with: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    edition: str
    points: tuple[_Rule, ...]


@cache
def _rules() -> _Rules:
    text = (files("chuan.data") / "standards" / "evidence.toml").read_text(encoding="utf-8")
    facts = tomllib.loads(text)
    return _Rules(facts["edition"], tuple(_Rule(**point) for point in facts["points"]))


def _standing(record: DossierRecord, rule: _Rule) -> Standing | None:
    """Return how the fact stands, None where nobody asks for it."""
    value = getattr(record, rule.fact)
    if rule.wanted == "when_it_happened":
        return Standing.SHOWN if value else None
    if rule.wanted != "always" and not getattr(record, rule.wanted):
        return None
    if value:
        return Standing.SHOWN
    if (rule.comes_with == "end" and record.is_open) or (rule.comes_with == "result" and not record.has_result_by_now):
        return Standing.NOT_YET
    return Standing.UNTOLD if value is None else Standing.MISSING
