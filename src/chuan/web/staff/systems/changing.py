"""Founding a quality system and changing what it is."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.models import Agency, QualitySystem
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page
from chuan.web.staff.systems.forms import SystemForm


@writes(Permission.MANAGE_QUALITY_SYSTEM)
def found_system(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the quality system of the agency `key`."""
    actor = actor_of(request)
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.MANAGE_QUALITY_SYSTEM, agency)
    begun = {
        "name": _("Hệ thống quản lý chất lượng %(agency)s") % {"agency": agency.name},
        "standard": QualitySystem().standard,
        "scope_note": _("Mọi hoạt động giải quyết thủ tục hành chính thuộc thẩm quyền của cơ quan."),
    }
    form = SystemForm(request.POST if request.method == "POST" else None, initial=begun)

    def act() -> object:
        return actions.found_quality_system(QualitySystem(owner=agency, **form.cleaned_data), by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Lập hệ thống quản lý chất lượng"),
        verb=_("Lập hệ thống"),
        back=reverse("quality_system", args=[agency.key]),
        said=_("Đã lập hệ thống. Bước tiếp theo: bắt đầu xây dựng."),
    )


@writes(Permission.MANAGE_QUALITY_SYSTEM)
def change_system(request: HttpRequest, key: str) -> HttpResponse:
    """Change name, edition or scope of the system `key`."""
    actor = actor_of(request)
    system = kept_system(actor, key)
    now = {"name": system.name, "standard": system.standard, "scope_note": system.scope_note}
    form = SystemForm(request.POST if request.method == "POST" else None, initial=now)
    if system.state == "declared":
        form.fields["scope_note"].help_text = _("Hệ thống đã công bố: đổi phạm vi hoặc phiên bản thì phải công bố lại.")
    return form_page(
        request,
        form,
        lambda: actions.change_quality_system(system, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Sửa hệ thống quản lý chất lượng"),
        verb=_("Ghi lại"),
        back=reverse("quality_system", args=[system.owner.key]),
        said=_("Đã sửa."),
    )


def kept_system(actor: Actor, key: str) -> QualitySystem:
    """Return the system `key` when the actor sees it; refuse who does not manage it."""
    system = find(QualitySystem.objects.visible_to(actor).select_related("owner"), key=key)
    require(actor, Permission.MANAGE_QUALITY_SYSTEM, system.owner)
    return system
