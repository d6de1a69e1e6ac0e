"""Reads on findings: procedures with their figures, readings, dossiers behind a number, choices to settle."""

from django.db.models import Exists, F, FloatField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from chuan.analytics.findings.models import Choice, ProcedureReading
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.check import service_key
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure
from chuan.quality.procedures.models import VersionMove
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold

_OF_THE_ROW = "a subquery of rows that are already scoped"


def procedures_with_figures(actor: Actor, *, words: str = "") -> QuerySet[Procedure]:
    """Return the procedures with logged dossiers that `actor` may see, with the figures of the newest version read.

    `trouble` sorts: the share of dossiers that went another way plus the share that was late.
    """
    readings = ProcedureReading.objects.everywhere(reason=_OF_THE_ROW).filter(
        version__procedure=OuterRef("pk"), period=""
    )
    newest = readings.order_by("-version__number")
    share = (F("judged_steps") - F("followed")) / Cast(F("dossiers"), FloatField())
    late = (F("judged_time") - F("in_time")) / Cast(F("dossiers"), FloatField())
    names = ("dossiers", "judged_steps", "followed", "judged_time", "in_time", "computed_at")
    columns = {f"read_{name}": Subquery(newest.values(name)[:1]) for name in names}
    rows = (
        Procedure.objects.visible_to(actor)
        .filter(Exists(readings), agency__in=actor.agencies_where(Permission.SEE_AGENCY))
        .annotate(trouble=Subquery(newest.annotate(trouble=share + late).values("trouble")[:1]), **columns)
    )
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows


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


def agency_figures(actor: Actor) -> QuerySet[Agency]:
    """Return the agencies in the provinces whose published matter `actor` may see (facts D1): sums only, no dossier."""
    return Agency.objects.visible_to(actor).filter(province__in=actor.provinces_where(Permission.SEE_PUBLISHED))


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
