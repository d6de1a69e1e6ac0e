"""Beginning a procedure from nothing: its name and code; the steps are written in the editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.quality.procedures.actions import start_procedure
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.services.queries import with_code
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.forms import StartForm, writing_agencies
from chuan.web.kit.acting import ask
from chuan.web.kit.forms import done


@writes(Permission.WRITE_PROCEDURE)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a procedure and open its draft."""
    actor = actor_of(request)
    agencies = {agency.key: agency for agency in writing_agencies(actor)}
    form = StartForm(
        request.POST if request.method == "POST" else None,
        agencies=list(agencies.values()),
        initial=_asked_for(request, actor),
    )
    begun: list[ProcedureVersion] = []

    def act() -> None:
        typed = form.cleaned_data
        named = {"name_vi": typed["name"], "procedure_code": typed["code"]}
        content = named | {"tthc_code": typed["service_code"] or None, "variants": []}
        services = with_code(actor, typed["service_code"])
        agency = agencies[typed["agency"]]
        begun.append(
            start_procedure(
                agency=agency, code=typed["code"], content=content, services=services, by=actor, at=actor.at
            )
        )

    if done(form, act):
        return redirect(_editor(begun[0]))
    return ask(request, form, title=_("Soạn quy trình mới"), verb=_("Bắt đầu soạn"), back=reverse("procedures"))


def _asked_for(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """Return what the link that led here named: the agency (`co-quan`) and the public service (`ma`), with its name."""
    code = request.GET.get("ma", "")
    name = next((service.name for service in with_code(actor, code)), "")
    return {"agency": request.GET.get("co-quan", ""), "service_code": code, "name": name}


def _editor(version: ProcedureVersion) -> str:
    try:
        return reverse("edit_draft", args=[version.key])
    except NoReverseMatch:
        return reverse("procedure", args=[version.procedure.key])
