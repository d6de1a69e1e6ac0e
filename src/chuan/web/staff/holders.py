"""Positions with those who hold them on a day: three queries for any number of positions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import require
from chuan.organisations.people.access import require_filling
from chuan.organisations.people.models import Delegation, Holding, Person, Position
from chuan.organisations.people.queries import on_day
from chuan.rules.authority import Permission


@dataclass(frozen=True, slots=True)
class Holder:
    """Who carries the duties: by holding the position, or (`until`) standing in for the holder up to that day."""

    name: str
    key: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A position, whether somebody holds it, and who as far as the actor may see people."""

    position: Position
    holders: Sequence[Holder]
    filled: bool


def filled(actor: Actor) -> QuerySet[Holding]:
    """Return the holdings of the actor's day, of every agency: only for whether a position is held, never by whom."""
    rows = Holding.objects.everywhere(reason="that a position is held is organisation; only by whom is about people")
    return rows.filter(on_day(timezone.localdate(actor.at)))


def with_holders(positions: Iterable[Position], actor: Actor) -> list[Held]:
    """Return the positions in their order, each with its holders on the actor's day."""
    rows = list(positions)
    today = timezone.localdate(actor.at)
    keys = [row.pk for row in rows]
    taken = set(filled(actor).filter(position__in=keys).values_list("position_id", flat=True))
    held = Holding.objects.visible_to(actor).filter(on_day(today), position__in=keys).order_by("from_on")
    holdings = list(held.values_list("pk", "position_id", "person__full_name", "person__key"))
    holders: dict[int, list[Holder]] = defaultdict(list)
    for _holding, place, name, key in holdings:
        holders[place].append(Holder(name, key))
    delegations = Delegation.objects.visible_to(actor).filter(on_day(today), holding__in=[one[0] for one in holdings])
    standing_in = delegations.values_list("holding__position_id", "to__full_name", "to__key", "until_on")
    for place, name, key, until in standing_in:
        holders[place].append(Holder(name, key, until))
    return [Held(row, holders[row.pk], row.pk in taken) for row in rows]


@dataclass(frozen=True, slots=True)
class Serving:
    """A person and the positions he holds."""

    person: Person
    positions: Sequence[Position]


def positions_of(people: Iterable[Person], actor: Actor) -> list[Serving]:
    """Return the people in their order, each with the positions held on the actor's day (one query)."""
    rows = list(people)
    held: dict[int, list[Position]] = defaultdict(list)
    holdings = Holding.objects.visible_to(actor).filter(on_day(timezone.localdate(actor.at)), person__in=rows)
    for holding in holdings.select_related("position").order_by("from_on"):
        held[holding.person_id].append(holding.position)
    return [Serving(row, held[row.pk]) for row in rows]


def may_fill(actor: Actor, position: Position) -> bool:
    """Return whether `actor` may say who holds `position`: shows the button; the action asks again."""
    try:
        require(actor, Permission.MANAGE_PEOPLE, position.agency)
        require_filling(actor, position, timezone.localdate(actor.at))
    except NotAllowed:
        return False
    return True
