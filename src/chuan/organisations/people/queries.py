"""Reads: who holds what on a day, and what an account may therefore do."""

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from chuan.kernel.actor import Actor, Duty, nobody
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.models import Account, Delegation, Holding, Person, Position, RoleAssignment
from chuan.rules.authority import Role

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_WHO_ACTS = "who acts is established before anything can be scoped"


def on_day(day: date) -> Q:
    """Return the condition that a range from_on–until_on includes `day`."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gte=day))


def holders_on(position: Position, day: date) -> list[Person]:
    """Return who carries the duties of `position` on `day`: its holders, then those who stand in for one of them."""
    holdings = Holding.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day), position=position)
    delegations = Delegation.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day), holding__in=holdings)
    people = [holding.person for holding in holdings.select_related("person")]
    people += [delegation.to for delegation in delegations.select_related("to")]
    return list(dict.fromkeys(people))


def unheld(agency: Agency, day: date) -> QuerySet[Position]:
    """Return the positions of `agency` whose duties nobody carries on `day`: they must be filled or closed."""
    held = Holding.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day)).values("position_id")
    open_ones = Position.objects.within(agency).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    return open_ones.exclude(pk__in=held)


def actor_for(account: Account | None, at: datetime) -> Actor:
    """Return the actor that `account` is at the moment `at` (three queries); nobody for None or a closed account."""
    if account is None or not account.is_active:
        return nobody(at)
    day = at.astimezone(_HERE).date()
    person = Person.objects.everywhere(reason=_WHO_ACTS).get(pk=account.person_id)
    return Actor(
        account_id=account.pk,
        ref=account.ref,
        name=person.full_name,
        at=at,
        duties=_duties(person, day),
        person_id=person.pk,
    )


def _duties(person: Person, day: date) -> tuple[Duty, ...]:
    holdings = Holding.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day))
    stood_in = Delegation.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day), to=person).values("holding_id")
    held = list(
        holdings.filter(Q(person=person) | Q(pk__in=stood_in))
        .filter(Q(position__closed_on__isnull=True) | Q(position__closed_on__gt=day))
        .select_related("position__agency", "person")
        .order_by("position__code", "pk")
    )
    roles = _roles({holding.position_id for holding in held}, day)
    return tuple(
        Duty(
            position_id=holding.position_id,
            title=holding.position.title,
            agency_id=holding.position.agency_id,
            province_id=holding.position.agency.province_id,
            roles=roles[holding.position_id],
            in_place_of="" if holding.person_id == person.pk else holding.person.full_name,
        )
        for holding in held
    )


def _roles(positions: set[int], day: date) -> dict[int, frozenset[Role]]:
    found: dict[int, frozenset[Role]] = defaultdict(frozenset)
    rows = RoleAssignment.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day), position_id__in=positions)
    for position_id, role in rows.values_list("position_id", "role"):
        found[position_id] |= {Role(role)}
    return found


def has_accounts() -> bool:
    """Return whether anybody could ever sign in: an installation without accounts has not begun."""
    return Account.objects.exists()
