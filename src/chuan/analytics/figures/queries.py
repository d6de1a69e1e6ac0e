"""Reads that sum up dossiers: what feeds the indices, and what was done of the steps of a version week by week.

One grouped query over an index answers for the indices, however many dossiers there are; the steps are read from the
weeks that the judging wrote (StepWeek), never from the dossiers.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from chuan.analytics.figures.periods import EVER, Period
from chuan.analytics.findings.models import StepWeek
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.kernel.actor import Actor
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.rules.one_stop_indices import Levels, Mean, Share, Tally

IN_TIME = ("early", "on_time", "open_in_time")
"""States of dossiers that were, or still are, within the committed limit."""
PACE_OF = {"early": "shorter", "on_time": "equal", "late": "longer"}
_WEEK = timedelta(days=7)
_SUMS = "sums are published, where the actor sees what is published"


@dataclass(slots=True)
class Counted:
    """What there is to count: dossiers by state, the finished ones by pace of their steps and by how often something
    was asked for (of sources that record it), and the working time of the finished ones."""

    states: Counter[str] = field(default_factory=Counter)
    paces: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    finished: int = 0
    worked_seconds: int = 0

    @property
    def dossiers(self) -> int:
        """All of them."""
        return self.states.total()

    @property
    def judged(self) -> int:
        """Those whose time can be judged."""
        return self.dossiers - self.states["not_judged"]

    @property
    def in_time(self) -> int:
        """Those within the committed limit, finished or open."""
        return sum(self.states[state] for state in IN_TIME)

    def tallies(self) -> Mapping[str, Tally]:
        """Return what feeds each index, by the name that the index gives (`Index.fed_by`). Time in working minutes."""
        return {
            "in_time": Share(self.in_time, self.judged),
            "worked": Mean(Fraction(self.worked_seconds, 60), self.finished),
            "total_time": Levels({pace: self.states[state] for state, pace in PACE_OF.items()}),
            "step_time": Levels(self.paces),
            "supplements": Levels(self.asked),
        }


def counted(actor: Actor, period: Period, procedure: Procedure | None = None) -> Counted:
    """Return the counts of the dossiers that `actor` may see, received in `period`, of one procedure or of all."""
    rows = _of(LoggedDossier.objects.visible_to(actor), period, procedure)
    return _by_agency(rows, recording_sources(actor)).get(None, Counted())


def counted_by_agency(agencies: Collection[int], period: Period) -> dict[int | None, Counted]:
    """Return the counts of the dossiers received in `period`, by agency: sums for the province, of `agencies` that the
    caller found by what is published there (facts D1)."""
    rows = LoggedDossier.objects.everywhere(reason=_SUMS).filter(agency__in=agencies)
    sources = LogSource.objects.everywhere(reason=_SUMS).filter(agency__in=agencies)
    return _by_agency(_of(rows, period, None), _recording(sources, _of(rows, EVER, None)), "agency")


def _by_agency(rows: QuerySet[LoggedDossier], recording: frozenset[int], *by: str) -> dict[int | None, Counted]:
    """Return the counts of `rows` by agency when asked to ("agency"), else all under None."""
    groups = rows.order_by().values_list(*by, "source", "state", "pace", "supplements")
    sums = groups.annotate(n=Count("pk"), finished=Count("worked_seconds"), seconds=Sum("worked_seconds"))
    counts: dict[int | None, Counted] = {}
    for *agency, source, state, pace, supplements, dossiers, finished, seconds in sums:
        found = counts.setdefault(agency[0] if agency else None, Counted())
        found.states[state] += dossiers
        found.finished += finished
        found.worked_seconds += seconds or 0
        if pace and finished:
            found.paces[pace] += finished
        if source in recording and finished:
            found.asked["none" if not supplements else "once" if supplements == 1 else "more"] += finished
    return counts


def recording_sources(actor: Actor) -> frozenset[int]:
    """Return the sources that record requests for supplement: of any other, none is not zero.

    Dossiers that are run here record each; another source does when it ever told of one.
    """
    rows = LoggedDossier.objects.visible_to(actor).filter(counted__in=[True])
    return _recording(LogSource.objects.visible_to(actor), rows)


def _recording(sources: QuerySet[LogSource], rows: QuerySet[LoggedDossier]) -> frozenset[int]:
    asked = rows.filter(supplements__gt=0).order_by()
    found = sources.filter(Q(living=True) | Q(pk__in=asked.values("source")))
    return frozenset(found.order_by().values_list("pk", flat=True))


def _of(rows: QuerySet[LoggedDossier], period: Period, procedure: Procedure | None) -> QuerySet[LoggedDossier]:
    rows = rows.filter(counted__in=[True])  # SQLite finds no bare `counted` in an index
    if period.begins_at is not None:
        rows = rows.filter(received_at__gte=period.begins_at)
    if period.ends_at is not None:
        rows = rows.filter(received_at__lt=period.ends_at)
    return rows if procedure is None else rows.filter(procedure=procedure)


def days_received(actor: Actor, procedure: Procedure | None = None) -> tuple[date, date] | None:
    """Return the first and the last day on which a dossier that `actor` may see was received, None without any."""
    rows = _of(LoggedDossier.objects.visible_to(actor), Period(), procedure)
    found = rows.order_by().aggregate(first=Min("received_at"), last=Max("received_at"))
    if found["first"] is None:
        return None
    return timezone.localdate(found["first"]), timezone.localdate(found["last"])


def step_weeks(actor: Actor, version: ProcedureVersion, period: Period) -> list[StepWeek]:
    """Return the weeks of `version` that have a day in `period`, in time order; days outside are still in them."""
    rows = StepWeek.objects.visible_to(actor).filter(version=version)
    if period.first is not None:
        rows = rows.filter(week__gt=period.first - _WEEK)
    if period.last is not None:
        rows = rows.filter(week__lte=period.last)
    return list(rows.order_by("week"))


def days_of_steps(actor: Actor, version: ProcedureVersion) -> tuple[date, date] | None:
    """Return the Mondays of the first and the last week in which a step of `version` was done."""
    rows = StepWeek.objects.visible_to(actor).filter(version=version).order_by()
    found = rows.aggregate(first=Min("week"), last=Max("week"))
    return None if found["first"] is None else (found["first"], found["last"])


def dossiers_of_cell(actor: Actor, version: ProcedureVersion, variant: str, step: str, week: date) -> frozenset[int]:
    """Return the numbers of the dossiers of `version` in which `step` was done in the week that begins on `week`; of
    all variants when none is named."""
    found = StepWeek.objects.visible_to(actor).filter(version=version, week=week).first()
    said = [one for one in (found.content if found else []) if variant in ("", one["variant"])]
    return frozenset(done[0] for one in said if one["step"] == step for done in one["done"])
