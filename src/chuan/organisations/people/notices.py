"""Telling people something: every other room says whom and what; here stands how an account is reached."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from chuan.notices.actions import notify
from chuan.notices.kinds import KINDS
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.models import Account, Delegation, Holding
from chuan.organisations.people.queries import on_day
from chuan.rules.authority import Permission, Reach, Role, permissions


def tell(
    accounts: Iterable[Account],
    kind: str,
    *,
    event: str,
    about: str = "",
    at: datetime,
    text: str = "",
    query: str = "",
) -> None:
    """Tell the open ones of `accounts`, in the transaction around and once for each `event`.

    It leads to the page of the kind: that of `about` (a key), with `query` ("?lan=2").
    """
    known = {one for one in accounts if one.is_active}
    if known:
        link = reverse(KINDS[kind].page, args=[about] if about else []) + query
        to = {one.ref: one.person.email for one in sorted(known, key=str)}
        notify(kind=kind, to=to, key=f"{kind}:{event}", at=at, text=text, link=link)


def accounts_with(agency: Agency, *wanted: Permission, day: date) -> QuerySet[Account]:
    """Return the accounts of who carries all of `wanted` in `agency` on `day` by one position, or stands in for it."""
    giving = [role.value for role in Role if permissions([role], Reach.AGENCY).issuperset(wanted)]
    carried = Q(position__roles__role__in=giving) & on_day(day, "position__roles__")  # of one and the same role
    return _carrying(agency, Holding.objects.within(agency).filter(on_day(day), carried), day)


def accounts_in(position: int, agency: Agency, *, day: date) -> QuerySet[Account]:
    """Return the accounts of who carries the duties of the position with this number of `agency` on `day`."""
    return _carrying(agency, Holding.objects.within(agency).filter(on_day(day), position=position), day)


def _carrying(agency: Agency, held: QuerySet[Holding], day: date) -> QuerySet[Account]:
    instead = Delegation.objects.within(agency).filter(on_day(day), holding__in=held.values("pk"))
    either = Q(person__in=held.values("person")) | Q(person__in=instead.values("to"))
    return Account.objects.filter(either, is_active=True).select_related("person")
