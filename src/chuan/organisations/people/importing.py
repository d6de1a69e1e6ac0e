"""Units, positions and people of an agency from an Excel workbook: shown first, then written whole or not at all.

Looking and importing run the same code in one transaction, which is rolled back when the rows are only looked at or any
row has a problem. Importing the same workbook again changes nothing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from chuan.formats.xlsx import read_sheets
from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.kernel.scoping import require
from chuan.organisations.agencies.actions import add_unit, change_unit
from chuan.organisations.agencies.models import Agency, Unit
from chuan.organisations.people import actions
from chuan.organisations.people.models import Holding, Person, Position
from chuan.reading.lists import ListRow
from chuan.reading.staff import PersonRow, PositionRow, StaffWorkbook, UnitRow, read_staff
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput, message


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


def look_at_staff(workbook: bytes, agency: Agency, *, by: Actor, at: datetime) -> Outcome:
    """Return what `import_staff` would do; writes nothing. Raises BadInput for a file that is no such workbook."""
    return _run(workbook, agency, by, at, keep=False)


def import_staff(workbook: bytes, agency: Agency, *, by: Actor, at: datetime) -> Outcome:
    """Write units, positions, people and holdings of `agency`; with any problem nothing is written."""
    return _run(workbook, agency, by, at, keep=True)


def _run(workbook: bytes, agency: Agency, by: Actor, at: datetime, *, keep: bool) -> Outcome:
    require(by, Permission.MANAGE_PEOPLE, agency)
    staff = read_staff(read_sheets(workbook))
    importing = _Import(agency, by, at)
    problems = [RowProblem(p.sheet, p.row, p.column, p.reason.text()) for p in staff.problems]
    try:
        with transaction.atomic():
            problems += importing.all_of(staff)
            if problems or not keep:
                raise _LookedAt
    except _LookedAt:
        written = False
    else:
        written = True
    done = importing.done
    return Outcome(done["added"], done["changed"], done["unchanged"], tuple(problems), written)


class _Import:
    """One import: the agency's rows by code, who imports, and what was done so far."""

    def __init__(self, agency: Agency, by: Actor, at: datetime) -> None:
        self.agency, self.by, self.at = agency, by, at
        self.day: date = at.date()
        self.done: Counter[str] = Counter()
        self.listed: set[str] = set()  # codes in this workbook: when one is refused, rows that name it are not blamed
        self.units = {unit.code: unit for unit in Unit.objects.within(agency)}
        self.positions = {position.code: position for position in Position.objects.within(agency)}
        self.people = {person.staff_code: person for person in Person.objects.within(agency)}

    def all_of(self, staff: StaffWorkbook) -> list[RowProblem]:
        """Write all rows, units first; return the problems of those that could not be written."""
        self.listed = {unit.code for unit in staff.units} | {position.code for position in staff.positions}
        problems = [self._attempt(row.place, partial(self._unit, row)) for row in staff.units]
        problems += [self._attempt(row.place, partial(self._position, row)) for row in staff.positions]
        problems += [self._attempt(row.place, partial(self._person, row)) for row in staff.people]
        return [problem for found in problems for problem in found]

    def _attempt(self, place: ListRow, write: Callable[[], str]) -> list[RowProblem]:
        """Write one row inside its own savepoint and count what was done; return its problems instead of raising."""
        try:
            with transaction.atomic():
                self.done[write()] += 1
        except NotAllowed:
            reasons = [message("lists.not_allowed").text()]
        except ValidationError as error:
            reasons = list(error.messages)
        except (Refusal, BadInput) as error:
            reasons = [str(error)]
        else:
            return []
        return [RowProblem(place.sheet, place.row, "", reason) for reason in reasons]

    def _unit(self, row: UnitRow) -> str:
        known = self.units.get(row.code)
        if known is None:
            unit = Unit(agency=self.agency, code=row.code, name=row.name, kind=row.kind, valid_from=self.day)
            self.units[row.code] = add_unit(unit, by=self.by, at=self.at)
            return "added"
        if (known.name, known.kind) == (row.name, row.kind):
            return "unchanged"
        change_unit(known, name=row.name, kind=row.kind, by=self.by, at=self.at)
        return "changed"

    def _position(self, row: PositionRow) -> str:
        unit = self._unit_coded(row.unit)
        known = self.positions.get(row.code)
        if known is None:
            known = Position(agency=self.agency, unit=unit, code=row.code, title=row.title)
            actions.add_position(known, by=self.by, at=self.at)
            done = "added"
        elif (known.title, known.unit) == (row.title, unit):
            done = "unchanged"
        else:
            actions.change_position(known, title=row.title, unit=unit, by=self.by, at=self.at)
            done = "changed"
        given = set(known.roles.filter(until_on__isnull=True).values_list("role", flat=True))
        missing = [role for role in row.roles if role.value not in given]
        for role in missing:
            actions.assign_role(known, role, from_on=self.day, by=self.by, at=self.at)
        self.positions[row.code] = known
        return "changed" if missing and done == "unchanged" else done

    def _unit_coded(self, code: str) -> Unit | None:
        if code and code not in self.units and code not in self.listed:
            raise BadInput("lists.unknown_unit", value=code)
        return self.units.get(code)

    def _person(self, row: PersonRow) -> str:
        known = self.people.get(row.code)
        if known is None:
            person = Person(agency=self.agency, staff_code=row.code, full_name=row.name, email=row.email)
            known = self.people[row.code] = actions.add_person(person, by=self.by, at=self.at)
            done = "added"
        elif known.full_name == row.name and row.email in ("", known.email):
            done = "unchanged"
        else:
            actions.change_person(known, full_name=row.name, email=row.email or known.email, by=self.by, at=self.at)
            done = "changed"
        held = row.position and self._holding(row, known)
        return "changed" if held and done == "unchanged" else done

    def _holding(self, row: PersonRow, person: Person) -> bool:
        """Write that the person holds the position; return whether anything was new."""
        position = self.positions.get(row.position)
        if position is None and row.position not in self.listed:
            raise BadInput("lists.unknown_position", value=row.position)
        if position is None or row.from_on is None:
            return False
        holding = (
            Holding.objects.within(self.agency).filter(position=position, person=person, from_on=row.from_on).first()
        )
        new = holding is None
        if holding is None:
            holding = actions.hold(position, person, from_on=row.from_on, decision=row.decision, by=self.by, at=self.at)
        if row.until_on is not None and holding.until_on != row.until_on:
            actions.end_holding(holding, last_day=row.until_on, by=self.by, at=self.at)
            new = True
        return new
