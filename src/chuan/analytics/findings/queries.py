"""Reads on findings: procedures with their figures, readings, dossiers behind a number, choices to settle."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, When

from chuan.analytics.findings.models import AgencyReading, Choice, ProcedureReading
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.checking.check import service_key
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.norms.holidays.models import AgencyCalendar, CalendarEdition
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure
from chuan.quality.procedures.models import VersionMove
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold

MOST_PROCEDURES = 20
NOT_LISTED = ("events", "facts", "told", "source__mapping", "source__step_names", "version__content")
"""What no list of dossiers shows, and is long."""
_OF_THE_ROW = "a subquery of rows that are already scoped"
_EVERYTHING = "a recurring job over all agencies"


def leading_readings(actor: Actor, *, words: str = "") -> QuerySet[ProcedureReading]:
    """Return what lists show: of each procedure with logged dossiers that `actor` may see, the newest version read."""
    rows = ProcedureReading.objects.visible_to(actor).filter(leads=True)
    rows = rows.filter(agency__in=actor.agencies_where(Permission.SEE_AGENCY))
    for word in fold(words).split():
        rows = rows.filter(version__procedure__search_text__contains=word)
    return rows.select_related("version__procedure", "agency").defer("content", "version__content")


def readings_of(actor: Actor, procedure: Procedure) -> QuerySet[ProcedureReading]:
    """Return the readings of `procedure`, newest version first, without their content."""
    rows = ProcedureReading.objects.visible_to(actor).filter(version__procedure=procedure)
    return rows.select_related("version").defer("content", "version__content").order_by("-version__number", "period")


def reading(actor: Actor, key: str) -> ProcedureReading:
    """Return one reading with its version and procedure, or raise NotYours."""
    rows = ProcedureReading.objects.visible_to(actor).select_related("version__procedure__agency")
    return find(rows, key=key)


def newest_readings(actor: Actor) -> QuerySet[ProcedureReading]:
    """Return the readings over all time of the versions in force, the ones with most dossiers first."""
    rows = ProcedureReading.objects.visible_to(actor).filter(period="", version__state="in_force")
    return rows.select_related("version__procedure").defer("version__content").order_by("-dossiers", "pk")


def dossiers(actor: Actor) -> QuerySet[LoggedDossier]:
    """Return the logged dossiers that `actor` may see, each once where several sources tell it."""
    rows = LoggedDossier.objects.visible_to(actor).filter(counted=True).select_related("procedure", "source")
    return rows.defer(*NOT_LISTED)


def procedures_with_dossiers(actor: Actor) -> QuerySet[ProcedureReading, tuple[str, str, str]]:
    """Return (key, code, name) of the procedures with logged dossiers that `actor` may see, by code."""
    names = ("key", "code", "name")
    rows = leading_readings(actor).order_by("version__procedure__code", "pk")
    return rows.values_list(*(f"version__procedure__{name}" for name in names))


def choices_open(actor: Actor) -> QuerySet[Choice]:
    """Return the choices whose work is not done, in the agencies of the actor, the next due first."""
    rows = Choice.objects.visible_to(actor).filter(done_at__isnull=True)
    return rows.select_related("agency", "procedure", "position").order_by(
        F("due_on").asc(nulls_last=True), "created_at"
    )


def agency_readings(actor: Actor, *, words: str = "") -> QuerySet[AgencyReading]:
    """Return the sums of the agencies whose published matter `actor` may see (facts D1): no dossier."""
    rows = AgencyReading.objects.everywhere(reason="sums are published, where the actor sees what is published")
    rows = rows.filter(agency__province__in=actor.provinces_where(Permission.SEE_PUBLISHED))
    for word in fold(words).split():
        rows = rows.filter(agency__search_text__contains=word)
    differs = Case(When(judged_steps__gt=0, then=1 - F("followed") * 1.0 / F("judged_steps")))
    is_late = Case(When(judged_time__gt=0, then=1 - F("in_time") * 1.0 / F("judged_time")))
    return rows.select_related("agency").annotate(differs=differs, is_late=is_late)


def sums_by_procedure(agency: Agency) -> QuerySet[ProcedureReading]:
    """Return what the sums of `agency` (AgencyReading) come from, procedure by procedure: figures only (facts D1)."""
    rows = ProcedureReading.objects.within(agency).filter(period="", version__state="in_force")
    return rows.select_related("version__procedure").defer("content", "version__content")


def stale(rows: QuerySet[ProcedureReading]) -> QuerySet[ProcedureReading]:
    """Return those of `rows` that were computed before something changed that they rest on.

    That is a version, the calendar of the agency or of the state, or the terms of a source.
    """
    since, of_agency = OuterRef("computed_at"), {"agency": OuterRef("agency")}
    changed = VersionMove.objects.everywhere(reason=_OF_THE_ROW).filter(at__gt=since)
    changed = changed.filter(target__in=["in_force", "withdrawn"])
    calendars = AgencyCalendar.objects.everywhere(reason=_OF_THE_ROW).filter(created_at__gt=since, **of_agency)
    sources = LogSource.objects.everywhere(reason=_OF_THE_ROW).filter(terms_changed_at__gt=since, **of_agency)
    return rows.filter(
        Exists(changed.filter(of__procedure=OuterRef("version__procedure")))
        | Exists(calendars)
        | Exists(sources)
        | Exists(CalendarEdition.objects.filter(created_at__gt=since))
    )


def to_read_again() -> list[Procedure]:
    """Return the procedures whose readings are stale or whose dossiers nobody judged yet: for the recurring job."""
    readings = ProcedureReading.objects.everywhere(reason=_EVERYTHING).filter(leads=True)
    rows = Procedure.objects.everywhere(reason=_EVERYTHING).select_related("agency")
    found = {one.pk: one for one in rows.filter(pk__in=stale(readings).values("version__procedure"))}
    return list((found | {one.pk: one for one in _of_unjudged_dossiers()}).values())


def _of_unjudged_dossiers() -> Iterator[Procedure]:
    """Yield the procedures that came into force after dossiers of their service had been taken in."""
    rows = LoggedDossier.objects.everywhere(reason=_EVERYTHING).filter(version=None, counted=True)
    rows = rows.exclude(national_code="").exclude(source__living=True)  # settled at reception: none comes later
    codes: dict[int, set[str]] = {}
    for agency, code in rows.order_by().values_list("agency", "national_code").distinct():
        codes.setdefault(agency, set()).add(code)
    for one in Agency.objects.everywhere(reason=_EVERYTHING).filter(pk__in=codes):
        yield from procedures_of_codes(one, frozenset(codes[one.pk]))


def procedures_of_codes(agency: Agency, codes: frozenset[str]) -> list[Procedure]:
    """Return the procedures of `agency` that serve a service with one of these national codes."""
    rows = Procedure.objects.within(agency).filter(in_force=True).prefetch_related("service_links__service")
    return [one for one in rows if codes & {service_key(link.service.code) for link in one.service_links.all()}]


def procedures_in(source: LogSource) -> list[dict[str, Any]]:
    """Return which procedures judge the counted dossiers of `source`, the most first: {"procedure__code",
    "procedure__name", "procedure__key", "national_code", "dossiers", "awaits"}; the first three are None where none
    does. `awaits` is the procedure in force that will judge them once the recurring job came to it, or None."""
    rows = LoggedDossier.objects.within(source.agency).filter(source=source, counted=True).order_by()
    groups = rows.values("procedure__key", "procedure__code", "procedure__name", "national_code")
    found = list(groups.annotate(dossiers=Count("pk")).order_by("-dossiers")[:MOST_PROCEDURES])
    unjudged = {one["national_code"] for one in found if one["procedure__key"] is None} - {""}
    in_force = procedures_of_codes(source.agency, frozenset(unjudged)) if unjudged else []
    serving = {service_key(link.service.code): one for one in in_force for link in one.service_links.all()}
    return [dict(one) | {"awaits": serving.get(one["national_code"])} for one in found]
