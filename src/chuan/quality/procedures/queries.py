"""Reads on procedures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.scoping import find
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Account, Holding
from chuan.organisations.people.queries import on_day
from chuan.quality.procedures.four_eyes import written_by
from chuan.quality.procedures.models import (
    ABOVE,
    ImportBatch,
    Procedure,
    ProcedureVersion,
    VersionMove,
)
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold

LEVELS = {
    AgencyKind.PROVINCE: "tỉnh",
    AgencyKind.DEPARTMENT: "tỉnh",
    AgencyKind.SUB_DEPARTMENT: "tỉnh",
    AgencyKind.COMMUNE: "xã",
}
"""The word by which the catalogue names the level of an agency (cấp thực hiện)."""
_OF_THE_ROW = "a subquery of rows that are already scoped"
_CAME_BACK = Q(came_from__in=["review", "approved"])
UNDECIDED = ("waiting", "doubtful", "read", "refused")
"""The states of imported files on which somebody has yet to decide."""
_ISSUED = ("in_force", "replaced")  # what others than the agency see of it: as `published` of the versions


@dataclass(frozen=True, slots=True)
class Coverage:
    """Public services of an agency and how many have a procedure in force; 100 % is the law (facts D7)."""

    covered: int
    services: int

    @property
    def bare(self) -> int:
        """How many have none."""
        return self.services - self.covered


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a procedure stands: its version in force, and the newest one (given up only when all of them are)."""

    current: ProcedureVersion | None
    newest: ProcedureVersion

    @property
    def shown(self) -> ProcedureVersion:
        """The version that a list tells of: what applies today, else the newest."""
        return self.current or self.newest


@dataclass(frozen=True, slots=True)
class Readers:
    """How many of the people who hold a position in the agency confirmed having read a version."""

    read: int
    holders: int


def own_procedures(actor: Actor) -> QuerySet[Procedure]:
    """Return the procedures of the agencies whose inner matter the actor sees."""
    rows = Procedure.objects.everywhere(reason="of the agencies whose inner matter the actor sees")
    return rows.filter(agency__in=actor.agencies_where(Permission.SEE_AGENCY))


def published_procedures(actor: Actor) -> QuerySet[Procedure]:
    """Return what the agencies of the actor's provinces have in force."""
    rows = Procedure.objects.everywhere(reason="what is in force, where the actor sees what is published")
    return rows.filter(in_force=True, agency__in=_agencies(actor.provinces_where(Permission.SEE_PUBLISHED)))


def adoptable(actor: Actor, agency: Agency) -> QuerySet[Procedure]:
    """Return the procedures in force of the agencies above that `agency` has not adopted yet."""
    adopted = Procedure.objects.within(agency).filter(adopted_from__isnull=False).values("adopted_from")
    rows = Procedure.objects.everywhere(reason="what the province issued is there for all its agencies")
    above = _agencies(actor.provinces).filter(kind__in=ABOVE).values_list("pk", flat=True)
    rows = rows.filter(in_force=True, agency__in=list(above))  # few: their rows are found by the index
    return rows.exclude(agency=agency).exclude(pk__in=adopted)


def fitting(rows: QuerySet[Procedure], agency: Agency, day: date) -> QuerySet[Procedure]:
    """Return those for `agency`: of public services that it handles on `day` or that are for its level, or of none."""
    word, handled = LEVELS.get(AgencyKind(agency.kind)), Q(pk__in=_duties(agency, day).values("service"))
    services = PublicService.objects.everywhere(reason="of procedures that are already scoped")
    meant = services.filter(handled | Q(level__icontains=word) if word else handled)
    return rows.filter(pk__in=rows.filter(Q(services=None) | Q(services__in=meant)).values("pk"))


def fits(one: Procedure, agency: Agency, day: date) -> bool:
    """Return whether `one` is for `agency`."""
    rows = Procedure.objects.everywhere(reason="a procedure that the actor found").filter(pk=one.pk)
    return fitting(rows, agency, day).exists()


def matching(rows: QuerySet[Procedure], words: str) -> QuerySet[Procedure]:
    """Return those whose name, code or service code holds all `words`, typed with or without diacritics."""
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def having_version_in(rows: QuerySet[Procedure], state: str) -> QuerySet[Procedure]:
    """Return those with a version in `state`."""
    if state == "in_force":
        return rows.filter(in_force=True)
    versions = ProcedureVersion.objects.everywhere(reason=_OF_THE_ROW)
    return rows.filter(Exists(versions.filter(procedure=OuterRef("pk"), state=state)))


