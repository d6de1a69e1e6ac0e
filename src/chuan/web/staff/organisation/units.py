"""Units inside an agency: a new one, its correction, its end and the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.models import Agency, Unit
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page, say
from chuan.web.staff.forms import LastDayForm
from chuan.web.staff.organisation.forms import UnitChangeForm, UnitForm


@writes(Permission.MANAGE_PEOPLE)
def add_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Add a unit to the agency `key`."""
    actor = actor_of(request)
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.MANAGE_PEOPLE, agency)
    form = UnitForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.add_unit(Unit(agency=agency, **form.cleaned_data), by=actor, at=actor.at),
        title=_("Thêm đơn vị vào %(agency)s") % {"agency": agency.name},
        verb=_("Thêm đơn vị"),
        back=reverse("agency", args=[agency.key]),
        said=_("Đã thêm đơn vị."),
    )


@writes(Permission.MANAGE_PEOPLE)
def change_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Rename the unit `key` or correct its kind."""
    actor = actor_of(request)
    unit = _managed(actor, key)
    now = {"name": unit.name, "kind": unit.kind}
    form = UnitChangeForm(request.POST if request.method == "POST" else None, initial=now)
    return form_page(
        request,
        form,
        lambda: actions.change_unit(unit, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Sửa %(agency)s") % {"agency": unit.name},
        verb=_("Ghi lại"),
        back=reverse("agency", args=[unit.agency.key]),
        said=_("Đã sửa."),
    )


@writes(Permission.MANAGE_PEOPLE)
def close_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Let the unit `key` end with a day."""
    actor = actor_of(request)
    unit = _managed(actor, key)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.close_unit(unit, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Cho %(unit)s ngừng hoạt động") % {"unit": unit.name},
        verb=_("Ghi ngày ngừng"),
        back=reverse("agency", args=[unit.agency.key]),
        said=_("Đã ghi ngày ngừng hoạt động."),
    )


@writes(Permission.MANAGE_PEOPLE)
@require_POST
def reopen_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Take the closing of the unit `key` back."""
    actor = actor_of(request)
    unit = _managed(actor, key)
    actions.reopen_unit(unit, by=actor, at=actor.at)
    say(request, _("Đơn vị hoạt động trở lại."))
    return redirect("agency", key=unit.agency.key)


def _managed(actor: Actor, key: str) -> Unit:
    unit = find(Unit.objects.visible_to(actor).select_related("agency"), key=key)
    require(actor, Permission.MANAGE_PEOPLE, unit.agency)
    return unit
