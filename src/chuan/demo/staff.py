"""Who acts in an agency of the demo: its own people, found by the roles of their positions or by their user names."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.organisations.models import Account, Agency, Holding
from chuan.organisations.people.queries import actor_for, on_day
from chuan.rules.authority import Role


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who keep the quality system of an agency; not every agency has a deputy for it."""

    head: Actor
    secretary: Actor
    deputy: Actor | None


def staff_of(agency: Agency, at: datetime) -> Staff:
    """Return who keeps the quality system of `agency` at `at`."""
    head, *deputies = _with_role(agency, Role.HEAD, at)
    secretary = _with_role(agency, Role.ISO_SECRETARY, at)[0]
    return Staff(head, secretary, deputies[0] if deputies else None)


def _with_role(agency: Agency, role: Role, at: datetime) -> list[Actor]:
    day = timezone.localdate(at)
    carried = Q(position__roles__role=role) & on_day(day, "position__roles__")
    holdings = Holding.objects.within(agency).filter(on_day(day) & carried, person__account__isnull=False)
    ordered = holdings.select_related("person__account").order_by("position_id")  # as the file lists them: head first
    return [actor_for(one.person.account, at) for one in ordered]


def acting(username: str, at: datetime) -> Actor:
    """Return who has this user name, at `at`."""
    return actor_for(Account.objects.get(username=username), at)
