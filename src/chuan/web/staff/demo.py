"""Sign-in to a demo with one click: an account of every role. Outside a demo none of this exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from chuan.kernel.effects import ANYONE, writes
from chuan.organisations.people.models import Account, Holding, RoleAssignment
from chuan.organisations.people.queries import on_day
from chuan.rules.authority import Role
from chuan.web.kit.words import role_name, worded

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]
_REASON = "a demo shows its own fictitious accounts before anybody signed in"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to try the demo with, and what one sees as it."""

    username: str
    role: str
    about: str
    person: str
    agency: str


def demo_accounts() -> Sequence[DemoAccount]:
    """Return one account of every role that somebody has, in the order of the authority table; () outside a demo."""
    return [_first(role) for role in Role if _with_role(role).exists()] if settings.DEMO else ()


@writes(ANYONE)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in to the demo as the chosen account."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(Account, username=request.POST.get("account", ""), is_active=True)
    login(request, account, backend=_BACKEND)
    return redirect("home")


def _with_role(role: Role) -> Any:
    today = timezone.localdate()
    carrying = RoleAssignment.objects.everywhere(reason=_REASON).filter(on_day(today), role=role.value)
    holdings = Holding.objects.everywhere(reason=_REASON).filter(
        on_day(today), position__in=carrying.values("position")
    )
    return holdings.filter(person__account__is_active=True).order_by("position__agency_id", "pk")


def _first(role: Role) -> DemoAccount:
    holding = _with_role(role).select_related("person__account", "position__agency").first()
    return DemoAccount(
        username=holding.person.account.username,
        role=role_name(role.value),
        about=worded(role.about),
        person=holding.person.full_name,
        agency=holding.position.agency.name,
    )
