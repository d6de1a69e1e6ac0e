"""Writes: provinces, agencies, their units, successions and quality systems."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.kernel.scoping import require
from chuan.kernel.transitions import begin, move
from chuan.organisations.agencies.models import Agency, Membership, Province, QualitySystem, Succession, Unit
from chuan.organisations.agencies.queries import living_systems, memberships_on, subordinates
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record

_ONE_SYSTEM = "membership is compared across all agencies: an agency belongs to one system at a time"


class AlreadyMember(Refusal):
    """The agency belongs to another quality system in that time."""

    def __str__(self) -> str:
        return _("Cơ quan đã thuộc một hệ thống quản lý chất lượng khác trong thời gian này.")


class UnderItself(Refusal):
    """An agency would stand under itself or under one of its own subordinates."""

    def __str__(self) -> str:
        return _("Cơ quan không thể đặt dưới chính mình hay dưới cơ quan trực thuộc của mình.")


class StillAbove(Refusal):
    """Living agencies stand under one that is to end."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        super().__init__(names)

    def __str__(self) -> str:
        shown = "; ".join(self.names[:3]) + ("…" if len(self.names) > 3 else "")
        return _("Còn %(count)d cơ quan trực thuộc (%(names)s). Hãy chuyển cấp trên của các cơ quan này trước.") % {
            "count": len(self.names),
            "names": shown,
        }


class NotThere(Refusal):
    """The successor does not exist on the day of the succession."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        super().__init__(agency)

    def __str__(self) -> str:
        return _("%(agency)s chưa hoặc không còn hoạt động vào ngày đó. Hãy sửa ngày.") % {"agency": self.agency.name}


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
    agency.name, agency.code = clean(agency.name), clean(agency.code)
    agency.search_text = _search_text(agency)
    with transaction.atomic():
        agency.put(by=by, at=at)
        record("agency.add", by=by, at=at, subject=agency, facts={"code": agency.code, "kind": agency.kind})
    return agency


def change_agency(agency: Agency, *, by: Actor, at: datetime, **facts: Any) -> Agency:
    """Correct facts of `agency`: its name, code, superior, obligation …; raises UnderItself."""
    require(by, Permission.MANAGE_ORGANISATION, agency)
    if facts.get("parent") is not None:
        _require_above(facts["parent"], agency, by)
    for name, value in facts.items():
        setattr(agency, name, clean(value) if isinstance(value, str) else value)
    with transaction.atomic():
        agency.change(**{name: getattr(agency, name) for name in facts}, search_text=_search_text(agency))
        record("agency.change", by=by, at=at, subject=agency, facts={"fields": sorted(facts)})
    return agency


def _require_above(parent: Agency, agency: Agency, by: Actor) -> None:
    """Refuse a superior over which `by` has no authority, or that stands under `agency` itself."""
    require(by, Permission.MANAGE_ORGANISATION, parent)
    above: Agency | None = parent
    while above is not None:
        if above.pk == agency.pk:
            raise UnderItself
        above = above.parent


def _search_text(agency: Agency) -> str:
    return fold(f"{agency.name} {agency.code}")


def close_agency(agency: Agency, *, last_day: date, by: Actor, at: datetime) -> Agency:
    """Let `agency` end with `last_day`; nothing of it is deleted. Raises StillAbove."""
    require(by, Permission.MANAGE_ORGANISATION, agency)
    below = subordinates(agency, last_day + timedelta(days=1))
    if names := list(below.values_list("name", flat=True)):
        raise StillAbove(names)
    with transaction.atomic():
        agency.change(valid_until=last_day)
        record("agency.close", by=by, at=at, subject=agency, facts={"last_day": last_day.isoformat()})
    return agency


def reopen_agency(agency: Agency, *, by: Actor, at: datetime) -> Agency:
    """Take the closing of `agency` back."""
    require(by, Permission.MANAGE_ORGANISATION, agency)
    with transaction.atomic():
        agency.change(valid_until=None)
        record("agency.reopen", by=by, at=at, subject=agency)
    return agency


def reorganise(
    predecessors: Sequence[Agency],
    successors: Sequence[Agency],
    *,
    decision: str,
    effective_on: date,
    ends: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Let several agencies go over into one, or one into several, from `effective_on` by `decision`.

    With `ends` the predecessors stop the day before; when there is one successor, the agencies under them go under it.
    Raises NotThere and StillAbove.
    """
    for successor in successors:
        if not successor.exists_on(effective_on):
            raise NotThere(successor)
    with transaction.atomic():
        for old in predecessors:
            if ends and len(successors) == 1:
                for below in subordinates(old, effective_on).exclude(pk=successors[0].pk):
                    change_agency(below, parent=successors[0], by=by, at=at)
            if ends and old.valid_until is None:
                close_agency(old, last_day=effective_on - timedelta(days=1), by=by, at=at)
            for successor in successors:
                succeed(old, successor, decision=decision, effective_on=effective_on, by=by, at=at)


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


