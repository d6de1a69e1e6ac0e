"""The quality system of an agency: stage, declaration, scope, members, who is responsible, history."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.kernel.transitions import moves_open_to
from chuan.organisations.agencies.lifecycle import MOVES, STATES
from chuan.organisations.agencies.models import Agency, Membership, QualitySystem
from chuan.organisations.agencies.queries import system_of
from chuan.organisations.people.models import Position
from chuan.organisations.people.queries import on_day
from chuan.rules.authority import Permission, Role
from chuan.web.staff.holders import with_holders

RESPONSIBLE = (Role.HEAD, Role.ISO_SECRETARY)
STAGES = ("not_started", "building", "applying", "confirmed_effective", "declared")
_PUBLIC = "which agencies apply a system is public; the agency of the page was checked"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage on the way to the declaration, as the page draws it."""

    word: Promise
    shape: str


@reads(Permission.SEE_ORGANISATION)
def quality_system(request: HttpRequest, key: str) -> HttpResponse:
    """Show the quality system that the agency `key` owns or applies, or how to begin one."""
    actor = actor_of(request)
    agency = find(Agency.objects.visible_to(actor), key=key)
    today = timezone.localdate(actor.at)
    system = system_of(agency, today)
    context: dict[str, object] = {
        "agency": agency,
        "system": system,
        "may_found": system is None and actor.may(Permission.MANAGE_QUALITY_SYSTEM, agency),
        "responsible": with_holders(responsible(agency, today), actor),
    }
    if system is not None:
        context |= _of_system(system, agency, actor)
    return render(request, "staff/systems/system.html", context)


def _of_system(system: QualitySystem, agency: Agency, actor: Actor) -> dict[str, object]:
    members = Membership.objects.everywhere(reason=_PUBLIC).filter(quality_system=system)
    own = system.owner_id == agency.pk
    open_moves = moves_open_to(system, agency=system.owner, actor=actor)
    return {
        "own": own,
        "stages": stages(system),
        "members": members.select_related("agency").order_by("until_on", "agency__search_text"),
        "history": [(STATES[made.target], made) for made in system.moves.order_by("-at", "-id")],
        "moves": [(MOVES[one.name], one.name, one.target in STAGES) for one in open_moves],
        "may_change": own and actor.may(Permission.MANAGE_QUALITY_SYSTEM, agency),
    }


def stages(system: QualitySystem) -> list[Stage]:
    """Return the stages up to the declaration: those behind, the one at hand, those ahead; none for other states."""
    reached = "declared" if system.state == "redeclaration_due" else system.state
    if reached not in STAGES:
        return []
    here = STAGES.index(reached)
    shapes = ["done"] * here + ["done" if reached == "declared" else "doing"] + ["todo"] * (len(STAGES) - here - 1)
    return [Stage(STATES[name], shape) for name, shape in zip(STAGES[1:], shapes[1:], strict=True)]


def responsible(agency: Agency, day: date) -> "QuerySet[Position]":
    """Return the positions of `agency` that lead its quality system or keep it on `day`."""
    rows = Position.objects.within(agency).filter(
        on_day(day, "roles__"), roles__role__in=[role.value for role in RESPONSIBLE], closed_on__isnull=True
    )
    return rows.select_related("unit").distinct().order_by("code")
