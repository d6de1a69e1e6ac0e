"""What a stored dossier comes to: its row and acts handed to the rules, and the columns written back."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from chuan.checking.positions import accepted, normal_position
from chuan.norms.holidays.queries import calendar_named, calendar_of
from chuan.organisations.people.models import Position
from chuan.quality.dossiers.models import Channel, Dossier, DossierAct, RoleHolder
from chuan.quality.dossiers.outages.queries import covering
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.handling.acts import Act, ActKind, DossierState, in_effect
from chuan.rules.handling.course import Course
from chuan.rules.handling.outages import Outage
from chuan.rules.handling.reckoning import Reckoning, Terms, reckon
from chuan.rules.procedure.structure import Variant
from chuan.rules.workdays import Calendar
from chuan.text.vietnamese import fold_words

_WHO_DOES = "the positions of the agency that handles the dossier, which was checked"


def variant_of(dossier: Dossier) -> Variant | None:
    """Return the written steps that govern the dossier; None where no procedure was in force at reception."""
    if dossier.version is None:
        return None
    variants = _variants(dossier.version)
    return variants[dossier.variant] if dossier.variant < len(variants) else None


def _variants(version: ProcedureVersion) -> tuple[Variant, ...]:
    """Return the variants of `version`, read once for each time that its row was fetched: one act asks often."""
    known: tuple[Variant, ...] | None = version.__dict__.get("_variants")
    if known is None:
        known = version.__dict__["_variants"] = structure(version).variants
    return known


def course_of(variant: Variant | None) -> Course | None:
    """Return the ways through `variant`; None for none or one without steps."""
    return _course(variant) if variant is not None and variant.steps else None


@lru_cache(maxsize=300)
def _course(variant: Variant) -> Course:
    return Course(variant)


def calendar_settled(dossier: Dossier) -> Calendar:
    """Return the calendar that was settled at reception."""
    kept = calendar_named(dossier.calendar, dossier.calendar_version)
    return kept or calendar_of(dossier.agency, timezone.localdate(dossier.received_at))


def terms_of(dossier: Dossier, variant: Variant | None, calendar: Calendar | None = None) -> Terms:
    """Return what was settled at reception. `calendar` is given where it was read for many dossiers at once."""
    return Terms(
        calendar=calendar or calendar_settled(dossier),
        committed=dossier.committed,
        legal=dossier.legal,
        counting=Counting(dossier.counting),
        supplement=PauseRule(dossier.supplement),
        steps=variant.steps if variant else (),
        paper_travels=dossier.reception_id != dossier.agency_id and dossier.channel != "online",
        outages=_outages_of(dossier),
        filed_at=timezone.localtime(dossier.filed_at) if dossier.filed_at and dossier.channel == "online" else None,
    )


def _outages_of(dossier: Dossier) -> tuple[Outage, ...] | None:
    """Return the outages at the place of reception that explain a paper slip; None for what was not received on one."""
    if dossier.channel != Channel.PAPER_SLIP:
        return None
    return tuple(one.span for one in covering(dossier.reception, dossier.received_at))


def act_of(row: DossierAct) -> Act:
    """Return an act as the rules want it."""
    return Act(
        number=row.number,
        key=row.key,
        kind=ActKind(row.kind),
        at=timezone.localtime(row.at),
        entered_at=timezone.localtime(row.entered_at),
        by=row.by_name,
        step=row.step,
        takes_back=row.takes_back,
        reason=row.reason,
        details=row.details,
    )


def acts_of(dossier: Dossier) -> tuple[Act, ...]:
    """Return all acts, in their order."""
    return tuple(act_of(row) for row in dossier.acts.all())


def reckoned(dossier: Dossier, acts: Sequence[Act], as_of: datetime) -> Reckoning:
    """Return what the dossier comes to at `as_of`."""
    variant = variant_of(dossier)
    return reckon(acts, terms_of(dossier, variant), course_of(variant), timezone.localtime(as_of))


def bring_up_to_date(dossier: Dossier, acts: Sequence[Act], as_of: datetime) -> Reckoning:
    """Set the columns that lists sort by to what `acts` come to; the caller saves. While the clock stands, the dues are
    those of the moment it stopped.
    """
    found = reckoned(dossier, acts, as_of)
    if found.waiting_since is not None:
        found = reckoned(dossier, acts, found.waiting_since)
    variant = variant_of(dossier)
    step = variant.steps[found.usual] if variant and found.usual is not None else None
    dossier.state, dossier.act_count = found.state.value, len(acts)
    dossier.waiting_since = found.waiting_since
    dossier.first_due_at = found.appointment.first if found.appointment else None
    dossier.due_at = found.due_at
    dossier.legal_due_at = found.legal.at if found.legal else None
    dossier.step, dossier.step_title = found.usual, step.title[:300] if step else ""
    dossier.step_since_at = next((one.since for one in found.at_hand if one.step == found.usual), None)
    dossier.step_due_at = found.step_due if found.ready_at is None else None
    dossier.next_due_at = found.limits.next
    dossier.ready_at, dossier.ended_at = found.ready_at, found.ended_at
    dossier.holder = _holder(dossier, acts, step.role if step else "") if found.ended_at is None else None
    return found


COLUMNS = (
    "state",
    "act_count",
    "waiting_since",
    "first_due_at",
    "due_at",
    "legal_due_at",
    "step",
    "step_title",
    "step_since_at",
    "step_due_at",
    "next_due_at",
    "ready_at",
    "ended_at",
    "holder",
)
"""The columns that `bring_up_to_date` sets."""


def _holder(dossier: Dossier, acts: Sequence[Act], role: str) -> Position | None:
    """Return who has the dossier: to whom it was handed since the last step, else the position of the step's role."""
    for act in reversed(in_effect(acts)):
        if act.kind is ActKind.STEP:
            break
        if act.kind is ActKind.HANDED:
            return Position.objects.within(dossier.agency).filter(key=act.details.get("position", "")).first()
    if dossier.state == DossierState.READY or not role:
        return None
    return position_for(dossier, role)


def hold_again(dossier: Dossier, role: str) -> None:
    """Write who has an open dossier at a step of `role`, after the agency's table changed; the caller holds its
    row. No act: nothing was done.
    """
    holder = _holder(dossier, acts_of(dossier), role)
    if holder != dossier.holder:
        dossier.holder = holder
        dossier.save(update_fields=["holder"])


def position_for(dossier: Dossier, role: str) -> Position | None:
    """Return the position of the handling agency that does what the procedure gives to `role`; None if not clear.

    What the agency said (RoleHolder) goes first; then the one open position of that name, short forms written out.
    """
    known = RoleHolder.objects.within(dossier.agency).filter(role=fold_words(role)[:300]).select_related("position")
    said = known.first()
    if said is not None:
        return said.position
    names = accepted(role)
    rows = Position.objects.within(dossier.agency).filter(closed_on__isnull=True)
    found = [row for row in rows if normal_position(row.title) in names]
    return found[0] if len(found) == 1 else None
