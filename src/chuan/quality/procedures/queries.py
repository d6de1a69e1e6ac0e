"""Reads on procedures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.procedures.models import Procedure, ProcedureVersion
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.text.vietnamese import fold

_OF_THE_ROW = "a subquery of rows that are already scoped"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Public services of an agency and how many have a procedure in force; 100 % is the law (facts D7)."""

    covered: int
    services: int


def procedures_of(actor: Actor, agency: Agency, *, words: str = "", state: str = "") -> QuerySet[Procedure]:
    """Return the procedures of `agency` that `actor` may see, each with its newest version's number and state.

    `words` are searched without diacritics in name and code; `state` limits to a state of the newest version.
    """
    versions = ProcedureVersion.objects.everywhere(reason=_OF_THE_ROW).filter(procedure=OuterRef("pk"))
    newest = versions.exclude(state="dropped").order_by("-number")
    rows = (
        Procedure.objects.visible_to(actor)
        .filter(agency=agency)
        .annotate(
            newest_number=Subquery(newest.values("number")[:1]),
            newest_state=Subquery(newest.values("state")[:1]),
            newest_steps=Subquery(newest.values("step_count")[:1]),
            force_from=Subquery(versions.filter(state="in_force").values("effective_on")[:1]),
        )
    )
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows.filter(newest_state=state) if state else rows


def procedure(actor: Actor, key: str) -> Procedure:
    """Return one procedure with its agency, or raise NotYours."""
    return find(
        Procedure.objects.visible_to(actor).select_related("agency", "adopted_from", "adopted_version"), key=key
    )


def version(actor: Actor, key: str) -> ProcedureVersion:
    """Return one version with its procedure, or raise NotYours."""
    rows = ProcedureVersion.objects.visible_to(actor).select_related("procedure__agency", "source", "created_by")
    return find(rows, key=key)


def versions_of(actor: Actor, one: Procedure) -> QuerySet[ProcedureVersion]:
    """Return its versions, newest first."""
    return ProcedureVersion.objects.visible_to(actor).filter(procedure=one).defer("content")


def coverage(agency: Agency, day: date) -> Coverage:
    """Return how many of the public services that `agency` handles on `day` have a procedure in force."""
    duties = _duties(agency, day).annotate(covered=Exists(_covering(agency)))
    found = duties.aggregate(services=Count("pk"), with_procedure=Count("pk", filter=Q(covered=True)))
    return Coverage(found["with_procedure"], found["services"])


def uncovered(agency: Agency, day: date) -> QuerySet[PublicService]:
    """Return the public services of `agency` that have no procedure in force."""
    bare = _duties(agency, day).annotate(covered=Exists(_covering(agency))).filter(covered=False)
    return PublicService.objects.everywhere(reason="the agency was checked").filter(duties__in=bare)


def due_to_take_effect(day: date) -> QuerySet[ProcedureVersion]:
    """Return the approved versions whose day of effect has come, for the daily job."""
    rows = ProcedureVersion.objects.everywhere(reason="a daily job over all agencies")
    return rows.filter(state="approved", effective_on__lte=day).select_related("procedure__agency")


def behind_their_original(actor: Actor) -> QuerySet[Procedure]:
    """Return adopted procedures whose original has a newer version in force than the one taken over."""
    newer = ProcedureVersion.objects.everywhere(reason=_OF_THE_ROW).filter(
        procedure=OuterRef("adopted_from"), state="in_force", number__gt=OuterRef("adopted_version__number")
    )
    return Procedure.objects.visible_to(actor).filter(Exists(newer)).select_related("adopted_from", "agency")


def unread_by(actor: Actor) -> QuerySet[ProcedureVersion]:
    """Return versions in force in the actor's agencies that the actor has not confirmed having read."""
    rows = ProcedureVersion.objects.visible_to(actor).filter(state="in_force", procedure__agency__in=actor.agencies)
    return rows.exclude(acknowledgements__account_id=actor.account_id or 0).select_related("procedure")


def _duties(agency: Agency, day: date) -> QuerySet[ServiceDuty]:
    rows = ServiceDuty.objects.within(agency).filter(from_on__lte=day)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


def _covering(agency: Agency) -> QuerySet[Procedure]:
    return Procedure.objects.within(agency).filter(in_force=True, service_links__service=OuterRef("service"))
