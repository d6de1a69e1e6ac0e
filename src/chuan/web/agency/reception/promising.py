"""The appointment that will be given, and the limit of the law, before anything is received."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.dossiers.desk import handling_agencies
from chuan.quality.dossiers.receiving import Offer, offer
from chuan.quality.models import PublicService
from chuan.rules.authority import Permission
from chuan.rules.handling.reception import handing_on
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.messages import BadInput
from chuan.web.agency.procedures.words import limit_words
from chuan.web.agency.reception.desk import desk_of
from chuan.web.agency.reception.moments import MomentField

_HOURS = (TimeUnit.HOUR, TimeUnit.WORKING_HOUR, TimeUnit.MINUTE)
_A_DAY = Fraction(8)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the clerk may tell the citizen: both limits in words with their ends, for a reception at `received_at`.

    `after_three`: a limit of the same day that ends on the next one, because it is past 15:00 (R6). `paper_by`: until
    when the paper reaches the agency that handles it, None when that is the desk's own (R4).
    """

    received_at: datetime
    committed: str
    due_at: datetime | None
    legal: str
    legal_due_at: datetime | None
    after_three: bool = False
    paper_by: datetime | None = None


def promise(found: Offer, received_at: datetime, *, elsewhere: bool) -> Promise:
    """Return what would be promised. `elsewhere`: another agency than the desk's handles it."""
    shown = limit_words(found.committed), limit_words(found.legal)
    try:
        due, legal = found.due(found.committed, received_at), found.due(found.legal, received_at)
    except BadInput:
        return Promise(received_at, shown[0], None, shown[1], None)
    same_day = found.committed is not None and found.committed.unit is TimeUnit.SAME_WORKING_DAY
    later = due is not None and due.at.date() > timezone.localdate(received_at)
    paper = handing_on(timezone.localtime(received_at), found.calendar, paper=True).paper if elsewhere else None
    return Promise(
        received_at,
        shown[0],
        due.at if due else None,
        shown[1],
        legal.at if legal else None,
        after_three=same_day and later and found.calendar.is_workday(timezone.localdate(received_at)),
        paper_by=paper.until if paper else None,
    )


def case_in(said: str | None, found: Offer) -> int | None:
    """Return the case that a form says; the only one where there is no choice, None where none was chosen yet."""
    if found.written is None or len(found.written.variants) < 2:
        return 0
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 5 else None


def on_the_spot(limit: Limit | None) -> bool:
    """Return whether such a matter may be done while the citizen waits: within the day, or without limit (R5, R6)."""
    if limit is None or limit.unit is TimeUnit.SAME_WORKING_DAY:
        return True
    if limit.unit in _HOURS:
        return limit.unit is TimeUnit.MINUTE or limit.amount <= _A_DAY
    return limit.unit is TimeUnit.WORKING_DAY and limit.amount <= 1


def chosen_agency(request: HttpRequest, service: PublicService, own: Agency) -> tuple[Agency | None, list[Agency]]:
    """Return the agency that is to handle it (`giai-quyet` in the address, else the first), and all that may."""
    agencies = handling_agencies(service, own, timezone.localdate(actor_of(request).at))
    named = [one for one in agencies if one.key == request.GET.get("giai-quyet", "")]
    return next(iter([*named, *agencies]), None), agencies


@reads(Permission.RECEIVE_DOSSIER)
def reception_promise(request: HttpRequest, service: str) -> HttpResponse:
    """Show what would be promised for the moment that the form says (`received_at`, empty: now)."""
    actor = actor_of(request)
    one = find(PublicService.objects.visible_to(actor), key=service)
    desk = desk_of(request, actor)
    agency, _agencies = chosen_agency(request, one, desk.agency)
    try:
        moment = MomentField(required=False).clean(request.GET.get("received_at", "")) or actor.at
    except ValidationError:
        moment = actor.at
    shown = None
    if agency is not None:
        found = offer(agency, one, timezone.localdate(moment), desk.shop)
        found = found.of_case(case_in(request.GET.get("variant"), found))
        shown = promise(found, moment, elsewhere=agency.pk != desk.agency.pk)
    return render(request, "agency/reception/promise.html", {"promise": shown})
