"""Agencies that end: the last day after what is still open was looked at, and the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.models import Succession
from chuan.rules.authority import Permission
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done
from chuan.web.staff.forms import LastDayForm
from chuan.web.staff.organisation.changing import managed
from chuan.web.staff.organisation.open_matters import open_matters


@writes(Permission.MANAGE_ORGANISATION)
def close_agency(request: HttpRequest, key: str) -> HttpResponse:
    """Let the agency `key` end with a day; shows first what is still open in it."""
    actor = actor_of(request)
    agency = managed(actor, key)
    form = LastDayForm(request.POST if request.method == "POST" else None)

    def act() -> object:
        return actions.close_agency(agency, **form.cleaned_data, by=actor, at=actor.at)

    if done(form, act):
        say(request, _("Đã ghi ngày ngừng hoạt động."), undo=reverse("reopen_agency", args=[key]))
        return redirect("agency", key=key)
    matters = open_matters(agency, timezone.localdate(actor.at))
    return ask(request, form, "staff/organisation/close.html", agency=agency, matters=matters)


@writes(Permission.MANAGE_ORGANISATION)
@require_POST
def reopen_agency(request: HttpRequest, key: str) -> HttpResponse:
    """Take the closing of the agency `key` back."""
    actor = actor_of(request)
    actions.reopen_agency(managed(actor, key), by=actor, at=actor.at)
    say(request, _("Cơ quan hoạt động trở lại."))
    return redirect("agency", key=key)


@writes(Permission.MANAGE_ORGANISATION)
@require_POST
def undo_succession(request: HttpRequest, key: str) -> HttpResponse:
    """Remove the succession `key`, written down by mistake."""
    actor = actor_of(request)
    rows = Succession.objects.visible_to(actor).select_related("predecessor", "successor")
    succession = find(rows, key=key)
    actions.undo_succession(succession, by=actor, at=actor.at)
    old = succession.predecessor
    works = _("%(agency)s hoạt động như trước.") if old.valid_until is None else _("%(agency)s vẫn ngừng hoạt động.")
    say(request, _("Đã bỏ việc kế thừa.") + " " + works % {"agency": old.name})
    return redirect("agency", key=succession.successor.key)
