"""Writes on the record of outages: begun, ended, corrected, all entered, withdrawn, and the way back of each.

For whoever receives dossiers or keeps the one-stop shop. An outage may be recorded when it is over: while it lasts,
often nobody can.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.errors import NotAllowed
from chuan.organisations.models import Agency
from chuan.quality.dossiers.outages.models import Outage
from chuan.quality.dossiers.outages.refusals import (
    NotYetBegun,
    NotYetOver,
    OverAlready,
    Overlapping,
    StillDown,
    Withdrawn,
)
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

RECORDS = (Permission.RECEIVE_DOSSIER, Permission.MANAGE_ONE_STOP)
"""Either of these lets an actor record outages."""


def may_record(actor: Actor, agency: InProvince) -> bool:
    """Return whether `actor` may record the outages of `agency`."""
    return any(actor.may(permission, agency) for permission in RECORDS)


def begin_outage(
    agency: Agency, *, began_at: datetime, ended_at: datetime | None = None, why: str, by: Actor, at: datetime
) -> Outage:
    """Record that the system is down since `began_at`, or was until `ended_at`.

    Raises NotAllowed, NotYetBegun, NotYetOver, Overlapping, ValidationError (no words, an end before the beginning).
    """
    _require(by, agency)
    one = Outage(agency=agency, began_at=began_at, ended_at=ended_at, why=clean(why))
    with transaction.atomic():
        _hold(agency)
        _check(one, at)
        one.put(by=by, at=at)
        _write_down("begin", one, by, at)
    return one


def end_outage(outage: Outage, *, ended_at: datetime, by: Actor, at: datetime) -> Outage:
    """Record since when the system runs again.

    Raises NotAllowed, Withdrawn, OverAlready, NotYetOver, ValidationError (before it began).
    """
    with transaction.atomic():
        one = _held(outage, by)
        if one.ended_at is not None:
            raise OverAlready(one.ended_at)
        one.ended_at = ended_at
        _check(one, at)
        one.change(ended_at=ended_at)
        _write_down("end", one, by, at)
    return one


def reopen_outage(outage: Outage, *, by: Actor, at: datetime) -> Outage:
    """Take the end back: the system is still down. Raises NotAllowed, Withdrawn, Overlapping."""
    with transaction.atomic():
        one = _held(outage, by)
        one.ended_at = None
        _check(one, at)
        one.change(ended_at=None, all_entered_at=None)
        _write_down("reopen", one, by, at)
    return one


def correct_outage(
    outage: Outage, *, began_at: datetime, ended_at: datetime | None, why: str, by: Actor, at: datetime
) -> Outage:
    """Write down other moments or another reason. Without an end it lasts, and nothing is all entered.

    Raises what `begin_outage` raises, and Withdrawn.
    """
    with transaction.atomic():
        one = _held(outage, by)
        one.began_at, one.ended_at = began_at, ended_at
        _check(one, at)
        entered = one.all_entered_at if ended_at else None
        one.change(began_at=began_at, ended_at=ended_at, why=clean(why), all_entered_at=entered)
        _write_down("correct", one, by, at)
    return one


def finish_entering(outage: Outage, *, by: Actor, at: datetime) -> Outage:
    """Record that all that was received on paper is entered. Raises NotAllowed, Withdrawn, StillDown."""
    with transaction.atomic():
        one = _held(outage, by)
        if one.ended_at is None:
            raise StillDown
        if one.all_entered_at is None:
            one.change(all_entered_at=at)
            _write_down("finish_entering", one, by, at)
    return one


def resume_entering(outage: Outage, *, by: Actor, at: datetime) -> Outage:
    """Take that back: slips are left to be entered. Raises NotAllowed, Withdrawn."""
    with transaction.atomic():
        one = _held(outage, by)
        if one.all_entered_at is not None:
            one.change(all_entered_at=None)
            _write_down("resume_entering", one, by, at)
    return one


def withdraw_outage(outage: Outage, *, by: Actor, at: datetime) -> Outage:
    """Take an outage that was recorded by mistake from the record; it can be restored. Raises NotAllowed."""
    with transaction.atomic():
        one = _held(outage, by, withdrawn=True)
        if one.withdrawn_at is None:
            one.change(withdrawn_at=at)
            _write_down("withdraw", one, by, at)
    return one


def restore_outage(outage: Outage, *, by: Actor, at: datetime) -> Outage:
    """Let a withdrawn outage count again. Raises NotAllowed, Overlapping (another was recorded meanwhile)."""
    with transaction.atomic():
        one = _held(outage, by, withdrawn=True)
        if one.withdrawn_at is not None:
            _check(one, at)
            one.change(withdrawn_at=None)
            _write_down("restore", one, by, at)
    return one


def _require(by: Actor, agency: InProvince) -> None:
    if not may_record(by, agency):
        raise NotAllowed


def _hold(agency: Agency) -> None:
    """Let who else records an outage of the agency wait until this transaction is over."""
    Agency.objects.everywhere(reason="the agency was checked").select_for_update(no_key=True).get(pk=agency.pk)


def _held(outage: Outage, by: Actor, *, withdrawn: bool = False) -> Outage:
    """Return the outage as it is now, its agency held. Raises NotAllowed; Withdrawn unless `withdrawn` is expected."""
    _require(by, outage.agency)
    _hold(outage.agency)
    one = Outage.objects.within(outage.agency).select_related("agency").get(pk=outage.pk)
    if one.withdrawn_at is not None and not withdrawn:
        raise Withdrawn
    return one


def _check(one: Outage, at: datetime) -> None:
    if one.began_at > at:
        raise NotYetBegun
    if one.ended_at is not None and one.ended_at > at:
        raise NotYetOver
    others = Outage.objects.within(one.agency).filter(withdrawn_at__isnull=True).exclude(pk=one.pk)
    met = others.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=one.began_at))
    met = met.filter(began_at__lt=one.ended_at) if one.ended_at else met
    other = met.order_by("began_at").first()
    if other is not None:
        raise Overlapping(other.began_at, other.ended_at)


def _write_down(verb: str, one: Outage, by: Actor, at: datetime) -> None:
    facts = {"began_at": one.began_at.isoformat(), "ended_at": one.ended_at.isoformat() if one.ended_at else None}
    record(f"outage.{verb}", by=by, at=at, subject=one, facts=facts)
