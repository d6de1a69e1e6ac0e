"""Which dossiers the queue shows: the same words in the address of the page, of its workbook and behind every number.

`xem` is the scope (of SCOPES), `nhom` the group (of GROUPS), `q` words, `tt` a public service, `vt` a position (its
key, or NOBODY), `cq` an agency, `ngay` the day of the scopes that have one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.dossiers import queries
from chuan.quality.dossiers.models import Dossier
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import DossierState
from chuan.rules.handling.urgency import Urgency

MINE, AGENCY, ASKED, TO_HAND_OUT, ENDED = "", "co-quan", "hoi", "cho-tra", "ket-thuc"
RECEIVED, APOLOGISE, DECIDE = "nhan", "xin-loi", "quyet"
SCOPES = (MINE, AGENCY, ASKED, TO_HAND_OUT, ENDED, RECEIVED, APOLOGISE, DECIDE)
BY_URGENCY = (MINE, AGENCY, DECIDE)
NOBODY = "chua-ro"
GROUPS = {
    "qua-han-luat": Urgency.LATE_BY_LAW,
    "qua-han": Urgency.LATE,
    "buoc-qua-han": Urgency.STEP_LATE,
    "sap-den-han": Urgency.CLOSE,
    "trong-han": Urgency.IN_TIME,
    "cho-cong-dan": Urgency.WAITING,
    "tam-dung": Urgency.PAUSED,
}
GROUP_NAMES = {group: name for name, group in GROUPS.items()}
_ORDERS = {
    TO_HAND_OUT: ("ready_at", "pk"),
    ENDED: ("-ended_at", "-pk"),
    RECEIVED: ("-received_at", "-pk"),
    APOLOGISE: ("due_at", "pk"),
}
_NAMES = {
    "scope": "xem",
    "group": "nhom",
    "words": "q",
    "service": "tt",
    "position": "vt",
    "agency": "cq",
    "day": "ngay",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; "" is everything (but `scope`: MINE)."""

    scope: str = MINE
    group: str = ""
    words: str = ""
    service: str = ""
    position: str = ""
    agency: str = ""
    day: str = ""

    def url(self, page: str = "my_dossiers") -> str:
        """Return the address of the list."""
        said = {name: getattr(self, field) for field, name in _NAMES.items() if getattr(self, field)}
        return f"{reverse(page)}?{urlencode(said)}" if said else reverse(page)

    @property
    def narrowed(self) -> bool:
        """Whether less than the whole scope is asked for."""
        return self != Wanted(scope=self.scope)

    @property
    def order(self) -> tuple[str, ...]:
        """Return the order of the list, which ends unique."""
        return _ORDERS.get(self.scope, ("urgency", "ends", "pk"))

    @property
    def on(self) -> date | None:
        """Return the day, None for none."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None


def wanted(request: HttpRequest) -> Wanted:
    """Return what the address asks for; a scope or group that there is not counts as none."""
    said = Wanted(**{field: request.GET.get(name, "").strip() for field, name in _NAMES.items()})
    if said.scope not in SCOPES:
        said = replace(said, scope=MINE)
    return said if said.group in GROUPS and said.scope in BY_URGENCY else replace(said, group="")


class Queue:
    """The dossiers of one actor, in all scopes, at the moment of the actor; each is a query that was not yet run."""

    def __init__(self, actor: Actor, what: Wanted) -> None:
        self.actor = actor
        self.what = what

    @cached_property
    def agencies(self) -> Sequence[Agency]:
        """The agencies whose dossiers are shown: those the actor serves, or the one that was asked for."""
        own = self.actor.agencies_where(Permission.SEE_AGENCY)
        rows = Agency.objects.everywhere(reason="the agencies that the actor serves").filter(pk__in=own).order_by("pk")
        found = list(rows.only("pk", "key", "name", "code"))
        return [one for one in found if one.key == self.what.agency] or found

    @cached_property
    def soon(self) -> Any:
        """The moment before which a limit is close."""
        return queries.soon_in(self.agencies, self.actor.at)

    def scope(self, name: str) -> QuerySet[Any, Any]:
        """Return the dossiers of a scope (but ASKED, whose rows are parts), before anything else narrows them."""
        rows = queries.handled_by([one.pk for one in self.agencies])
        if name == TO_HAND_OUT:
            return queries.to_hand_out(self.actor)
        if name == APOLOGISE:
            return queries.to_apologise(self.agencies, self.actor.at)
        if name in (ENDED, RECEIVED):
            return self._on_the_day(rows, name)
        rows = queries.open_ones(rows)
        if name == MINE:
            rows = queries.at_hand(rows, self.actor)
        if name == DECIDE:
            rows = to_decide(rows, self.actor)
        return queries.with_urgency(rows, self.actor.at, self.soon)

    def _on_the_day(self, rows: QuerySet[Dossier], name: str) -> QuerySet[Dossier]:
        on, field = self.what.on, "ended_at" if name == ENDED else "received_at"
        if on is None:
            return rows.filter(ended_at__isnull=False) if name == ENDED else rows
        begins, ends = queries.span_of(on)
        return rows.filter(**{f"{field}__gte": begins, f"{field}__lt": ends})

    @cached_property
    def of_any_group(self) -> QuerySet[Any, Any]:
        """The rows that are asked for, of whichever group."""
        what = self.what
        rows = queries.matching(self.scope(what.scope), what.words)
        rows = rows.filter(service__key=what.service) if what.service else rows
        if what.position == NOBODY:
            return rows.filter(holder__isnull=True)
        return rows.filter(holder__key=what.position) if what.position else rows

    @cached_property
    def rows(self) -> QuerySet[Any, Any]:
        """The rows that are asked for."""
        return self.of_any_group.filter(urgency=int(GROUPS[self.what.group])) if self.what.group else self.of_any_group

    def counted(self) -> dict[Urgency, int]:
        """Return how many rows each group has; {} where the scope knows no groups."""
        return queries.counts_by_urgency(self.of_any_group) if self.what.scope in BY_URGENCY else {}


def to_decide(rows: QuerySet[Dossier], actor: Actor) -> QuerySet[Dossier]:
    """Return what lies with a position of the actor by name, with a limit that ends today or ended before."""
    tomorrow = queries.span_of(timezone.localdate(actor.at))[1]
    own = [duty.position_id for duty in actor.duties]
    return rows.filter(holder__in=own, state=DossierState.HANDLING.value, next_due_at__lt=tomorrow)
