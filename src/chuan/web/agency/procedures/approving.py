"""Tách soạn và duyệt: four eyes for procedures, and the dated exceptions of an agency that has one officer for both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import find, require
from chuan.organisations.models import Agency
from chuan.quality.procedures.four_eyes import (
    allow_self_approval,
    allowed_on,
    end_self_approval,
    holdings_with,
    may_lift,
    self_approvals,
)
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.forms import SelfApprovalForm
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done


@writes(Permission.SEE_ORGANISATION)
def four_eyes(request: HttpRequest, key: str) -> HttpResponse:
    """Show whether the agency lets who writes approve, since when and why; take a new exception from who may lift."""
    actor = actor_of(request)
    agency, today = _agency(actor, key), timezone.localdate(actor.at)
    lifts = may_lift(actor, agency)
    form = SelfApprovalForm(request.POST or None, initial={"from_on": today})

    def act() -> object:
        return allow_self_approval(agency, **form.cleaned_data, by=actor, at=actor.at)

    if form.is_bound and not lifts:
        raise NotAllowed
    if done(form, act):
        say(request, _("Đã ghi. Trong thời gian ấy người soạn được tự phê duyệt; nhật ký giữ lý do."))
        return redirect("four_eyes", key=agency.key)
    rows = self_approvals(agency)
    context = {
        "agency": agency,
        "lifts": lifts,
        "rows": rows,
        "allowed": rows.filter(allowed_on(today)).first(),
        "approvers": holdings_with(agency, Permission.APPROVE_PROCEDURE, today),
    }
    return ask(request, form, "agency/procedures/four_eyes.html", **context)


@writes(Permission.SEE_ORGANISATION)
@require_POST
def ask_again(request: HttpRequest, key: str) -> HttpResponse:
    """End the exceptions of the agency: four eyes again from now."""
    actor = actor_of(request)
    agency, today = _agency(actor, key), timezone.localdate(actor.at)
    for row in self_approvals(agency).filter(allowed_on(today)).select_related("agency"):
        end_self_approval(row, by=actor, at=actor.at)
    say(request, _("Từ bây giờ người soạn không tự phê duyệt."))
    return redirect("four_eyes", key=agency.key)


def _agency(actor: Actor, key: str) -> Agency:
    """Return the agency for who keeps its quality system or may lift the separation. Raises NotYours, NotAllowed."""
    agency = find(Agency.objects.visible_to(actor), key=key)
    if not may_lift(actor, agency):
        require(actor, Permission.MANAGE_QUALITY_SYSTEM, agency)
    return agency