def undo_succession(succession: Succession, *, by: Actor, at: datetime) -> None:
    """Remove a succession that was written down by mistake; the trail keeps what it said.

    The predecessor that ended by it, and by no other, works again.
    """
    require(by, Permission.MANAGE_ORGANISATION, succession.successor)
    old = succession.predecessor
    facts = {"predecessor": old.key, "decision": succession.decision}
    with transaction.atomic():
        record("agency.undo_succession", by=by, at=at, subject=succession.successor, facts=facts)
        succession.delete()
        others = Succession.objects.everywhere(reason="mergers are public").filter(predecessor=old)
        if old.valid_until == succession.effective_on - timedelta(days=1) and not others.exists():
            reopen_agency(old, by=by, at=at)


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


def close_unit(unit: Unit, *, last_day: date, by: Actor, at: datetime) -> Unit:
    """Let `unit` end with `last_day`; its positions stay until they are closed or moved."""
    _require_units(by, unit.agency)
    with transaction.atomic():
        unit.change(valid_until=last_day)
        record("unit.close", by=by, at=at, subject=unit, facts={"last_day": last_day.isoformat()})
    return unit


def reopen_unit(unit: Unit, *, by: Actor, at: datetime) -> Unit:
    """Take the closing of `unit` back."""
    _require_units(by, unit.agency)
    with transaction.atomic():
        unit.change(valid_until=None)
        record("unit.reopen", by=by, at=at, subject=unit)
    return unit


def _require_units(by: Actor, agency: Agency) -> None:
    """Units are entered by who manages the people of the agency or the organisation of the province."""
    if not by.may(Permission.MANAGE_PEOPLE, agency):
        require(by, Permission.MANAGE_ORGANISATION, agency)


def found_quality_system(system: QualitySystem, *, by: Actor, at: datetime) -> QualitySystem:
    """Begin the quality system of its owner agency, in the state "not_started"; raises AlreadyMember."""
    require(by, Permission.MANAGE_QUALITY_SYSTEM, system.owner)
    if memberships_on(timezone.localdate(at)).filter(agency=system.owner).exists():
        raise AlreadyMember
    system.name = clean(system.name)
    begin(system, by=by, at=at)
    return system


def change_quality_system(
    system: QualitySystem, *, name: str, standard: str, scope_note: str, by: Actor, at: datetime
) -> QualitySystem:
    """Change name, edition or scope; a declared system whose scope or edition changed is to be declared again."""
    require(by, Permission.MANAGE_QUALITY_SYSTEM, system.owner)
    outgrown = (system.standard, system.scope_note) != (standard, scope_note)
    with transaction.atomic():
        system.change(name=clean(name), standard=standard, scope_note=scope_note)
        record("quality_system.change", by=by, at=at, subject=system, facts={"standard": standard})
        if outgrown:
            _outgrow(system, _("Phạm vi hoặc phiên bản tiêu chuẩn đã đổi."), by, at)
    return system


def _outgrow(system: QualitySystem, why: str, by: Actor, at: datetime) -> None:
    """Let a declared system wait for a new declaration (QĐ 19/2014/QĐ-TTg, Article 4; facts D5)."""
    if system.state == "declared":
        move(system, "redeclaration_due", agency=system.owner, by=by, at=at, note=why)


def move_quality_system(system: QualitySystem, to: str, *, by: Actor, at: datetime, note: str = "") -> QualitySystem:
    """Move the quality system along its lifecycle; declaring needs `declare` instead. Dissolved, it has no members."""
    today = timezone.localdate(at)
    members = memberships_on(today).filter(quality_system=system, until_on__isnull=True).select_related("agency")
    with transaction.atomic():
        for membership in members if to == "dissolved" else ():
            leave(membership, last_day=today, by=by, at=at)
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
    if living_systems().filter(owner=agency).exists():
        raise AlreadyMember
    with transaction.atomic():
        row = Membership(quality_system=system, agency=agency, from_on=from_on).put(by=by, at=at)
        record("quality_system.join", by=by, at=at, subject=system, facts={"agency": agency.key})
        _outgrow(system, _("Thêm cơ quan áp dụng: %(agency)s.") % {"agency": agency.name}, by, at)
    return row


def leave(membership: Membership, *, last_day: date, by: Actor, at: datetime) -> Membership:
    """Let a membership end with `last_day`."""
    system = membership.quality_system
    require(by, Permission.MANAGE_QUALITY_SYSTEM, system.owner)
    with transaction.atomic():
        membership.change(until_on=last_day)
        facts = {"agency": membership.agency.key, "last_day": last_day.isoformat()}
        record("quality_system.leave", by=by, at=at, subject=system, facts=facts)
        _outgrow(system, _("Bớt cơ quan áp dụng: %(agency)s.") % {"agency": membership.agency.name}, by, at)
    return membership
