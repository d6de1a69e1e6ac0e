"""What is not received: form 02 or 03 is handed over. No dossier is made and nobody's name is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find
from chuan.quality.dossiers.papers import numbering_of, turned_away
from chuan.quality.dossiers.receiving import turn_away as record_turning_away
from chuan.quality.models import PublicService
from chuan.rules.authority import Permission
from chuan.web.agency.reception.desk import desk_of
from chuan.web.agency.reception.forms import TurnAwayForm, typed_components
from chuan.web.agency.reception.papers import size_of, written
from chuan.web.agency.reception.receiving import PREFIX
from chuan.web.kit.acting import UNPROCESSABLE

WRITE = "in"
_OUR_OWN = ("lam", "csrfmiddlewaretoken")


@writes(Permission.RECEIVE_DOSSIER)
def turn_away(request: HttpRequest, service: str) -> HttpResponse:
    """Show what the slip will say, begun with what the form of reception had not ticked; hand the slip out as PDF.

    What was typed there is carried along, so that the way back loses nothing.
    """
    actor = actor_of(request)
    one = find(PublicService.objects.visible_to(actor), key=service)
    desk = desk_of(request, actor)
    writing = request.POST.get("lam") == WRITE
    form = TurnAwayForm(request.POST) if writing else TurnAwayForm(initial=_begun(request, one))
    if writing and form.is_valid():
        told = form.cleaned_data
        record_turning_away(desk.agency, one, told["kind"], by=actor, at=actor.at)
        content = turned_away(
            told["kind"],
            desk.agency,
            desk.shop,
            request=told["request"],
            items=form.lines,
            reason=told["reason"],
            applicant=told["applicant"],
            by=actor.name,
            on=timezone.localdate(actor.at),
        )
        return written(content, numbering_of(desk.shop), "pdf", told["kind"].replace("_", "-"), size_of(request))
    kept = [(name, said) for name, said in request.POST.items() if name not in form.fields and name not in _OUR_OWN]
    elsewhere = request.GET.get("giai-quyet", "")
    context: dict[str, Any] = {"form": form, "one": one, "query": desk.query(), "kept": kept}
    context["address"] = desk.query(**{"giai-quyet": elsewhere})
    return render(request, "agency/reception/turn_away.html", context, status=UNPROCESSABLE if writing else 200)


def _begun(request: HttpRequest, one: PublicService) -> dict[str, Any]:
    """Return with what the form begins: the components that were not ticked, the name that was typed."""
    rows = typed_components(request.POST, PREFIX)
    lacking = [row["name"] for row in rows if row["name"] and row["needed"] == "True" and not row["given"]]
    return {
        "kind": "supplement_request",
        "items": "\n".join(lacking),
        "request": request.POST.get("request", "") or one.name[:500],
        "applicant": request.POST.get("name", ""),
    }
