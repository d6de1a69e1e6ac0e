"""Which dossiers a list shows: the same words in the address behind every number."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from chuan.analytics.findings.queries import dossiers
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.result import STATES
from chuan.kernel.actor import Actor

OTHER_WAY, LATE, LEGALLY_LATE = "khac", "qua-han", "qua-han-luat"
NO_STEPS, NO_LEGAL = "khong-ghi-buoc", "khong-xet-han-luat"
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers: of a procedure (key), version (number), period ("2026-Q3"), with a mark ("skipped:B2"), of a way,
    in a state (of STATES or the words above), of a source (key), with words in the code. Empty: all."""

    procedure: str = ""
    version: str = ""
    period: str = ""
    mark: str = ""
    way: str = ""
    state: str = ""
    source: str = ""
    words: str = ""

    def url(self, page: str = "dossiers") -> str:
        """Return the address of the list."""
        said = {name: getattr(self, field) for field, name in _NAMES.items() if getattr(self, field)}
        return f"{reverse(page)}?{urlencode(said)}" if said else reverse(page)

    def without(self, field: str) -> "Wanted":
        """Return the same without what `field` says, and without what only means something beside it."""
        beside = ("version", "way") if field == "procedure" else ()
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
}


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
    return rows.filter(_of_state(what.state), _of_period(what.period))


def counts_by_state(actor: Actor, what: Wanted) -> dict[str, int]:
    """Return how many dossiers of each state there are in what `what` asks for otherwise."""
    rows = chosen(actor, what.without("state")).filter(counted__in=[True])  # SQLite finds no bare `counted` in an index
    return dict(rows.order_by().values_list("state").annotate(dossiers=Count("*")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _of_state(state: str) -> Q:
    if state in STATES:
        return Q(state=state)
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


def _of_period(period: str) -> Q:
    year, _dash, quarter = period.partition("-Q")
    if not _number(year) or (quarter and quarter not in "1234"):
        return Q()
    first = (int(quarter) - 1) * _QUARTER + 1 if quarter else 1
    last = first + _QUARTER if quarter else 13
    start = _first_of(int(year), first)
    return Q(received_at__gte=start, received_at__lt=_first_of(int(year) + last // 13, (last - 1) % 12 + 1))


def _first_of(year: int, month: int) -> datetime:
    return timezone.make_aware(datetime(min(max(year, 1), 9998), month, 1))  # noqa: DTZ001 - made aware here
