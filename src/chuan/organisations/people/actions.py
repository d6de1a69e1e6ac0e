"""Writes: people, positions, who holds them, who stands in."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.agencies.models import Unit
from chuan.organisations.people.access import require_filling, require_giving
from chuan.organisations.people.models import Delegation, Holding, Person, Position, RoleAssignment
from chuan.rules.authority import Permission, Role
from chuan.text.vietnamese import clean
from chuan.trail.actions import record


class OutsideTheHolding(Refusal):
    """A delegation reaches beyond the days on which the position is held."""

    def __str__(self) -> str:
        return _("Thời gian ủy quyền phải nằm trong thời gian giữ vị trí.")


class DelegatesToSelf(Refusal):
    """A delegation to the holder."""

    def __str__(self) -> str:
        return _("Không thể ủy quyền cho chính mình.")


class OtherAgency(Refusal):
    """A unit, position or delegate of another agency."""

    def __str__(self) -> str:
        return _("Đơn vị, vị trí và người phải thuộc cùng một cơ quan.")


def add_person(person: Person, *, by: Actor, at: datetime) -> Person:
    """Insert the new `person` of an agency."""
    require(by, Permission.MANAGE_PEOPLE, person.agency)
    person.call(person.full_name)
    with transaction.atomic():
        person.put(by=by, at=at)
        record("person.add", by=by, at=at, subject=person, facts={"agency": person.agency.key})
    return person


def change_person(person: Person, *, full_name: str, email: str, by: Actor, at: datetime) -> Person:
    """Correct the name or address of `person`."""
    require(by, Permission.MANAGE_PEOPLE, person.agency)
    person.call(full_name)
    name = {field: getattr(person, field) for field in ("full_name", "search_text", "sort_text")}
    with transaction.atomic():
        person.change(**name, email=email)
        record("person.change", by=by, at=at, subject=person)
    return person


def change_position(position: Position, *, title: str, unit: Unit | None, by: Actor, at: datetime) -> Position:
    """Rename `position` or move it to another unit of the same agency."""
    require(by, Permission.MANAGE_PEOPLE, position.agency)
    if unit is not None and unit.agency_id != position.agency_id:
        raise OtherAgency
    with transaction.atomic():
        position.change(title=clean(title), unit=unit)
        record("position.change", by=by, at=at, subject=position, facts={"title": position.title})
    return position


def close_position(position: Position, *, closed_on: date, by: Actor, at: datetime) -> Position:
    """Abolish `position` from a day on: its duties and roles end with it."""
    require(by, Permission.MANAGE_PEOPLE, position.agency)
    with transaction.atomic():
        position.change(closed_on=closed_on)
        record("position.close", by=by, at=at, subject=position, facts={"closed_on": closed_on.isoformat()})
    return position


def add_position(position: Position, *, by: Actor, at: datetime) -> Position:
    """Insert the new `position` of an agency; its unit, if any, must be of the same agency."""
    require(by, Permission.MANAGE_PEOPLE, position.agency)
    if position.unit is not None and position.unit.agency_id != position.agency_id:
        raise OtherAgency
    position.title = clean(position.title)
    with transaction.atomic():
        position.put(by=by, at=at)
        record("position.add", by=by, at=at, subject=position, facts={"agency": position.agency.key})
    return position


def assign_role(position: Position, role: Role, *, from_on: date, by: Actor, at: datetime) -> RoleAssignment:
    """Give `position` a role from a day on; who may, says `access.may_give`."""
    require_giving(by, role, position.agency)
    with transaction.atomic():
        row = RoleAssignment(position=position, role=role.value, from_on=from_on).put(by=by, at=at)
        record("position.assign_role", by=by, at=at, subject=position, facts={"role": role.value})
    return row


def end_role(assignment: RoleAssignment, *, last_day: date, by: Actor, at: datetime) -> RoleAssignment:
    """Take a role from its position after `last_day`."""
    require_giving(by, Role(assignment.role), assignment.position.agency)
    with transaction.atomic():
        assignment.change(until_on=last_day)
        record("position.end_role", by=by, at=at, subject=assignment.position, facts={"role": assignment.role})
    return assignment


def hold(position: Position, person: Person, *, from_on: date, by: Actor, at: datetime, decision: str = "") -> Holding:
    """Let `person` hold `position` from a day on."""
    require(by, Permission.MANAGE_PEOPLE, position.agency)
    require_filling(by, position, from_on)
    with transaction.atomic():
        row = Holding(position=position, person=person, from_on=from_on, decision=clean(decision)).put(by=by, at=at)
        facts = {"person": person.key, "from_on": from_on.isoformat()}
        record("position.hold", by=by, at=at, subject=position, facts=facts)
    return row


def end_holding(holding: Holding, *, last_day: date, by: Actor, at: datetime) -> Holding:
    """Let a holding end with `last_day`; it stays as history."""
    require(by, Permission.MANAGE_PEOPLE, holding.position.agency)
    with transaction.atomic():
        holding.change(until_on=last_day)
        facts = {"person": holding.person.key, "last_day": last_day.isoformat()}
        record("position.end_holding", by=by, at=at, subject=holding.position, facts=facts)
    return holding


def delegate(
    holding: Holding, to: Person, *, from_on: date, until_on: date, reason: str, by: Actor, at: datetime
) -> Delegation:
    """Let `to`, of the same agency, carry the duties of `holding` during an absence.

    The holder may (DELEGATE), and who manages people of the agency. Raises DelegatesToSelf, OtherAgency and
    OutsideTheHolding.
    """
    _require_delegating(holding, from_on, by)
    if to.pk == holding.person_id:
        raise DelegatesToSelf
    if to.agency_id != holding.position.agency_id:
        raise OtherAgency
    if from_on < holding.from_on or (holding.until_on is not None and until_on > holding.until_on):
        raise OutsideTheHolding
    with transaction.atomic():
        row = Delegation(holding=holding, to=to, from_on=from_on, until_on=until_on, reason=clean(reason))
        row.put(by=by, at=at)
        facts = {"to": to.key, "from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        record("position.delegate", by=by, at=at, subject=holding.position, facts=facts)
    return row


def _require_delegating(holding: Holding, day: date, by: Actor) -> None:
    own = holding.person_id == by.person_id and by.may(Permission.DELEGATE, holding.position.agency)
    if not own:
        require(by, Permission.MANAGE_PEOPLE, holding.position.agency)
        require_filling(by, holding.position, day)
