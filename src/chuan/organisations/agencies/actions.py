"""Writes: provinces, agencies, their units, successions and quality systems."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.kernel.scoping import require
from chuan.kernel.transitions import begin, move
from chuan.organisations.agencies.models import Agency, Membership, Province, QualitySystem, Succession, Unit
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record

_ONE_SYSTEM = "membership is compared across all agencies: an agency belongs to one system at a time"


class AlreadyMember(Refusal):
    """The agency belongs to another quality system in that time."""

    def __str__(self) -> str:
        return _("Cơ quan đã thuộc một hệ thống quản lý chất lượng khác trong thời gian này.")


def add_province(*, code: str, name: str, fictitious: bool, by: Actor, at: datetime) -> Province:
    """Add a province; only a command or job may."""
    if not by.machine:
        raise NotAllowed
    with transaction.atomic():
        province = Province(code=code, name=clean(name), fictitious=fictitious).put(by=by, at=at)
        record("province.add", by=by, at=at, subject=province, facts={"code": code, "fictitious": fictitious})
    return province


def add_agency(agency: Agency, *, by: Actor, at: datetime) -> Agency:
    """Insert the new `agency`. Needs MANAGE_ORGANISATION over its parent (the first one: a command)."""
    if agency.parent is not None:
        require(by, Permission.MANAGE_ORGANISATION, agency.parent)
    elif not by.machine:
        raise NotAllowed
    agency.name = clean(agency.name)
    agency.search_text = fold(f"{agency.name} {agency.code}")
    with transaction.atomic():
        agency.put(by=by, at=at)
        record("agency.add", by=by, at=at, subject=agency, facts={"code": agency.code, "kind": agency.kind})
    return agency


def close_agency(agency: Agency, *, last_day: date, by: Actor, at: datetime) -> Agency:
    """Let `agency` end with `last_day`; nothing of it is deleted."""
    require(by, Permission.MANAGE_ORGANISATION, agency)
    with transaction.atomic():
        agency.change(valid_until=last_day)
        record("agency.close", by=by, at=at, subject=agency, facts={"last_day": last_day.isoformat()})
    return agency


def succeed(
    predecessor: Agency, successor: Agency, *, decision: str, effective_on: date, by: Actor, at: datetime
) -> Succession:
    """Write down that `predecessor` went over into `successor` by `decision`."""
    require(by, Permission.MANAGE_ORGANISATION, successor)
    with transaction.atomic():
        row = Succession(
            predecessor=predecessor, successor=successor, decision=clean(decision), effective_on=effective_on
        ).put(by=by, at=at)
        facts = {"predecessor": predecessor.key, "effective_on": effective_on.isoformat()}
        record("agency.succeed", by=by, at=at, subject=successor, facts=facts)
    return row


def add_unit(unit: Unit, *, by: Actor, at: datetime) -> Unit:
    """Insert the new `unit` of an agency."""
    _require_units(by, unit.agency)
    unit.name = clean(unit.name)
    with transaction.atomic():
        unit.put(by=by, at=at)
        record("unit.add", by=by, at=at, subject=unit, facts={"agency": unit.agency.key, "code": unit.code})
    return unit


def change_unit(unit: Unit, *, name: str, kind: str, by: Actor, at: datetime) -> Unit:
    """Rename `unit` or correct its kind."""
    _require_units(by, unit.agency)
    with transaction.atomic():
        unit.change(name=clean(name), kind=kind)
        record("unit.change", by=by, at=at, subject=unit, facts={"kind": kind})
    return unit


def _require_units(by: Actor, agency: Agency) -> None:
    """Units are entered by who manages the people of the agency or the organisation of the province."""
    if not by.may(Permission.MANAGE_PEOPLE, agency):
        require(by, Permission.MANAGE_ORGANISATION, agency)


def found_quality_system(system: QualitySystem, *, by: Actor, at: datetime) -> QualitySystem:
    """Begin the quality system of its owner agency, in the state "not_started"."""
    require(by, Permission.MANAGE_QUALITY_SYSTEM, system.owner)
    begin(system, by=by, at=at)
    return system


def move_quality_system(system: QualitySystem, to: str, *, by: Actor, at: datetime, note: str = "") -> QualitySystem:
    """Move the quality system along its lifecycle; declaring needs `declare` instead."""
    move(system, to, agency=system.owner, by=by, at=at, note=note)
    return system


def declare(system: QualitySystem, *, decision: str, declared_on: date, by: Actor, at: datetime) -> QualitySystem:
    """Declare the quality system (again) by a decision of the head (QĐ 19/2014/QĐ-TTg, Article 4(3))."""
    require(by, Permission.DECLARE_QUALITY_SYSTEM, system.owner)
    with transaction.atomic():
        system.change(declaration=clean(decision), declared_on=declared_on)
        move(system, "declared", agency=system.owner, by=by, at=at, note=system.declaration)
    return system


def join(system: QualitySystem, agency: Agency, *, from_on: date, by: Actor, at: datetime) -> Membership:
    """Let `agency` apply the quality system of another agency from a day on; raises AlreadyMember."""
    require(by, Permission.MANAGE_QUALITY_SYSTEM, system.owner)
    others = Membership.objects.everywhere(reason=_ONE_SYSTEM).filter(agency=agency)
    if others.filter(until_on__isnull=True).exists() or others.filter(until_on__gte=from_on).exists():
        raise AlreadyMember
    with transaction.atomic():
        row = Membership(quality_system=system, agency=agency, from_on=from_on).put(by=by, at=at)
        record("quality_system.join", by=by, at=at, subject=system, facts={"agency": agency.key})
    return row
