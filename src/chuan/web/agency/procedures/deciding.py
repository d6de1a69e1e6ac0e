"""The head's decisions on a version: approving it with all that is open on the table, ending what is in force."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.quality.procedures import actions
from chuan.quality.procedures.four_eyes import others_who_may
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.procedures.queries import former
from chuan.quality.procedures.rounds import round_of
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.forms import ApproveForm, WithdrawForm
from chuan.web.agency.procedures.moves import checked, closed_to, has_come, open_points
from chuan.web.kit.acting import form_page


@writes(Permission.APPROVE_PROCEDURE)
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Approve a version: by which decision, from which day; what is still open on it stands above the form."""
    actor = actor_of(request)
    version = checked(actor, key, Permission.APPROVE_PROCEDURE)
    if closed := closed_to(request, version, "approve"):
        return closed
    usual = {"decided_on": timezone.localdate(actor.at), "signed_by": actor.name}
    form = ApproveForm(request.POST if request.method == "POST" else None, initial=usual)
    return form_page(
        request,
        form,
        lambda: _approved(version, form.cleaned_data, actor),
        title=_("Phê duyệt %(name)s") % {"name": version.procedure.name},
        verb=_("Phê duyệt"),
        back=version_url(version),
        said=_("Đã phê duyệt."),
        above="agency/procedures/before_approving.html",
        shown=_on_the_table(version, actor),
    )


def _approved(version: ProcedureVersion, decided: Mapping[str, Any], actor: Actor) -> None:
    """Approve; a day of effect that has come needs no second press of who may press it."""
    with transaction.atomic():
        actions.approve(version, **decided, by=actor, at=actor.at)
        if has_come(version, actor) and actor.may(Permission.ISSUE_PROCEDURE, version.procedure.agency):
            actions.bring_into_force(version, by=actor, at=actor.at)


def _on_the_table(version: ProcedureVersion, actor: Actor) -> dict[str, Any]:
    """Return what the validator still says of the version, who handed it over and looked it through, or may yet."""
    today, done = timezone.localdate(actor.at), round_of(version, actor)
    return open_points(version, actor) | {
        "round": done,
        "reviewers": () if done.reviews else others_who_may(version, Permission.REVIEW_PROCEDURE, today),
    }


@writes(Permission.APPROVE_PROCEDURE)
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """End what is in force, with the reason; the version before it applies again unless that is not wanted."""
    actor = actor_of(request)
    version = checked(actor, key, Permission.APPROVE_PROCEDURE)
    if closed := closed_to(request, version, "withdraw"):
        return closed
    earlier = former(version)
    form = WithdrawForm(request.POST if request.method == "POST" else None, former=earlier)
    return form_page(
        request,
        form,
        lambda: actions.withdraw(version, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Thôi áp dụng %(name)s") % {"name": version.procedure.name},
        verb=_("Thôi áp dụng"),
        back=version_url(version),
        said=_("Đã thôi áp dụng. Lý do đứng ở Lịch sử."),
        above="agency/procedures/before_withdrawing.html",
        shown={"version": version, "former": earlier},
    )
