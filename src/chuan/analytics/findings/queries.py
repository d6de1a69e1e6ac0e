"""Reads on findings: procedures with their figures, readings, dossiers behind a number, choices to settle."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from chuan.analytics.findings.models import AgencyReading, Choice, ProcedureReading
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.check import service_key
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure
from chuan.quality.procedures.models import VersionMove
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold


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
    """Return the logged dossiers that `actor` may see."""
    rows = LoggedDossier.objects.visible_to(actor).select_related("procedure")
    return rows.defer("events", "facts")


def choices_open(actor: Actor) -> QuerySet[Choice]:
    """Return the choices whose work is not done, in the agencies of the actor, the next due first."""
    rows = Choice.objects.visible_to(actor).filter(done_at__isnull=True)
    return rows.select_related("procedure", "position").order_by(F("due_on").asc(nulls_last=True), "created_at")


def agency_readings(actor: Actor, *, words: str = "") -> QuerySet[AgencyReading]:
    """Return the sums of the agencies whose published matter `actor` may see (facts D1): no dossier."""
    provinces = actor.provinces_where(Permission.SEE_PUBLISHED)
    rows = AgencyReading.objects.visible_to(actor).filter(agency__province__in=provinces)
    for word in fold(words).split():
        rows = rows.filter(agency__search_text__contains=word)
    return rows.select_related("agency")


def to_read_again() -> list[Procedure]:
    """Return procedures whose dossiers were last judged before a version came into force: for the recurring job."""
    everything = "a recurring job over all agencies"
    in_force = VersionMove.objects.everywhere(reason=everything).filter(target="in_force", of__procedure=OuterRef("pk"))
    read = ProcedureReading.objects.everywhere(reason=everything).filter(version__procedure=OuterRef("pk"))
    last_read = read.order_by("-computed_at").values("computed_at")[:1]
    logged = LoggedDossier.objects.everywhere(reason=everything).filter(procedure=OuterRef("pk"))
    rows = (
        Procedure.objects.everywhere(reason=everything).filter(Exists(logged)).annotate(last_read=Subquery(last_read))
    )
    return list(rows.filter(Exists(in_force.filter(at__gt=OuterRef("last_read")))))


def procedures_of_codes(agency: Agency, codes: frozenset[str]) -> list[Procedure]:
    """Return the procedures of `agency` that serve a service with one of these national codes."""
    rows = Procedure.objects.within(agency).filter(in_force=True).prefetch_related("service_links__service")
    return [one for one in rows if codes & {service_key(link.service.code) for link in one.service_links.all()}]
