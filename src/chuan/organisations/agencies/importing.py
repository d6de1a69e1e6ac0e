"""The agencies of a province from an Excel workbook: shown first, then written whole or not at all.

Looking and importing run the same code in one transaction, which is rolled back when the rows are only looked at or any
row has a problem. Importing the same workbook again changes nothing; an agency that is not in it stays.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from chuan.formats.xlsx import read_sheets
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.agencies.actions import add_agency, change_agency
from chuan.organisations.agencies.models import Agency, Obligation
from chuan.reading.agency_list import AgencyList, AgencyRow, read_agencies
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput

_WHY = "the workbook is compared with every agency of the province that the actor manages"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row, as a sentence for the user. `column` may be empty."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done (or would be): rows added, changed and left as they are; with problems nothing is written."""

    added: int
    changed: int
    unchanged: int
    problems: tuple[RowProblem, ...]
    written: bool


class _LookedAt(Exception):
    """Rolls the transaction back."""


def import_agencies(workbook: bytes, committee: Agency, *, keep: bool, by: Actor, at: datetime) -> Outcome:
    """Write the agencies of `workbook` into the province of `committee`; without `keep` only say what would be done.

    Raises NotAllowed; BadInput for a file that is no such workbook.
    """
    require(by, Permission.MANAGE_ORGANISATION, committee)
    read = read_agencies(read_sheets(workbook))
    problems = [RowProblem(p.sheet, p.row, p.column, p.reason.text()) for p in read.problems]
    importing = _Import(committee, by, at)
    try:
        with transaction.atomic():
            problems += importing.all_of(read)
            if problems or not keep:
                raise _LookedAt
    except _LookedAt:
        written = False
    else:
        written = True
    done = importing.done
    return Outcome(done["added"], done["changed"], done["unchanged"], tuple(problems), written)


class _Import:
    """One import: the province's agencies by code, who imports, and what was done so far."""

    def __init__(self, committee: Agency, by: Actor, at: datetime) -> None:
        self.committee, self.by, self.at = committee, by, at
        self.done: Counter[str] = Counter()
        rows = Agency.objects.everywhere(reason=_WHY).filter(province=committee.province_id)
        self.known = {agency.code.casefold(): agency for agency in rows}
        self.refused: set[str] = set()  # codes of rows with a problem: rows that stand under them are not blamed
        self.listed: set[str] = set()

    def all_of(self, read: AgencyList) -> list[RowProblem]:
        """Write all rows, superiors first; return the problems."""
        self.refused = {code.casefold() for code in read.refused}
        self.listed = {row.code.casefold() for row in read.agencies}
        return [problem for row in _superiors_first(read.agencies) for problem in self._attempt(row)]

    def _attempt(self, row: AgencyRow) -> list[RowProblem]:
        """Write one row inside its own savepoint and count what was done; return its problems instead of raising."""
        try:
            with transaction.atomic():
                self.done[self._enter(row)] += 1
        except ValidationError as error:
            reasons = list(error.messages)
        except (Refusal, BadInput) as error:
            reasons = [str(error)]
        else:
            return []
        self.refused.add(row.code.casefold())
        return [RowProblem(row.place.sheet, row.place.row, "", reason) for reason in reasons]

    def _enter(self, row: AgencyRow) -> str:
        facts = self._facts(row)
        known = self.known.get(row.code.casefold())
        if known is None:
            first_day = row.from_on or timezone.localdate(self.at)
            begun = {"parent": self.committee, "valid_from": first_day, "obligation": Obligation.UNKNOWN}
            agency = Agency(province=self.committee.province, code=row.code, **begun | facts)
            self.known[row.code.casefold()] = add_agency(agency, by=self.by, at=self.at)
            return "added"
        different = {name: value for name, value in facts.items() if getattr(known, name) != value}
        if not different:
            return "unchanged"
        change_agency(known, **different, by=self.by, at=self.at)
        return "changed"

    def _facts(self, row: AgencyRow) -> dict[str, Any]:
        """Return what the row says; an empty cell says nothing."""
        facts: dict[str, Any] = {"name": row.name, "kind": row.kind, "commune_type": row.commune_type}
        if row.superior:
            facts["parent"] = self._superior(row.superior)
        if row.obligation:
            facts |= {"obligation": row.obligation, "obligation_source": row.source}
        if row.from_on is not None:
            facts["valid_from"] = row.from_on
        return facts

    def _superior(self, code: str) -> Agency:
        """Return the agency coded `code`; the committee in place of one whose own row was refused."""
        wanted = code.casefold()
        if wanted in self.known:
            return self.known[wanted]
        if wanted in self.refused:
            return self.committee
        raise BadInput("lists.superiors_in_a_circle" if wanted in self.listed else "lists.unknown_superior", value=code)


def _superiors_first(rows: Sequence[AgencyRow]) -> Iterator[AgencyRow]:
    """Yield the rows so that each comes after its superior; those of a circle come last, as they stand."""
    waiting, listed = list(rows), {row.code.casefold() for row in rows}
    while waiting:
        ready = [row for row in waiting if row.superior.casefold() not in listed] or waiting
        yield from ready
        listed -= {row.code.casefold() for row in ready}
        waiting = [row for row in waiting if row not in ready]
