"""Tách soạn và duyệt: four eyes for procedures, and the dated exceptions of an agency that has one officer for both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find, require
from chuan.organisations.models import Agency
from chuan.quality.procedures.four_eyes import allow_self_approval, end_self_approval, self_approvals
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.forms import SelfApprovalForm
from chuan.web.kit.acting import UNPROCESSABLE, say
from chuan.web.kit.forms import done


@writes(Permission.MANAGE_QUALITY_SYSTEM)
def four_eyes(request: HttpRequest, key: str) -> HttpResponse:
    """Show whether the agency lets who writes approve, since when and why; take a new exception."""
    actor = actor_of(request)
    agency, today = _agency(actor, key), timezone.localdate(actor.at)
    form = SelfApprovalForm(request.POST or None, initial={"from_on": today})

    def act() -> object:
        return allow_self_approval(agency, **form.cleaned_data, by=actor, at=actor.at)

    if form.is_bound and form.is_valid() and done(form, act):
        say(request, _("Đã ghi. Trong thời gian ấy người soạn được tự phê duyệt; nhật ký giữ lý do."))
        return redirect("four_eyes", key=agency.key)
    rows = list(self_approvals(agency))
    allowed = [row for row in rows if row.from_on <= today and (row.until_on is None or today <= row.until_on)]
    context = {"agency": agency, "form": form, "rows": rows, "allowed": allowed, "today": today}
    return render(request, "agency/procedures/four_eyes.html", context, status=UNPROCESSABLE if form.errors else 200)


@writes(Permission.MANAGE_QUALITY_SYSTEM)
@require_POST
def ask_again(request: HttpRequest, key: str) -> HttpResponse:
    """End the exceptions of the agency: four eyes again from tomorrow."""
    actor = actor_of(request)
    agency, today = _agency(actor, key), timezone.localdate(actor.at)
    for row in self_approvals(agency):
        if row.until_on is None or row.until_on > today:
            end_self_approval(row, by=actor, at=actor.at)
    say(request, _("Từ ngày mai, người soạn không tự phê duyệt."))
    return redirect("four_eyes", key=agency.key)


def _agency(actor: Actor, key: str) -> Agency:
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.MANAGE_QUALITY_SYSTEM, agency)
    return agency
