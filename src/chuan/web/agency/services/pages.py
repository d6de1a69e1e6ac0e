"""The catalogue of public services: the list, one service, and which agency handles it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.scoping import find
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure
from chuan.quality.procedures.queries import uncovered
from chuan.quality.services import actions
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.quality.services.queries import duties_on, services
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.bare import bare
from chuan.web.agency.procedures.forms import writing_agencies
from chuan.web.agency.procedures.words import limit_words
from chuan.web.kit.acting import form_page
from chuan.web.kit.forms import DayField, offer
from chuan.web.kit.paging import page_of

MOST_PROCEDURES = 100
SHOWN = (
    "key",
    "code",
    "name",
    "field",
    "valid_until",
    "legal_amount",
    "legal_unit",
    "committed_amount",
    "committed_unit",
)


class GiveForm(forms.Form):
    """Which agency handles the service, from when."""

    agency = forms.ChoiceField(label=gettext_lazy("Cơ quan"))
    from_on = DayField(label=gettext_lazy("Từ ngày"))


@reads(Permission.SEE_ORGANISATION)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the catalogue of the province; for an agency (`giao`), what may be given to it and is not yet."""
    actor = actor_of(request)
    rows = services(actor, words=request.GET.get("q", ""))
    key = request.GET.get("giao", "")
    giving = next((agency for agency in _kept(actor) if agency.key == key), None) if key else None
    if giving is not None:
        given = ServiceDuty.objects.within(giving).filter(until_on__isnull=True)
        rows = rows.filter(valid_until__isnull=True).exclude(pk__in=given.values("service"))
    page = page_of(rows.only(*SHOWN), ("code", "pk"), request.GET.get("sau", ""))
    context = {
        "page": page,
        "rows": [(row, limit_words(row.legal), limit_words(row.committed)) for row in page.rows],
        "may_import": keeper(actor) is not None,
        "giving": giving,
    }
    return render(request, "agency/services/list.html", context)


@reads(Permission.SEE_ORGANISATION)
def service(request: HttpRequest, key: str) -> HttpResponse:
    """Show one public service: limits, parts, who handles it, by which procedures."""
    actor = actor_of(request)
    one = find(PublicService.objects.visible_to(actor).select_related("agency"), key=key)
    duties = duties_on(one, timezone.localdate(actor.at))
    page = page_of(duties, ("agency__search_text", "pk"), request.GET.get("sau", ""))
    procedures = Procedure.objects.visible_to(actor).filter(services=one).select_related("agency")
    context = {
        "service": one,
        "legal": limit_words(one.legal),
        "committed": limit_words(one.committed),
        "page": page,
        "duties": [(duty, actor.may(Permission.MANAGE_SERVICES, duty.agency)) for duty in page.rows],
        "without": [(agency, bare(agency, [one], actor)[one.pk]) for agency in _without(one, actor)],
        "procedures": procedures.order_by("agency_id", "code")[:MOST_PROCEDURES],
        "more_procedures": max(0, procedures.count() - MOST_PROCEDURES),
        "may_give": bool(_kept(actor)),
        "sees_agencies": actor.may_somewhere(Permission.SEE_PUBLISHED),
        "may_change": actor.may(Permission.MANAGE_SERVICES, one.agency),
    }
    return render(request, "agency/services/service.html", context)


@writes(Permission.MANAGE_SERVICES)
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Write down that an agency handles the service from a day on."""
    actor = actor_of(request)
    one = find(PublicService.objects.visible_to(actor), key=key)
    kept = {agency.key: agency for agency in _kept(actor)}
    today = timezone.localdate(actor.at)
    asked = request.GET.get("co-quan", "")
    initial = {"from_on": today, "agency": asked}
    form = GiveForm(request.POST if request.method == "POST" else None, initial=initial)
    choices = [(name, agency.name) for name, agency in kept.items()]
    offer(form, "agency", choices if len(choices) == 1 else [("", "—"), *choices])

    def act() -> object:
        agency, from_on = kept[form.cleaned_data["agency"]], form.cleaned_data["from_on"]
        return actions.give_service(one, agency, from_on=from_on, by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Giao %(service)s cho cơ quan") % {"service": one.code},
        verb=_("Giao"),
        back=reverse("coverage", args=[asked]) if asked in kept else reverse("service", args=[one.key]),
        said=_("Đã giao. Độ phủ của cơ quan tính cả thủ tục này."),
    )


@writes(Permission.MANAGE_SERVICES)
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Let the duty of an agency end today."""
    actor = actor_of(request)
    duty = find(ServiceDuty.objects.visible_to(actor).select_related("agency", "service"), key=key)
    actions.take_service_back(duty, last_day=timezone.localdate(actor.at), by=actor, at=actor.at)
    messages.success(request, _("Đã thôi giao từ ngày mai."))
    return redirect("service", key=duty.service.key)


def keeper(actor: Actor) -> Agency | None:
    """Return the agency that keeps the catalogue of the actor's province, when he may write in it."""
    rows = Agency.objects.everywhere(reason="the permission is checked in the next line")
    for agency in rows.filter(kind=AgencyKind.PROVINCE, province__in=actor.provinces, valid_until__isnull=True):
        if actor.may(Permission.MANAGE_SERVICES, agency):
            return agency
    return None


def _without(one: PublicService, actor: Actor) -> list[Agency]:
    """Return the agencies in which the actor writes that handle the service and have no procedure in force for it."""
    today = timezone.localdate(actor.at)
    return [agency for agency in writing_agencies(actor) if uncovered(agency, today).filter(pk=one.pk).exists()]


def _kept(actor: Actor) -> list[Agency]:
    """Return the agencies whose services the actor may set."""
    agencies = Agency.objects.visible_to(actor).filter(valid_until__isnull=True).order_by("search_text")
    return [agency for agency in agencies if actor.may(Permission.MANAGE_SERVICES, agency)]
