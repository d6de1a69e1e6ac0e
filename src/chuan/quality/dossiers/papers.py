"""A living dossier as the contents of the printed forms (`chuan.writing.one_stop`): nothing is typed twice.

    form = paper("receipt", dossier, as_of)            the content of one form; NoOccasion where no act asked for it
    write_form_pdf(form, numbering_of(shop))           under the numbers of the text that the issuing agency chose

Slips of the desk (receipt, supplement, refusal, control sheet) are the place of reception's; letters (apology, stop)
are the handling agency's. The number of a receipt is its number in the book; the others have dots to write it on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.errors import Refusal
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Holding
from chuan.organisations.people.queries import on_day
from chuan.quality.dossiers.hand_overs import hand_overs
from chuan.quality.dossiers.models import Applicant as StoredApplicant
from chuan.quality.dossiers.models import Dossier, OneStop
from chuan.quality.dossiers.reckoned import acts_of
from chuan.quality.services.models import PublicService
from chuan.reading.law import load_forms
from chuan.rules.authority import Role
from chuan.rules.handling.acts import Act, ActKind, in_effect
from chuan.rules.procedure.structure import Component
from chuan.writing.one_stop import (
    Apology,
    Applicant,
    ControlSheet,
    Form,
    Letterhead,
    Numbering,
    PaperSlip,
    Receipt,
    Signer,
    StopNotice,
    SubmittedComponent,
    SupplementRequest,
)
from chuan.writing.one_stop import (
    Refusal as RefusalSlip,
)
from chuan.writing.phrases import limit as limit_words

_FOR_PAPER = "the papers of a dossier that was found for the actor"
OCCASIONS: Mapping[str, ActKind] = {
    "receipt": ActKind.RECEIVED,
    "supplement_request": ActKind.SUPPLEMENT,
    "refusal": ActKind.REFUSED,
    "apology": ActKind.APOLOGISED,
    "stop_notice": ActKind.STOPPED,
    "control_sheet": ActKind.RECEIVED,
}
"""The forms of a dossier in their order, each with the act that it is written of."""
LETTERS = ("apology", "stop_notice")
"""The forms that the handling agency issues; the others are the place of reception's."""
_HEADS_A_PEOPLES_COMMITTEE = "chủ tịch"


class NoOccasion(Refusal):
    """Nothing was done on the dossier of which this form is written."""

    def __init__(self, form: str) -> None:
        self.form = form
        super().__init__(form)

    def __str__(self) -> str:
        return {
            "supplement_request": _("Hồ sơ này chưa có lần yêu cầu bổ sung nào nên chưa có phiếu để in."),
            "refusal": _("Hồ sơ này không bị từ chối nên không có phiếu từ chối."),
            "apology": _("Hồ sơ này chưa có lần xin lỗi nào. Hãy ghi việc xin lỗi trên trang hồ sơ rồi in."),
            "stop_notice": _("Hồ sơ này không dừng giải quyết nên không có thông báo dừng."),
        }.get(self.form, _("Hồ sơ chưa được tiếp nhận."))


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What a form is made from: the dossier, the act it is written of, who issues it, and the day it is looked at."""

    dossier: Dossier
    act: Act
    acts: Sequence[Act]
    issuer: Agency
    shop: OneStop | None
    as_of: datetime

    def letterhead(self, number: int | None = None, *, unit: bool = True, on: date | None = None) -> Letterhead:
        """Return the head of the form; a letter is the agency's own and names no unit."""
        return letterhead(self.issuer, self.shop, number, unit=unit, on=on or self.act.at.date())


def paper(form: str, dossier: Dossier, as_of: datetime, *, act: int = 0) -> Form:
    """Return the content of `form` (one of OCCASIONS); `act` is the number of the act, 0: the last one of its kind.

    Raises NoOccasion.
    """
    acts = in_effect(acts_of(dossier))
    found = [one for one in acts if one.kind is OCCASIONS[form] and act in (0, one.number)]
    if not found:
        raise NoOccasion(form)
    issuer = issuer_of(form, dossier)
    shop = shop_of(form, dossier)
    return _MADE[form](_Occasion(dossier, found[-1], acts, issuer, shop, timezone.localtime(as_of)))


