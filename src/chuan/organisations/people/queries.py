"""Reads: who holds what on a day, and what an account may therefore do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from weakref import WeakSet
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import FilteredRelation, Q, QuerySet

from chuan.kernel.actor import Actor, Duty, nobody
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.models import Account, Delegation, Holding, Person, Position
from chuan.rules.authority import Role

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_HELD = (
    "pk",
    "person_id",
    "person__full_name",
    "position_id",
    "position__title",
    "position__agency_id",
    "position__agency__key",
    "position__agency__name",
    "position__agency__parent__name",
    "position__agency__province_id",
    "carried__role",
)
_SOMEBODY, _SOME_DAY = -1, date(1, 1, 1)
_WHO_ACTS = "who acts is established before anything can be scoped"
_prepared: WeakSet[object] = WeakSet()  # the PostgreSQL connections that know the statement of `_held`


def on_day(day: date, path: str = "") -> Q:
    """Return the condition that a range from_on–until_on includes `day`; `path` ("position__roles__") leads to it."""
    ended = Q(**{f"{path}until_on__isnull": True}) | Q(**{f"{path}until_on__gte": day})
    return Q(**{f"{path}from_on__lte": day}) & ended


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
    """Return the actor that `account` is at the moment `at`; nobody for None or a closed account.

    Asked anew at every request: what was taken away a second ago is gone. One query; a second one finds the name of
    who holds nothing himself.
    """
    if account is None or not account.is_active:
        return nobody(at)
    rows = _held(account.person_id, at.astimezone(_HERE).date())
    own = next((row["person__full_name"] for row in rows if row["person_id"] == account.person_id), None)
    return Actor(
        account_id=account.pk,
        ref=account.ref,
        name=own if own is not None else _name(account.person_id),
        at=at,
        duties=_duties(rows, account.person_id),
        person_id=account.person_id,
    )


def _name(person_id: int) -> str:
    rows = Person.objects.everywhere(reason=_WHO_ACTS)
    return rows.values_list("full_name", flat=True).get(pk=person_id)


def _held(person_id: int, day: date) -> Sequence[Mapping[str, Any]]:
    """Return what the person holds on `day`, himself or for another: a row per role of each holding, at least one."""
    statement, known = _statement(connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _prepare(cursor, statement, known)
            cursor.execute("EXECUTE who_acts (%s, %s)", [person_id, day])
        else:
            values = {"person": person_id, "day": connection.ops.adapt_datefield_value(day)}
            cursor.execute(statement, [values[name] for name in known])
        return [dict(zip(_HELD, row, strict=True)) for row in cursor.fetchall()]


def _prepare(cursor: CursorWrapper, statement: str, known: Sequence[str]) -> None:
    """Have PostgreSQL plan the statement once for each connection: to plan its joins costs eight times what they do."""
    if connection.connection not in _prepared:
        numbered = statement % tuple({"person": "$1", "day": "$2"}[name] for name in known)
        cursor.execute(f"PREPARE who_acts (bigint, date) AS {numbered}")
        _prepared.add(connection.connection)


@cache
def _statement(_vendor: str) -> tuple[str, tuple[str, ...]]:
    """Return the SQL of `_holdings` and what its parameters are: every request needs it, so it is made only once."""
    statement, parameters = _holdings(_SOMEBODY, _SOME_DAY).query.sql_with_params()
    return statement, tuple("person" if value == _SOMEBODY else "day" for value in parameters)


def _holdings(person_id: int, day: date) -> "QuerySet[Any, Any]":
    own = Holding.objects.everywhere(reason=_WHO_ACTS).filter(person=person_id).order_by().values("pk")
    stood_in = Delegation.objects.everywhere(reason=_WHO_ACTS).filter(on_day(day), to=person_id).order_by()
    either = own.union(stood_in.values("holding_id"))  # each by its index; with OR every holding would be looked at
    roles_of_the_day = FilteredRelation("position__roles", condition=on_day(day, "position__roles__"))
    rows: QuerySet[Any, Any] = (
        Holding.objects.everywhere(reason=_WHO_ACTS)
        .filter(on_day(day), pk__in=either)
        .filter(Q(position__closed_on__isnull=True) | Q(position__closed_on__gt=day))
        .annotate(carried=roles_of_the_day)
    )
    return rows.order_by("position__code", "pk").values(*_HELD)


def _duties(rows: Iterable[Mapping[str, Any]], person_id: int) -> tuple[Duty, ...]:
    by_holding = {pk: list(of_holding) for pk, of_holding in groupby(rows, key=itemgetter("pk"))}
    return tuple(_duty(of_holding, person_id) for of_holding in by_holding.values())


def _duty(rows: Sequence[Mapping[str, Any]], person_id: int) -> Duty:
    held = rows[0]
    return Duty(
        position_id=held["position_id"],
        title=held["position__title"],
        agency_id=held["position__agency_id"],
        province_id=held["position__agency__province_id"],
        roles=frozenset(Role(row["carried__role"]) for row in rows if row["carried__role"] is not None),
        in_place_of="" if held["person_id"] == person_id else held["person__full_name"],
        agency_key=held["position__agency__key"],
        agency_name=held["position__agency__name"],
        over_agency=held["position__agency__parent__name"] or "",
    )


def has_accounts() -> bool:
    """Return whether anybody could ever sign in: an installation without accounts has not begun."""
    return Account.objects.exists()
