"""Which dossiers will be late unless something is done, before they are (R11): read by the job that tells people."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.reckoned import acts_of, reckoned, terms_of, variant_of
from chuan.rules.handling.acts import DossierState
from chuan.rules.handling.appointments import late_risk
from chuan.rules.handling.setting import DEFAULT_HANDLING
from chuan.rules.workdays import next_workday

_ALL = "a recurring job over all agencies"
SPARE = 1
"""Working days looked further ahead than the setting says: a dossier goes by the calendar of its reception, which may
have had a holiday more than that of today."""


def at_risk(now: datetime) -> Iterator[Dossier]:
    """Yield the dossiers whose last working day before the appointment has begun: that which binds now, be it the new
    one after an apology."""
    rows = Dossier.objects.everywhere(reason=_ALL).filter(state=DossierState.HANDLING.value, due_at__gt=now)
    running = rows.order_by().values("agency").distinct()
    for agency in Agency.objects.everywhere(reason=_ALL).filter(pk__in=running).order_by("pk"):
        of_agency = rows.filter(agency=agency, due_at__lt=_looked_ahead(agency, now)).order_by("due_at", "pk")
        yield from (one for one in _with_acts(of_agency) if _is_at_risk(one, now))


def _looked_ahead(agency: Agency, now: datetime) -> datetime:
    """Return the end of the last day on which an appointment can be that is to be warned of now."""
    local = timezone.localtime(now)
    calendar, day = calendar_of(agency, local.date()), local.date()
    for _each in range(DEFAULT_HANDLING.apology_days_before + SPARE):
        day = next_workday(calendar, day)
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), local.tzinfo)


def _with_acts(rows: QuerySet[Dossier]) -> Iterator[Dossier]:
    found = rows.select_related("agency", "reception", "version", "holder").prefetch_related("acts")
    return found.iterator(chunk_size=200)


def _is_at_risk(dossier: Dossier, now: datetime) -> bool:
    found = reckoned(dossier, acts_of(dossier), now)
    if found.promised is None or found.due_at is None:
        return False
    terms = terms_of(dossier, variant_of(dossier))
    risk = late_risk(found.due_at, found.promised.run.begin, terms.calendar, terms.setting)
    return risk.alert.open_at(timezone.localtime(now))