def fitting(dossier: Dossier) -> tuple[str, ...]:
    """Return the forms that the dossier gives occasion for, in their order."""
    kinds = {one.kind for one in in_effect(acts_of(dossier))}
    return tuple(form for form, kind in OCCASIONS.items() if kind in kinds)


def issuer_of(form: str, dossier: Dossier) -> Agency:
    """Return which agency issues `form`."""
    return dossier.agency if form in LETTERS else dossier.reception


def shop_of(form: str, dossier: Dossier) -> OneStop | None:
    """Return the one-stop shop whose numbering `form` has: the issuer's, without one the place of reception's."""
    own = OneStop.objects.within(issuer_of(form, dossier)).first()
    return own or OneStop.objects.within(dossier.reception).first()


def numbering_of(shop: OneStop | None) -> Numbering:
    """Return the numbers and names of the text that the agency chose. BadInput for a text without forms."""
    return Numbering(load_forms(), shop.forms if shop else OneStop._meta.get_field("forms").get_default())


def letterhead(
    agency: Agency, shop: OneStop | None, number: int | None = None, *, unit: bool = True, on: date | None = None
) -> Letterhead:
    """Return the head of a form that `agency` issues."""
    return Letterhead(
        agency=agency.name,
        unit=shop.unit if shop and unit and shop.agency_id == agency.pk else "",
        number=number,
        place=shop.place if shop else "",
        issued_on=on,
    )


def slip(
    agency: Agency,
    shop: OneStop | None,
    service: PublicService | None,
    components: Sequence[Component],
    limit: str = "",
    *,
    number: int = 1,
) -> PaperSlip:
    """Return the first slip of a pad for `service` (None: any, all to be written by hand), for when the network is down
    (R21).
    """
    return PaperSlip(
        letterhead=letterhead(agency, shop),
        number=number,
        request=service.name if service else "",
        components=tuple(SubmittedComponent(one.name, one.copy_type) for one in components),
        limit=limit,
        spare=2 if components else 6,
    )


def turned_away(
    form: str,
    agency: Agency,
    shop: OneStop | None,
    *,
    request: str,
    items: Sequence[str],
    reason: str,
    applicant: str,
    by: str,
    on: date,
) -> SupplementRequest | RefusalSlip:
    """Return form 02 or 03 for what was not received: there is no dossier and no code (R2)."""
    head, person = letterhead(agency, shop, on=on), Applicant(name=applicant)
    if form == "refusal":
        return RefusalSlip(head, person, request, reason, received_by=by)
    return SupplementRequest(head, person, request, tuple(items), reason, contact=_contact(shop, by), guided_by=by)


def applicant_of(dossier: Dossier) -> Applicant:
    """Return whose dossier it is as forms print it; without a name where applicants are not kept."""
    found = StoredApplicant.objects.everywhere(reason=_FOR_PAPER).filter(dossier=dossier).first()
    return applicant_as_printed(found)


def applicant_as_printed(found: StoredApplicant | None) -> Applicant:
    """Return what is stored of an applicant as forms print it."""
    if found is None:
        return Applicant()
    return Applicant(found.name, found.identity, found.address, found.phone, found.email, found.representative)


def signer_of(agency: Agency, day: date) -> Signer:
    """Return who signs letters of `agency` on `day`: its head; a position to be filled in by hand where nobody is."""
    rows = Holding.objects.within(agency).filter(on_day(day))
    carried = rows.filter(on_day(day, "position__roles__"), position__roles__role=Role.HEAD.value)
    head = carried.select_related("person", "position").order_by("position__code", "pk").first()
    if head is None:
        return Signer(position="THỦ TRƯỞNG CƠ QUAN")
    committee = agency.kind in (AgencyKind.COMMUNE, AgencyKind.PROVINCE)
    if committee and head.position.title.lower().startswith(_HEADS_A_PEOPLES_COMMITTEE):
        return Signer("CHỦ TỊCH", head.person.full_name, "TM. ỦY BAN NHÂN DÂN")
    return Signer(head.position.title, head.person.full_name)


