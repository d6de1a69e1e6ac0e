"""Bước tôi đã làm: an officer's own steps against their dues, beside how much there was to do; for the head too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.organisations.people.models import Account
from chuan.quality.dossiers.timeliness import DAYS, Band, Day, people_with_steps, timeliness
from chuan.rules.authority import Permission

P = Permission
_SHAPES = {Band.EARLY: "done", Band.IN_TIME: "done", Band.LATE: "soon", Band.VERY_LATE: "late", Band.UNTIMED: "todo"}


@dataclass(frozen=True, slots=True)
class Week:
    """A week of somebody's work: its Monday, the days with work, all acts, the steps and how many were late."""

    begins: date
    days: int
    sum: Day

    @property
    def each_day(self) -> int:
        """Return how many acts a day with work had, rounded."""
        return round(self.sum.acts / self.days)


@reads(Permission.SEE_AGENCY)
def my_timeliness(request: HttpRequest) -> HttpResponse:
    """Show the steps of the actor, or, to a head, of somebody (`nguoi`: the account) who did steps for his agency."""
    actor = actor_of(request)
    headed = actor.agencies_where(P.SEE_TIMELINESS)
    people = people_with_steps(headed, timezone.localdate(actor.at) - timedelta(days=DAYS)) if headed else []
    account = _account(request, actor, people)
    mine = account.pk == actor.account_id
    found = timeliness(account, None if mine else headed, actor.at)
    total = found.total
    context: dict[str, Any] = {
        "mine": mine,
        "account": account,
        "people": [one for one in people if one.pk != actor.account_id],
        "found": found,
        "total": total,
        "in_time": total.timed - total.late,
        "bands": [(_SHAPES[band], word, total.bands[band]) for band, word in _words().items()],
        "weeks": _weeks(found.days),
        "loads": _loads(found.days.values()),
        "days": DAYS,
    }
    return render(request, "agency/queue/timeliness.html", context)


def _words() -> Mapping[Band, str]:
    return {
        Band.EARLY: _("Sớm: còn hơn nửa thời gian của bước"),
        Band.IN_TIME: _("Trong hạn của bước"),
        Band.LATE: _("Trễ không quá một ngày làm việc"),
        Band.VERY_LATE: _("Trễ hơn một ngày làm việc"),
        Band.UNTIMED: _("Bước không định thời gian"),
    }


def _account(request: HttpRequest, actor: Actor, people: Sequence[Account]) -> Account:
    """Return whose steps are shown; raise NotYours for who is neither the actor nor under him."""
    name = request.GET.get("nguoi", "")
    if not name:
        return Account.objects.select_related("person").get(pk=actor.account_id or 0)
    known = {one.username: one for one in people}
    if name not in known:
        raise NotYours
    return known[name]


def _weeks(days: Mapping[date, Day]) -> list[Week]:
    """Return the weeks with work, the newest first."""
    found: dict[date, list[Day]] = {}
    for day, one in days.items():
        found.setdefault(day - timedelta(days=day.weekday()), []).append(one)
    return [Week(monday, len(ones), _sum(ones)) for monday, ones in sorted(found.items(), reverse=True)]


def _sum(days: Sequence[Day]) -> Day:
    total = Day()
    for one in days:
        total.acts += one.acts
        total.bands += one.bands
    return total


def _loads(days: Iterable[Day]) -> tuple[int, int] | None:
    """Return how many acts there were on a day with late steps and on one without, on average; None unless both are."""
    late: list[int] = []
    other: list[int] = []
    for one in days:
        (late if one.late else other).append(one.acts)
    return (round(sum(late) / len(late)), round(sum(other) / len(other))) if late and other else None
