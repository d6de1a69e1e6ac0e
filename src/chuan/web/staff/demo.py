"""Sign-in to a demo with one click, as any of its people. Outside a demo none of this exists."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from chuan.kernel.effects import ANYONE, writes
from chuan.organisations.people.models import Account, Holding, RoleAssignment
from chuan.organisations.people.queries import on_day
from chuan.web.kit.words import role_name

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]
SHOWN = 40
_REASON = "a demo shows its own fictitious accounts before anybody signed in"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to try the demo with: its position, the roles of the position, its person and agency."""

    username: str
    position: str
    roles: str
    person: str
    agency: str


def demo_accounts() -> Sequence[DemoAccount]:
    """Return the accounts of the demo, agency by agency; () outside a demo. Two queries."""
    if not settings.DEMO:
        return ()
    today = timezone.localdate()
    holdings = Holding.objects.everywhere(reason=_REASON).filter(on_day(today), person__account__is_active=True)
    ordered = holdings.select_related("person__account", "position__agency").order_by("position__agency_id", "pk")
    shown = list(ordered[:SHOWN])
    roles = _roles({holding.position_id for holding in shown}, today)
    return [_account(holding, roles[holding.position_id]) for holding in shown]


@writes(ANYONE)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in to the demo as the chosen account."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(Account, username=request.POST.get("account", ""), is_active=True)
    login(request, account, backend=_BACKEND)
    return redirect("home")


def _roles(positions: set[int], day: date) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    carried = RoleAssignment.objects.everywhere(reason=_REASON).filter(on_day(day), position__in=positions)
    for assignment in carried:
        names[assignment.position_id].append(role_name(assignment.role))
    return names


def _account(holding: Holding, roles: list[str]) -> DemoAccount:
    return DemoAccount(
        username=holding.person.account.username,
        position=holding.position.title,
        roles=", ".join(roles),
        person=holding.person.full_name,
        agency=holding.position.agency.name,
    )