def fields_of(rows: QuerySet[Procedure]) -> list[str]:
    """Return the fields (lĩnh vực) that stand on `rows`."""
    return list(rows.exclude(field="").order_by("field").values_list("field", flat=True).distinct())


def standings(actor: Actor, procedures: Iterable[Procedure]) -> dict[int, Standing]:
    """Return for each of `procedures` (that the actor sees) where it stands, by the versions that he may see.

    One query: all versions of his own agencies', of others only what they issued.
    """
    inner, known = actor.agencies_where(Permission.SEE_AGENCY), list(procedures)
    own = Q(procedure__in=[one.pk for one in known if one.agency_id in inner])
    issued = Q(procedure__in=[one.pk for one in known if one.agency_id not in inner], state__in=_ISSUED)
    rows = ProcedureVersion.objects.everywhere(reason="of procedures that were found for the actor")
    shown = rows.filter(own | issued).order_by("procedure_id", "number")
    found: dict[int, Standing] = {}
    for one in shown.only("procedure", "number", "state", "step_count", "effective_on"):
        before = found.get(one.procedure_id)
        if before is None or one.state != "dropped" or before.newest.state == "dropped":
            current = before.current if before else None
            found[one.procedure_id] = Standing(one if one.state == "in_force" else current, one)
    return found


def procedure(actor: Actor, key: str) -> Procedure:
    """Return one procedure with its agency, or raise NotYours."""
    rows = Procedure.objects.visible_to(actor)
    return find(rows.select_related("agency__parent", "adopted_from__agency", "adopted_version"), key=key)


def version(actor: Actor, key: str) -> ProcedureVersion:
    """Return one version with its procedure, or raise NotYours."""
    rows = ProcedureVersion.objects.visible_to(actor).select_related("procedure__agency", "source", "created_by")
    return find(rows, key=key)


def versions_of(actor: Actor, one: Procedure) -> QuerySet[ProcedureVersion]:
    """Return its versions, newest first."""
    return ProcedureVersion.objects.visible_to(actor).filter(procedure=one)


def coverage(agency: InProvince, day: date) -> Coverage:
    """Return how many of the public services that `agency` handles on `day` have a procedure in force."""
    services = Count("service", distinct=True)
    covered = Count("service", distinct=True, filter=Q(service__in=_covered(agency)))
    return Coverage(**_duties(agency, day).aggregate(services=services, covered=covered))


def uncovered(agency: Agency, day: date) -> QuerySet[PublicService]:
    """Return the public services of `agency` that have no procedure in force."""
    bare = _duties(agency, day).exclude(service__in=_covered(agency))
    return PublicService.objects.everywhere(reason="the agency was checked").filter(pk__in=bare.values("service"))


def covered_by(agency: Agency, services: Iterable[PublicService]) -> dict[int, list[Procedure]]:
    """Return the procedures of `agency` in force by the number of the public service they serve."""
    found: dict[int, list[Procedure]] = {}
    rows = Procedure.objects.within(agency).filter(in_force=True, services__in=[one.pk for one in services])
    for one in rows.annotate(serves=F("services")).only("key", "code", "name").order_by("code"):
        found.setdefault(one.serves, []).append(one)
    return found


def due_to_take_effect(day: date) -> QuerySet[ProcedureVersion]:
    """Return the approved versions whose day of effect has come, the earliest first, for the daily job."""
    rows = ProcedureVersion.objects.everywhere(reason="a daily job over all agencies")
    due = rows.filter(state="approved", effective_on__lte=day).select_related("procedure__agency")
    return due.order_by("effective_on", "procedure", "number")


def former(one: ProcedureVersion) -> ProcedureVersion | None:
    """Return the version that `one` replaced when it came into force."""
    rows = ProcedureVersion.objects.within(one.procedure.agency).filter(procedure=one.procedure, state="replaced")
    return rows.filter(number__lt=one.number, ended_on=one.effective_on).first()


def newer_original(actor: Actor, one: Procedure) -> ProcedureVersion | None:
    """Return the version in force of the procedure that `one` follows, when it is newer than the one taken over."""
    if one.adopted_from is None or one.adopted_version is None:
        return None
    current = versions_of(actor, one.adopted_from).filter(state="in_force").first()
    return current if current is not None and current.number > one.adopted_version.number else None


