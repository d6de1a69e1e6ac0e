"""Which dossiers a list shows: the same words in the address behind every number."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from chuan.analytics.figures.periods import EVER, Period, period_named
from chuan.analytics.figures.queries import IN_TIME as STATES_IN_TIME
from chuan.analytics.figures.queries import dossiers_of_cell, recording_sources
from chuan.analytics.findings.queries import dossiers
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.result import STATES
from chuan.kernel.actor import Actor
from chuan.quality.models import ProcedureVersion

OTHER_WAY, LATE, LEGALLY_LATE = "khac", "qua-han", "qua-han-luat"
NO_STEPS, NO_LEGAL = "khong-ghi-buoc", "khong-xet-han-luat"
IN_TIME, FINISHED = "trong-han", "co-ket-qua"
PACES = {"buoc-ngan-hon": "shorter", "buoc-vua-bang": "equal", "buoc-dai-hon": "longer"}
"""Finished dossiers by the slowest of their steps against its limit."""
ASKED = {"khong-bo-sung": (0, 0), "bo-sung-mot-lan": (1, 1), "bo-sung-nhieu-lan": (2, None)}
"""Finished dossiers by how often the citizen was asked to complete them, of the sources that record it: from, to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers: of a procedure (key), version (number), period ("2026-Q3") or received from a day to a day
    ("2026-11-02"), with a mark ("skipped:B2"), of a way, in a state (of STATES or the words above), of a source (key),
    with words in the code, in which a step (of a variant) was done in the week of a Monday. Empty: all."""

    procedure: str = ""
    version: str = ""
    period: str = ""
    mark: str = ""
    way: str = ""
    state: str = ""
    source: str = ""
    words: str = ""
    first: str = ""
    last: str = ""
    variant: str = ""
    step: str = ""
    week: str = ""

    def url(self, page: str = "dossiers") -> str:
        """Return the address of the list."""
        said = {name: getattr(self, field) for field, name in _NAMES.items() if getattr(self, field)}
        return f"{reverse(page)}?{urlencode(said)}" if said else reverse(page)

    def without(self, field: str) -> "Wanted":
        """Return the same without what `field` says, and without what only means something beside it."""
        beside = _BESIDE.get(field, ())
        return replace(self, **dict.fromkeys((field, *beside), ""))


_NAMES = {
    "procedure": "qt",
    "version": "lan",
    "period": "ky",
    "mark": "diem",
    "way": "duong",
    "state": "tinh-trang",
    "source": "nguon",
    "words": "q",
    "first": "tu",
    "last": "den",
    "variant": "truong-hop",
    "step": "buoc",
    "week": "tuan",
}
_CELL = ("variant", "step", "week")
_BESIDE = {"procedure": ("version", "way", *_CELL), "version": _CELL, "step": _CELL}


def wanted(request: HttpRequest) -> Wanted:
    """Return what the address asks for."""
    return Wanted(**{field: request.GET.get(name, "") for field, name in _NAMES.items()})


def chosen(actor: Actor, what: Wanted) -> QuerySet[LoggedDossier]:
    """Return the dossiers that `actor` may see and `what` asks for."""
    rows = dossiers(actor)
    equal: dict[str, str | int] = {"procedure__key": what.procedure, "version__number": _number(what.version)}
    equal |= {"source__key": what.source, "way": what.way}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if what.mark:
        rows = rows.filter(marks__contains=f"|{what.mark}|")
    if what.words:
        rows = rows.filter(code__icontains=what.words.strip())
    if what.state in ASKED:
        rows = rows.filter(source__in=recording_sources(actor))
    if what.step:
        rows = rows.filter(pk__in=_of_cell(actor, what))
    return rows.filter(
        _of_state(what.state), _received_in(period_named(what.period) or EVER), _received_in(_days(what))
    )


def _of_cell(actor: Actor, what: Wanted) -> frozenset[int]:
    """Return the numbers of the dossiers in which the step was done in the week; none when the address is not whole."""
    rows = ProcedureVersion.objects.visible_to(actor).filter(procedure__key=what.procedure)
    version, week = rows.filter(number=_number(what.version)).only("pk").first(), day_named(what.week)
    return dossiers_of_cell(actor, version, what.variant, what.step, week) if version and week else frozenset()


def day_named(text: str) -> date | None:
    """Return the day of "2026-11-02", None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-02") else None
    except ValueError:
        return None


def _days(what: Wanted) -> Period:
    return Period(day_named(what.first), day_named(what.last))


def counts_by_state(actor: Actor, what: Wanted) -> dict[str, int]:
    """Return how many dossiers of each state there are in what `what` asks for otherwise."""
    rows = chosen(actor, what.without("state")).filter(counted__in=[True])  # SQLite finds no bare `counted` in an index
    return dict(rows.order_by().values_list("state").annotate(dossiers=Count("*")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _of_state(state: str) -> Q:
    if state in STATES:
        return Q(state=state)
    if state == IN_TIME:
        return Q(state__in=STATES_IN_TIME)
    if state == FINISHED:
        return Q(worked_seconds__isnull=False)
    if state in PACES:
        return Q(pace=PACES[state], worked_seconds__isnull=False)
    if state in ASKED:
        least, most = ASKED[state]
        asked = Q(supplements__gte=least, worked_seconds__isnull=False)
        return asked if most is None else asked & Q(supplements__lte=most)
    if state == OTHER_WAY:
        return Q(fitness__isnull=False, cost__gt=0)
    if state == NO_STEPS:
        return Q(fitness__isnull=True)
    if state == NO_LEGAL:
        return Q(legal_due_at__isnull=True) | Q(state="not_judged")
    if state == LATE:
        return Q(state__in=["late", "open_late"])
    if state == LEGALLY_LATE:
        judged = Q(legal_due_at__isnull=False) & ~Q(state="not_judged")
        until = Q(finished_at__isnull=True, legal_due_at__lt=F("source__recorded_until"))
        return judged & (Q(finished_at__gt=F("legal_due_at")) | until)
    return Q()


def _received_in(period: Period) -> Q:
    found = Q()
    if period.begins_at is not None:
        found &= Q(received_at__gte=period.begins_at)
    if period.ends_at is not None:
        found &= Q(received_at__lt=period.ends_at)
    return found
