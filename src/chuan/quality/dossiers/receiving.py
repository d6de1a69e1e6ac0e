"""Receiving a dossier: what governs it is settled, its numbers are given, and the first act is written, all at once.

Three roles are kept apart: the place of reception, the handling agency, the deciding authority; reception knows no
boundary inside the province (NĐ 118/2025/NĐ-CP; facts 3.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import (
    Applicant,
    Channel,
    Dossier,
    DossierAct,
    DossierPart,
    OneStop,
    PartRole,
)
from chuan.quality.dossiers.numbering import enter_in_book, give_code
from chuan.quality.dossiers.reckoned import course_of, variant_of
from chuan.quality.dossiers.refusals import NoIdentifier, NotAdmittedNow, NotHandled, NotWithinProvince, SlipEntered
from chuan.quality.dossiers.writing import ONLY_HANDING_OUT, Draft, Press, Written, write
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.services.models import PublicService
from chuan.quality.services.queries import services_of
from chuan.rules.authority import Permission
from chuan.rules.deadlines import Counting, Due, due
from chuan.rules.handling.acts import ActKind
from chuan.rules.handling.counter import by_citizen, hands_out, receives
from chuan.rules.procedure.structure import Limit, Procedure, Variant
from chuan.rules.workdays import Calendar
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record

_GOVERNS = "the version in force at reception governs, in whichever agency handles the dossier"
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Reception:
    """What the clerk writes down. `agency` handles it; `received_at`: when the complete dossier was there (R1).

    `components`: {"name", "copy_type", "copies", "replaced_by_database", "given"} each. `applicant`: the fields of
    `Applicant`, {} where the agency does not keep them. `finish`: it is done and handed out on the spot (R5, R6).
    """

    service: PublicService
    agency: Agency
    reception: Agency
    received_at: datetime
    variant: int = 0
    channel: str = Channel.DIRECT
    filed_at: datetime | None = None
    request: str = ""
    components: Sequence[dict[str, Any]] = ()
    sets: int = 1
    result_place: str = ""
    paper_slip: str = ""
    immediate: bool = False
    wants_receipt: bool = True
    applicant: dict[str, str] | None = None
    note: str = ""
    finish: bool = False


def receive(what: Reception, *, key: str, by: Actor, at: datetime) -> Dossier:
    """Receive a dossier and return it; the same `key` again is the same dossier.

    Raises NotAllowed, NotHandled, NotWithinProvince, NoIdentifier, NotAdmittedNow (a moment to come, a code or book
    that cannot be given).
    """
    require(by, Permission.RECEIVE_DOSSIER, what.reception)
    if what.agency.province_id != what.reception.province_id:
        raise NotWithinProvince
    with transaction.atomic():
        shop = OneStop.objects.within(what.reception).select_for_update().first()
        known = DossierAct.objects.everywhere(reason="the key is the press of this page").filter(key=key).first()
        if known is not None:
            return Dossier.objects.everywhere(reason="received by this press").get(pk=known.dossier_id)
        if shop is None:
            raise NoIdentifier
        try:
            dossier = _put(what, shop, by, at)
        except BadInput as problem:
            raise NotAdmittedNow(problem) from problem
        return _first_acts(dossier, what, key, by, at).dossier


def turn_away(agency: Agency, service: PublicService, form: str, *, by: Actor, at: datetime) -> None:
    """Write down that `form` (supplement_request, refusal) was handed out before anything was received: no dossier, no
    code, no name, only that it happened.
    """
    require(by, Permission.RECEIVE_DOSSIER, agency)
    record("reception.turn_away", by=by, at=at, subject=agency, facts={"service": service.code, "form": form})


def governing(agency: Agency, service: PublicService, day: date) -> ProcedureVersion | None:
    """Return the version by which `agency` handles `service` on `day`; None where none was in force."""
    rows = ProcedureVersion.objects.everywhere(reason=_GOVERNS).filter(
        procedure__agency=agency, procedure__services=service, state__in=["in_force", "replaced"], effective_on__lte=day
    )
    still = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return still.select_related("procedure").order_by("-effective_on", "-number").first()


@dataclass(frozen=True, slots=True)
class Offer:
    """What governs a dossier that `agency` would handle from a day on: what the page of reception shows beforehand.

    `version` and `written` are None where no procedure is in force; `settled` says how days and supplements count.
    """

    version: ProcedureVersion | None
    written: Procedure | None
    calendar: Calendar
    committed: Limit | None
    legal: Limit | None
    settled: OneStop | None

    def of_case(self, variant: int | None) -> "Offer":
        """Return what governs a dossier of this case (an index of the variants, None: not chosen yet): the case's own
        total goes first.
        """
        variants = self.written.variants if self.written else ()
        own = variants[variant].declared_total if variant is not None and variant < len(variants) else None
        return replace(self, committed=own or self.committed)

    def due(self, limit: Limit | None, received_at: datetime) -> Due | None:
        """Return when `limit` would end for a dossier received then; None for no limit."""
        counting = Counting(self.settled.counting) if self.settled else Counting.DAYS
        return due(timezone.localtime(received_at), limit, self.calendar, counting=counting) if limit else None


def offer(agency: Agency, service: PublicService, day: date, shop: OneStop | None) -> Offer:
    """Return what governs; `shop` is the place of reception, which counts where the agency set nothing itself."""
    version = governing(agency, service, day)
    written = structure(version) if version else None
    return Offer(
        version=version,
        written=written,
        calendar=calendar_of(agency, day),
        committed=(written.committed if written else None) or service.committed,
        legal=(written.legal if written else None) or service.legal,
        settled=OneStop.objects.within(agency).first() or shop,
    )


def _put(what: Reception, shop: OneStop, by: Actor, at: datetime) -> Dossier:
    day = timezone.localdate(what.received_at)
    if not services_of(what.agency, day).filter(pk=what.service.pk).exists():
        raise NotHandled(day)
    _refuse_slip_taken(what, day)
    found = offer(what.agency, what.service, day, shop)
    version, written, settled = found.version, found.written, found.settled or shop
    variant = min(what.variant, len(written.variants) - 1) if written and written.variants else 0
    found = found.of_case(variant)
    code = give_code(shop, day)
    book, place = enter_in_book(what.reception, day, by=by, at=at)
    dossier = Dossier(
        agency=what.agency,
        reception=what.reception,
        authority=(written.deciding_authority if written else "") or what.service.competence,
        service=what.service,
        procedure=version.procedure if version else None,
        version=version,
        variant=variant,
        code=code,
        book=book,
        volume=place.volume,
        number=place.number,
        channel=what.channel,
        paper_slip=clean(what.paper_slip),
        request=clean(what.request) or what.service.name[:500],
        components=list(what.components),
        sets=what.sets,
        result_place=clean(what.result_place),
        immediate=what.immediate,
        wants_receipt=what.wants_receipt,
        filed_at=what.filed_at,
        received_at=what.received_at,
        calendar=found.calendar.name,
        calendar_version=found.calendar.version,
        counting=settled.counting,
        supplement=settled.supplement,
        state="new",
        **_amounts(found.committed, found.legal),
    )
    dossier.search_text = fold(f"{code} {dossier.request} {what.service.code}")[:700]
    dossier.put(by=by, at=at)
    _keep_beside(dossier, what, shop)
    return dossier


def _refuse_slip_taken(what: Reception, day: date) -> None:
    """Refuse a paper slip of the year that was entered already at this place of reception."""
    slip = clean(what.paper_slip)
    if slip:
        rows = Dossier.objects.everywhere(reason="the slips of the place of reception, which was checked")
        taken = rows.filter(reception=what.reception, paper_slip=slip, received_at__year=day.year).first()
        if taken is not None:
            raise SlipEntered(slip, taken.code)


def _amounts(committed: Limit | None, legal: Limit | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, limit in (("committed", committed), ("legal", legal)):
        found |= {f"{name}_amount": str(limit.amount), f"{name}_unit": limit.unit.value} if limit else {}
    return found


def _keep_beside(dossier: Dossier, what: Reception, shop: OneStop) -> None:
    """Keep who takes part, and the applicant where the agency keeps applicants."""
    roles = ((what.reception, PartRole.RECEPTION), (what.agency, PartRole.LEAD))
    for agency, role in roles:
        DossierPart.objects.create(dossier=dossier, agency=agency, role=role, got_at=what.received_at)
    said = {name: clean(value) for name, value in (what.applicant or {}).items() if clean(value)}
    if shop.keeps_applicants and said.get("name"):
        applicant = Applicant(dossier=dossier)
        for name, value in said.items():
            setattr(applicant, name, value)
        applicant.save(force_insert=True)


def _first_acts(dossier: Dossier, what: Reception, key: str, by: Actor, at: datetime) -> Written:
    variant = variant_of(dossier)
    course, moment = course_of(variant), what.received_at
    drafts = [Draft(ActKind.RECEIVED, at=moment, note=what.note)]
    done: list[int] = []
    while course and variant and len(done) < _MOST_STEPS:
        step = course.usual_next(done)
        if step is None or not (what.finish or _is_of_reception(variant, step, done)):
            break
        if what.finish and hands_out(variant.steps[step]) and not _has_ready(drafts):
            drafts.append(Draft(ActKind.RESULT_READY, at=moment, reason=ONLY_HANDING_OUT))
        drafts.append(Draft(ActKind.STEP, step, at=moment))
        done.append(step)
    if what.finish:
        drafts += [] if _has_ready(drafts) else [Draft(ActKind.RESULT_READY, at=moment)]
        drafts.append(Draft(ActKind.RETURNED, at=moment))
    return write(dossier, drafts, Press(key, 0), on_behalf=what.reception, by=by, at=at)


def _is_of_reception(variant: Variant, step: int, done: Sequence[int]) -> bool:
    """Return whether receiving does `step`: what the citizen did before, and then the step of reception, once."""
    if any(receives(variant.steps[one]) for one in done):
        return False
    return by_citizen(variant.steps[step]) or receives(variant.steps[step])


def _has_ready(drafts: Sequence[Draft]) -> bool:
    return any(draft.kind is ActKind.RESULT_READY for draft in drafts)
