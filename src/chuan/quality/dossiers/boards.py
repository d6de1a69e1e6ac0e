"""What a head sees of living dossiers: counts by group, by position and by public service; today; load.

Every number is a count of rows that a list shows; nothing is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from chuan.quality.dossiers.models import DossierAct
from chuan.quality.dossiers.queries import handled_by, span_of
from chuan.rules.handling.acts import ActKind, DossierState
from chuan.rules.handling.urgency import Urgency

OF_THE_BOARD = "acts of agencies that were checked"


@dataclass(slots=True)
class Line:
    """A line of a board: its key in addresses ("" for what is not clear), its words, and how many of each group."""

    key: str
    name: str
    beneath: str
    counts: dict[Urgency, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how many it has."""
        return sum(self.counts.values())


def by_position(rows: QuerySet[Any, Any]) -> list[Line]:
    """Return the open dossiers (`rows`, with_urgency) by who has them, with the unit; one query."""
    return _lines(rows, "holder__key", "holder__title", "holder__unit__name")


def by_service(rows: QuerySet[Any, Any]) -> list[Line]:
    """Return the same by public service; one query."""
    return _lines(rows, "service__key", "service__name", "service__code")


def _lines(rows: QuerySet[Any, Any], key: str, name: str, beneath: str) -> list[Line]:
    counted = rows.order_by().values_list(key, name, beneath, "urgency").annotate(count=Count("pk"))
    found: dict[str, Line] = {}
    for which, word, under, group, count in counted:
        line = found.setdefault(which or "", Line(which or "", word or "", under or ""))
        line.counts[Urgency(group)] = count
    return sorted(found.values(), key=lambda one: (not one.key, one.beneath, one.name, one.key))


@dataclass(frozen=True, slots=True)
class Today:
    """What came and went on a day: received, returned, ended otherwise (refused, stopped, withdrawn)."""

    received: int
    returned: int
    ended: int


def today(agencies: Iterable[int], day: date) -> Today:
    """Return what came and went on `day` in these agencies (checked). One query."""
    begins, ends = span_of(day)
    rows = handled_by(agencies).filter(
        Q(received_at__gte=begins, received_at__lt=ends) | Q(ended_at__gte=begins, ended_at__lt=ends)
    )
    ended = Q(ended_at__gte=begins, ended_at__lt=ends)
    counted = rows.aggregate(
        received=Count("pk", filter=Q(received_at__gte=begins, received_at__lt=ends)),
        returned=Count("pk", filter=ended & Q(state=DossierState.RETURNED.value)),
        ended=Count("pk", filter=ended),
    )
    return Today(counted["received"], counted["returned"], counted["ended"] - counted["returned"])


def steps_done(agencies: Iterable[int], day: date, days: int = 7) -> Mapping[str, int]:
    """Return how many steps each position (by its words) did in the `days` until `day`. One query."""
    ends = span_of(day)[1]
    acts = DossierAct.objects.everywhere(reason=OF_THE_BOARD).filter(
        agency__in=list(agencies),
        kind=ActKind.STEP.value,
        takes_back=0,
        at__gte=ends - timedelta(days=days),
        at__lt=ends,
    )
    return dict(acts.order_by().values_list("position").annotate(count=Count("pk")))
