"""Were the steps that somebody did done in time, and how much was there to do: for help, never for a ranking.

A step is held against its own due as it stood before it was done (`rules.handling.reckoning`), on the calendar of its
dossier; what was taken back is no step done.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from chuan.organisations.people.models import Account
from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.quality.dossiers.reckoned import act_of, calendar_settled, course_of, terms_of, variant_of
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.handling.acts import Act, ActKind
from chuan.rules.handling.course import Course
from chuan.rules.handling.reckoning import Terms, reckon
from chuan.rules.procedure.structure import Variant
from chuan.rules.workdays import Calendar, working_days, working_time

DAYS = 90
MOST_STEPS = 300
"""How many steps are judged, the newest: each is reckoned anew."""
_OWN = "the acts of somebody whose timeliness the actor may see"


class Band(IntEnum):
    """How a step stood against its due when it was done."""

    EARLY = 0  # more than half of its time was left
    IN_TIME = 1
    LATE = 2  # by one working day at most
    VERY_LATE = 3
    UNTIMED = 4  # no time is written for it, or it was not at hand


@dataclass(slots=True)
class Day:
    """What somebody did on a day: all acts on dossiers, and the steps among those that were judged, by band."""

    acts: int = 0
    bands: Counter[Band] = field(default_factory=Counter)

    @property
    def late(self) -> int:
        """Return how many steps were late."""
        return self.bands[Band.LATE] + self.bands[Band.VERY_LATE]

    @property
    def timed(self) -> int:
        """Return how many steps had a time to keep."""
        return self.bands.total() - self.bands[Band.UNTIMED]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The days with acts, in order; `steps` were done since `since`, of which the newest `judged` were judged."""

    since: date
    days: Mapping[date, Day]
    steps: int

    @property
    def total(self) -> Day:
        """Return all days together."""
        bands = sum((day.bands for day in self.days.values()), Counter[Band]())
        return Day(sum(day.acts for day in self.days.values()), bands)

    @property
    def judged(self) -> int:
        """Return how many steps were judged."""
        return self.total.bands.total()


def acts_by(account: Account, agencies: Iterable[int] | None, since: date, until: datetime) -> QuerySet[DossierAct]:
    """Return what `account` did and nobody took back, for these agencies (None: any)."""
    begins = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    undone = DossierAct.objects.everywhere(reason=_OWN).filter(
        dossier=OuterRef("dossier"), takes_back=OuterRef("number")
    )
    rows = DossierAct.objects.everywhere(reason=_OWN).filter(by=account, at__gte=begins, at__lte=until, takes_back=0)
    rows = rows if agencies is None else rows.filter(agency__in=list(agencies))
    return rows.filter(~Exists(undone))


def timeliness(account: Account, agencies: Iterable[int] | None, as_of: datetime) -> Timeliness:
    """Return how the steps of the last DAYS days stood against their dues, day by day. Five queries, and at most
    three for each calendar.
    """
    since = timezone.localdate(as_of) - timedelta(days=DAYS)
    acts = acts_by(account, agencies, since, as_of)
    counted = acts.order_by().annotate(day=TruncDate("at")).values_list("day").annotate(count=Count("pk"))
    days = {day: Day(count) for day, count in sorted(counted)}
    steps = acts.filter(kind=ActKind.STEP.value)
    newest = list(steps.order_by("-at", "-pk")[:MOST_STEPS])
    for one, band in _judged(newest):
        days[timezone.localdate(one.at)].bands[band] += 1
    count = len(newest) if len(newest) < MOST_STEPS else steps.count()
    return Timeliness(since, days, count)


def _judged(steps: Sequence[DossierAct]) -> Iterable[tuple[DossierAct, Band]]:
    wanted = {one.dossier_id for one in steps}
    dossiers = Dossier.objects.everywhere(reason=_OWN).select_related("agency").in_bulk(list(wanted))
    _share_versions(dossiers.values())
    acts: dict[int, list[Act]] = {}
    rows = DossierAct.objects.everywhere(reason=_OWN).filter(dossier__in=wanted)
    for row in rows.order_by("dossier", "number"):
        acts.setdefault(row.dossier_id, []).append(act_of(row))
    ways = _Ways()
    for one in steps:
        terms, course = ways.of(dossiers[one.dossier_id])
        yield one, band_of(acts[one.dossier_id][: one.number - 1], one, terms, course)


def _share_versions(dossiers: Iterable[Dossier]) -> None:
    """Give dossiers of one version the same object of it, read once."""
    versions = ProcedureVersion.objects.everywhere(reason=_OWN).in_bulk(
        list({one.version_id for one in dossiers if one.version_id})
    )
    for one in dossiers:
        if one.version_id:
            one.version = versions[one.version_id]


class _Ways:
    """The terms and the course of dossiers: what they share is read once."""

    def __init__(self) -> None:
        self._variants: dict[tuple[int | None, int], tuple[Variant | None, Course | None]] = {}
        self._calendars: dict[tuple[str, str], Calendar] = {}
        self._terms: dict[int, tuple[Terms, Course | None]] = {}

    def of(self, dossier: Dossier) -> tuple[Terms, Course | None]:
        """Return what was settled for `dossier`, and the ways through its steps."""
        if dossier.pk not in self._terms:
            self._terms[dossier.pk] = self._settled(dossier)
        return self._terms[dossier.pk]

    def _settled(self, dossier: Dossier) -> tuple[Terms, Course | None]:
        named = (dossier.version_id, dossier.variant)
        if named not in self._variants:
            variant = variant_of(dossier)
            self._variants[named] = (variant, course_of(variant))
        calendar = (dossier.calendar, dossier.calendar_version)
        if calendar not in self._calendars:
            self._calendars[calendar] = calendar_settled(dossier)
        variant, course = self._variants[named]
        return terms_of(dossier, variant, self._calendars[calendar]), course


def band_of(before: Sequence[Act], done: DossierAct, terms: Terms, course: Course | None) -> Band:
    """Return how the step `done` stood against its due, given the acts before it."""
    at = timezone.localtime(done.at)
    found = reckon(before, terms, course, at) if before else None
    hand = next((one for one in found.at_hand if one.step == done.step), None) if found else None
    if hand is None or hand.due is None:
        return Band.UNTIMED
    if at > hand.due:
        return Band.LATE if working_days(terms.calendar, hand.due, at) <= 1 else Band.VERY_LATE
    whole, left = (working_time(terms.calendar, start, hand.due) for start in (hand.since, at))
    return Band.EARLY if 2 * left > whole else Band.IN_TIME


def people_with_steps(agencies: Iterable[int], since: date) -> list[Account]:
    """Return who did steps for these agencies (checked) since then, by name. One query."""
    begins = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    acts = DossierAct.objects.everywhere(reason="acts of agencies that were checked").filter(
        agency__in=list(agencies), at__gte=begins, kind=ActKind.STEP.value, by__isnull=False
    )
    rows = Account.objects.filter(pk__in=acts.values("by")).select_related("person")
    return list(rows.order_by(F("person__sort_text"), "pk"))
