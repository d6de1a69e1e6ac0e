"""The agencies that apply the quality system of another."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.models import Membership
from chuan.organisations.agencies.queries import living_in_province
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page
from chuan.web.staff.forms import LastDayForm
from chuan.web.staff.systems.changing import kept_system
from chuan.web.staff.systems.forms import JoinForm


@writes(Permission.MANAGE_QUALITY_SYSTEM)
def join_system(request: HttpRequest, key: str) -> HttpResponse:
    """Let an agency apply the system `key` from a day on."""
    actor = actor_of(request)
    system = kept_system(actor, key)
    today = timezone.localdate(actor.at)
    offered = {one.key: one for one in living_in_province(system.owner, today).exclude(pk=system.owner_id)}
    data = request.POST if request.method == "POST" else None
    form = JoinForm(data, offered=offered.values(), initial={"from_on": today})

    def act() -> object:
        agency, from_on = offered[form.cleaned_data["agency"]], form.cleaned_data["from_on"]
        return actions.join(system, agency, from_on=from_on, by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Thêm cơ quan cùng áp dụng"),
        verb=_("Thêm"),
        back=reverse("quality_system", args=[system.owner.key]),
        said=_("Đã thêm cơ quan cùng áp dụng hệ thống."),
    )


@writes(Permission.MANAGE_QUALITY_SYSTEM)
def leave_system(request: HttpRequest, key: str) -> HttpResponse:
    """Let the membership `key` end with a day."""
    actor = actor_of(request)
    rows = Membership.objects.everywhere(reason="the owner's right is checked in the next line")
    membership = find(rows.select_related("quality_system__owner", "agency"), key=key)
    require(actor, Permission.MANAGE_QUALITY_SYSTEM, membership.quality_system.owner)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.leave(membership, **form.cleaned_data, by=actor, at=actor.at),
        title=_("%(agency)s thôi áp dụng hệ thống này") % {"agency": membership.agency.name},
        verb=_("Ghi ngày thôi"),
        back=reverse("quality_system", args=[membership.quality_system.owner.key]),
        said=_("Đã ghi ngày thôi áp dụng."),
    )