def _contact(shop: OneStop | None, by: str) -> str:
    return ", ".join(text for text in (by, shop.unit if shop else "") if text)


def _receipt(of: _Occasion) -> Receipt:
    one = of.dossier
    settled = one.committed or one.legal
    return Receipt(
        letterhead=of.letterhead(one.number),
        dossier_code=one.code,
        applicant=applicant_of(one),
        request=one.request,
        components=_submitted(one),
        received_at=one.received_at,
        due_at=one.first_due_at,
        sets=one.sets,
        limit=limit_words(settled) if settled else "",
        result_place=one.result_place,
        book=one.volume,
        book_number=one.number,
        received_by=of.act.by,
    )


def _submitted(dossier: Dossier) -> tuple[SubmittedComponent, ...]:
    """Return what was handed in, and what is taken from a database instead."""
    kept = [one for one in dossier.components if one.get("given") or one.get("replaced_by_database")]
    return tuple(
        SubmittedComponent(
            name=one.get("name", ""),
            copy_type=one.get("copy_type", "") if one.get("given") else "",
            copies=one.get("copies") if one.get("given") else None,
            replaced_by_database="" if one.get("given") else one.get("replaced_by_database", ""),
        )
        for one in kept
    )


def _supplement(of: _Occasion) -> SupplementRequest:
    return SupplementRequest(
        letterhead=of.letterhead(),
        applicant=applicant_of(of.dossier),
        request=of.dossier.request,
        items=tuple(of.act.details.get("items", ())),
        reason=of.act.reason,
        dossier_code=of.dossier.code,
        contact=_contact(of.shop, of.act.by),
        guided_by=of.act.by,
    )


def _refusal(of: _Occasion) -> RefusalSlip:
    return RefusalSlip(
        letterhead=of.letterhead(),
        applicant=applicant_of(of.dossier),
        request=of.dossier.request,
        reason=of.act.reason,
        dossier_code=of.dossier.code,
        received_by=of.act.by,
    )


def _apology(of: _Occasion) -> Apology:
    one = of.dossier
    new_due = datetime.fromisoformat(of.act.details["new_due"])
    return Apology(
        letterhead=of.letterhead(unit=False),
        dossier_code=one.code,
        applicant=applicant_of(one),
        request=one.request,
        received_at=one.received_at,
        due_at=one.first_due_at or new_due,
        new_due_at=new_due,
        reason=of.act.reason,
        signer=signer_of(of.issuer, of.act.at.date()),
    )


def _stop(of: _Occasion) -> StopNotice:
    one = of.dossier
    return StopNotice(
        letterhead=of.letterhead(unit=False),
        dossier_code=one.code,
        applicant=applicant_of(one),
        request=one.request,
        received_at=one.received_at,
        stopped_at=of.act.at,
        reason=of.act.reason,
        signer=signer_of(of.issuer, of.act.at.date()),
    )


def _control_sheet(of: _Occasion) -> ControlSheet:
    one = of.dossier
    beside = one.participations.filter(taken_back=False, role__in=("consulted", "interlinked")).order_by("act")
    asked = [part.agency.name for part in beside.select_related("agency")]
    bodies = [act.details.get("body", "") for act in of.acts if act.kind in (ActKind.CONSULTED, ActKind.FORWARDED)]
    return ControlSheet(
        letterhead=of.letterhead(one.number, on=of.as_of.date()),
        dossier_code=one.code,
        request=one.request,
        handling_agency=one.agency.name,
        received_at=one.received_at,
        due_at=one.due_at,
        coordinating_agencies=tuple(dict.fromkeys((*asked, *filter(None, bodies)))),
        hand_overs=hand_overs(one, of.shop.unit if of.shop else "", of.as_of),
    )


_MADE: Mapping[str, Callable[[_Occasion], Form]] = {
    "receipt": _receipt,
    "supplement_request": _supplement,
    "refusal": _refusal,
    "apology": _apology,
    "stop_notice": _stop,
    "control_sheet": _control_sheet,
}
