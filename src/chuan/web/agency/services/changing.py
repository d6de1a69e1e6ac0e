"""Public services by hand: a new one, its correction, its repeal and the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import find, require
from chuan.quality.models import Procedure
from chuan.quality.services import actions
from chuan.quality.services.models import PublicService
from chuan.quality.services.queries import duties_on
from chuan.rules.authority import Permission
from chuan.web.agency.services.forms import RepealForm, ServiceForm, as_it_is
from chuan.web.agency.services.pages import keeper
from chuan.web.kit.acting import ask, form_page, say
from chuan.web.kit.forms import done

_FIGURES_ONLY = "how many procedures serve a service; their matter is not shown"


@writes(Permission.MANAGE_SERVICES)
def add_service(request: HttpRequest) -> HttpResponse:
    """Add a service to the catalogue of the province."""
    actor = actor_of(request)
    catalogue = keeper(actor)
    if catalogue is None:
        raise NotAllowed
    form = ServiceForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.add_service(PublicService(agency=catalogue, **form.facts()), by=actor, at=actor.at),
        title=_("Thêm thủ tục vào danh mục"),
        verb=_("Thêm thủ tục"),
        back=reverse("services"),
        said=_("Đã thêm thủ tục. Giao cho cơ quan ở trang của thủ tục."),
    )


@writes(Permission.MANAGE_SERVICES)
def change_service(request: HttpRequest, key: str) -> HttpResponse:
    """Correct the service `key`; says how many procedures are to be looked over."""
    actor = actor_of(request)
    service = _kept(actor, key)
    form = ServiceForm(request.POST if request.method == "POST" else None, initial=as_it_is(service))
    serving = _serving(service)
    look_over = ngettext(
        "Đã sửa. %(count)d quy trình đang hiệu lực phục vụ thủ tục này: cần rà soát.",
        "Đã sửa. %(count)d quy trình đang hiệu lực phục vụ thủ tục này: cần rà soát.",
        serving,
    )
    return form_page(
        request,
        form,
        lambda: actions.change_service(service, **form.facts(), by=actor, at=actor.at),
        title=_("Sửa thủ tục %(code)s") % {"code": service.code},
        verb=_("Ghi lại"),
        back=reverse("service", args=[key]),
        said=look_over % {"count": serving} if serving else _("Đã sửa."),
    )


@writes(Permission.MANAGE_SERVICES)
def repeal_service(request: HttpRequest, key: str) -> HttpResponse:
    """Let the service `key` end by a decision; shows first what depends on it."""
    actor = actor_of(request)
    service = _kept(actor, key)
    form = RepealForm(request.POST if request.method == "POST" else None)

    def act() -> object:
        return actions.repeal_service(service, **form.cleaned_data, by=actor, at=actor.at)

    if done(form, act):
        say(request, _("Đã ghi việc bãi bỏ."), undo=reverse("restore_service", args=[key]))
        return redirect("service", key=key)
    handling = duties_on(service, timezone.localdate(actor.at)).count()
    serving = _serving(service)
    return ask(request, form, "agency/services/repeal.html", service=service, serving=serving, handling=handling)


@writes(Permission.MANAGE_SERVICES)
@require_POST
def restore_service(request: HttpRequest, key: str) -> HttpResponse:
    """Take the repeal of the service `key` back."""
    actor = actor_of(request)
    actions.restore_service(_kept(actor, key), by=actor, at=actor.at)
    say(request, _("Thủ tục có hiệu lực trở lại; các cơ quan lại được giao như trước."))
    return redirect("service", key=key)


def _kept(actor: Actor, key: str) -> PublicService:
    service = find(PublicService.objects.visible_to(actor).select_related("agency"), key=key)
    require(actor, Permission.MANAGE_SERVICES, service.agency)
    return service


def _serving(service: PublicService) -> int:
    rows = Procedure.objects.everywhere(reason=_FIGURES_ONLY)
    return rows.filter(in_force=True, services=service).count()
