"""Taking living dossiers in: those with acts since the last run, each as a whole, as often as one likes.

How far it is stands on the source (`acts_until`), written with the rows of each chunk: cut off anywhere, the next run
goes on. A dossier is replaced and not merged, so that what was taken back vanishes. Numbers of acts are given before
their transaction ends; a run therefore looks back over the last `OVERLAP` of them once more.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from chuan.analytics.logs.actions import RECORDED, hold, insert, of_codes, write_over
from chuan.analytics.logs.living import facts_settled, told_as_log
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.stored import events_of, facts_of, settled, storable
from chuan.checking.check import service_key
from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import OPEN_STATES, Dossier, DossierAct
from chuan.rules.eventlog import EventLog
from chuan.trail.actions import record

NAME = "Hồ sơ xử lý trên Chuẩn"
CHUNK = 500
OVERLAP = 200
_ALL = "a recurring job over all agencies"


def agencies_with_dossiers() -> list[Agency]:
    """Return the agencies that handle dossiers here: for the recurring job."""
    handling = Dossier.objects.everywhere(reason=_ALL).order_by().values("agency").distinct()
    return list(Agency.objects.everywhere(reason=_ALL).filter(pk__in=handling).order_by("pk"))


def take_in_living(agency: Agency, *, by: Actor, at: datetime) -> LogSource:
    """Bring what was done with the living dossiers of `agency` since the last run into its source, and return that.

    What has to be judged again stands in `to_judge` of the source: the services of changed dossiers, and of those that
    a limit or a wait makes another thing by mere time.
    """
    source = _source(agency, by=by, at=at)
    after = source.acts_until - OVERLAP
    while rows := list(_acts(agency).filter(pk__gt=after).order_by("pk").values_list("pk", "dossier")[:CHUNK]):
        after = rows[-1][0]
        with transaction.atomic():
            held = hold(source)
            changed = _bring_in(held, {dossier for _act, dossier in rows}, by=by, at=at)
            _write_down(held, changed, acts_until=max(held.acts_until, after))
    with transaction.atomic():
        held = hold(source)
        changed = set(_changed_by_time(agency, held.recorded_until, at))
        if changed or held.to_judge or held.recorded_until is None:
            _write_down(held, changed, recorded_until=at)
    return held


def _source(agency: Agency, *, by: Actor, at: datetime) -> LogSource:
    sources = LogSource.objects.within(agency)
    known = sources.filter(living=True).select_related("agency").first()
    if known is not None:
        return known
    names, name, number = set(sources.values_list("name", flat=True)), NAME, 1
    while name in names:
        number += 1
        name = f"{NAME} ({number})"
    with transaction.atomic():
        source = LogSource(agency=agency, name=name, living=True).put(by=by, at=at)
        record("log_source.add", by=by, at=at, subject=source, facts={"agency": agency.key, "living": True})
    return source


def _acts(agency: Agency) -> QuerySet[DossierAct]:
    """Return the acts on what `agency` handles: where several take part, a dossier counts once, for who leads it."""
    return DossierAct.objects.within(agency)


def _bring_in(source: LogSource, numbers: Iterable[int], *, by: Actor, at: datetime) -> set[str]:
    """Write the dossiers with these numbers as they are now; return the national codes of those that changed."""
    found = dict(_told(source, numbers))
    rows = of_codes(source, list(found))
    fresh = []
    changed = []
    for code, content in found.items():
        row = rows.get(code)
        if row is None:
            row = LoggedDossier(agency_id=source.agency_id, source=source, code=code)
            row.created_at, row.created_by_id = at, by.account_id
            fresh.append(row)
        elif all(getattr(row, name) == value for name, value in content.items()):
            continue
        else:
            changed.append(row)
        for name, value in content.items():
            setattr(row, name, value)
    insert(source, fresh)
    if changed:
        write_over(source, changed, *RECORDED)
    return {row.national_code for row in (*fresh, *changed)}


def _told(source: LogSource, numbers: Iterable[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (code, the columns that tell it) of living dossiers."""
    dossiers = Dossier.objects.everywhere(reason="dossiers of the agency of the source").filter(pk__in=list(numbers))
    rows = dossiers.select_related("service", "procedure", "version").prefetch_related("acts").order_by("pk")
    of_code = {row.code: row for row in rows}
    log = storable(EventLog(tuple(told_as_log(row, list(row.acts.all())) for row in rows)))
    for one in log.dossiers:
        told = settled(one, frozenset(), source)
        facts = facts_of(told) | {"settled": facts_settled(of_code[one.id])}
        national = service_key(told.service_code)
        columns = {"facts": facts, "events": events_of(told), "service_code": told.service_code}
        yield one.id, columns | {"national_code": national, "told": []}


def _changed_by_time(agency: Agency, since: datetime | None, until: datetime) -> Iterator[str]:
    """Yield the national codes of open dossiers whose limit ended after `since`, and once a day of those that wait:
    their due moment moves on."""
    rows = Dossier.objects.everywhere(reason="the living dossiers of an agency").filter(
        agency=agency, state__in=OPEN_STATES, ready_at__isnull=True
    )
    if since is not None:
        names = ("first_due_at", "due_at", "legal_due_at")
        passed = Q()
        for name in names:
            passed |= Q(**{f"{name}__gt": since, f"{name}__lte": until})
        if timezone.localdate(since) != timezone.localdate(until):
            passed |= Q(waiting_since__isnull=False)
        rows = rows.filter(passed)
    for code in rows.order_by().values_list("service__code", flat=True).distinct():
        yield service_key(code)


def _write_down(source: LogSource, codes: set[str], **facts: Any) -> None:
    """Keep what is to be judged again beside `facts`, in the transaction of what they speak of."""
    facts["to_judge"] = sorted({*source.to_judge, *codes} - {""})
    LogSource.objects.within(source.agency).filter(pk=source.pk).update(**facts)
    source.to_judge = facts["to_judge"]