def behind_their_original(actor: Actor) -> QuerySet[Procedure]:
    """Return adopted procedures whose original has a newer version in force than the one taken over."""
    newer = ProcedureVersion.objects.everywhere(reason=_OF_THE_ROW).filter(
        procedure=OuterRef("adopted_from"), state="in_force", number__gt=OuterRef("adopted_version__number")
    )
    return Procedure.objects.visible_to(actor).filter(Exists(newer)).select_related("adopted_from", "agency")


def sent_back_to(actor: Actor) -> QuerySet[ProcedureVersion, Any]:
    """Return the drafts that came back (`came_at`, `said` why) to who wrote them, or to all writers of a machine's."""
    rows = _drafts(actor).filter(written_by(actor) | Q(created_by__isnull=True))
    return rows.filter(_CAME_BACK)


def being_written_by(actor: Actor) -> QuerySet[ProcedureVersion, Any]:
    """Return the drafts that the actor began or saved and nobody has handed over yet, oldest first (`came_at`)."""
    return _drafts(actor).filter(written_by(actor), ~_CAME_BACK).order_by(F("came_at"), "pk")


def _drafts(actor: Actor) -> QuerySet[ProcedureVersion, Any]:
    last = VersionMove.objects.everywhere(reason=_OF_THE_ROW).filter(of=OuterRef("pk")).order_by("-at", "-pk")
    own = actor.agencies_where(Permission.WRITE_PROCEDURE)
    rows = ProcedureVersion.objects.visible_to(actor).filter(state="draft", procedure__agency__in=own)
    came = rows.annotate(
        came_from=Coalesce(Subquery(last.values("source")[:1]), Value("")),
        came_at=Coalesce(Subquery(last.values("at")[:1]), F("created_at")),
        said=Subquery(last.values("note")[:1]),
    )
    return came.select_related("procedure")


def imports(actor: Actor) -> QuerySet[ImportBatch, Any]:
    """Return the batches the actor sees, each with how many files are `waiting`, `doubtful`, `read` and `refused`.

    What was accepted or put aside is done with.
    """
    return ImportBatch.objects.visible_to(actor).annotate(
        **{status: Count("files", filter=Q(files__status=status)) for status in UNDECIDED}
    )


def imports_to_finish(actor: Actor) -> QuerySet[ImportBatch, Any]:
    """Return of the batches that the actor handed in those with files that were read and not decided on."""
    wanted = Q(doubtful__gt=0) | Q(read__gt=0) | Q(refused__gt=0)
    return imports(actor).filter(wanted, created_by=actor.account_id or 0)


def unread_by(actor: Actor) -> QuerySet[ProcedureVersion]:
    """Return versions in force in the actor's agencies that the actor has not confirmed having read."""
    own = actor.agencies_where(Permission.ACKNOWLEDGE_PROCEDURE)
    rows = ProcedureVersion.objects.visible_to(actor).filter(state="in_force", procedure__agency__in=own)
    return rows.exclude(acknowledgements__account_id=actor.account_id or 0).select_related("procedure")


def readers(one: ProcedureVersion, day: date) -> Readers:
    """Return how many of those who hold a position in the agency on `day` have read the version."""
    holding = Holding.objects.within(one.procedure.agency).filter(on_day(day)).values("person")
    accounts = Account.objects.filter(person__in=holding).values("pk")
    read = one.acknowledgements.within(one.procedure.agency).filter(account__in=accounts).count()
    return Readers(read, holding.distinct().count())


def not_yet_read(one: ProcedureVersion, day: date) -> QuerySet[Holding]:
    """Return the positions held in the agency on `day` whose holders have not confirmed having read the version."""
    agency = one.procedure.agency
    read = one.acknowledgements.within(agency).values("account__person")
    rows = Holding.objects.within(agency).filter(on_day(day)).exclude(person__in=read)
    return rows.select_related("person", "position").order_by("position__code", "pk")


def has_read(actor: Actor, one: ProcedureVersion) -> bool:
    """Return whether the actor confirmed having read the version."""
    rows = one.acknowledgements.within(one.procedure.agency)
    return rows.filter(account_id=actor.account_id or 0).exists()


def _agencies(provinces: Iterable[int]) -> QuerySet[Agency]:
    return Agency.objects.everywhere(reason="agencies of the actor's provinces").filter(province__in=provinces)


def _duties(agency: InProvince, day: date) -> QuerySet[ServiceDuty]:
    rows = ServiceDuty.objects.within(agency).filter(from_on__lte=day)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


def _covered(agency: InProvince) -> QuerySet[Procedure, Any]:
    rows = Procedure.objects.within(agency).filter(in_force=True, services__isnull=False)
    return rows.values("services")
