"""Which versions cite which legal instrument: the index, and what must be mended when the law changes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from chuan.kernel.actor import Actor
from chuan.norms.law.queries import listed_numbers
from chuan.quality.procedures.lifecycle import BEING_WRITTEN, COMING
from chuan.quality.procedures.models import Citation, Procedure, ProcedureVersion
from chuan.rules.authority import Permission
from chuan.rules.instruments import InstrumentState, LawLibrary

_OF_THE_ROW = "a subquery of rows that are already scoped"


@dataclass(frozen=True, slots=True)
class Resting:
    """How many procedures in force cite an instrument; of `carried_over` a version on its way no longer does."""

    number: str
    count: int
    carried_over: int


def index(version: ProcedureVersion, legal_basis: Iterable[str]) -> None:
    """Keep what `version` cites; rows that did not change stay."""
    wanted = set(listed_numbers(legal_basis))
    known = set(version.citations.values_list("number", flat=True))
    if known - wanted:
        version.citations.filter(number__in=known - wanted).delete()
    Citation.objects.add_many(Citation(version=version, number=number) for number in sorted(wanted - known))


def _overseen(actor: Actor) -> QuerySet[Citation]:
    """Return the citations of versions in force, of the actor's agencies and of those whose issues he oversees."""
    own = Q(version__procedure__agency__in=actor.agencies_where(Permission.SEE_AGENCY))
    issued = Q(version__procedure__agency__province__in=actor.provinces_where(Permission.SEE_PUBLISHED))
    return Citation.objects.visible_to(actor).filter(own | issued, version__state="in_force")


def citing_counts(actor: Actor, numbers: Iterable[str]) -> dict[str, int]:
    """Return how many procedures in force cite each of the instruments `numbers`; one query."""
    rows = _overseen(actor).filter(number__in=list(numbers)).order_by().values("number").annotate(count=Count("pk"))
    return {row["number"]: row["count"] for row in rows}


def citing(actor: Actor, number: str) -> QuerySet[Procedure]:
    """Return the procedures whose version in force cites the instrument.

    `carried_over`: a version on its way no longer does. `being_written`: the number of its draft, or under review.
    """
    cited = _overseen(actor).filter(number=number).values("version__procedure")
    rows = Procedure.objects.visible_to(actor).filter(pk__in=cited).select_related("agency")
    written = ProcedureVersion.objects.everywhere(reason=_OF_THE_ROW).filter(
        procedure=OuterRef("pk"), state__in=BEING_WRITTEN
    )
    return rows.annotate(
        carried_over=Exists(_coming_without(number, OuterRef("pk"))),
        being_written=Subquery(written.values("number")[:1]),
    )


def _coming_without(number: str | OuterRef, procedure: OuterRef) -> QuerySet[ProcedureVersion]:
    still = Citation.objects.everywhere(reason=_OF_THE_ROW).filter(version=OuterRef("pk"), number=number)
    rows = ProcedureVersion.objects.everywhere(reason=_OF_THE_ROW).filter(procedure=procedure, state__in=COMING)
    return rows.exclude(Exists(still))


def resting_on_ended(actor: Actor, agencies: Collection[int], library: LawLibrary, day: date) -> list[Resting]:
    """Return the instruments without force on `day` that procedures in force of `agencies` cite, the most cited first.

    They stay until the version that no longer cites them is in force: a draft mends nothing yet.
    """
    rows = _overseen(actor).filter(version__procedure__agency__in=agencies).order_by()
    numbers = rows.values_list("number", flat=True).distinct()
    gone = [one for one in numbers if library.state(one, day) is InstrumentState.EXPIRED]
    on_its_way = Exists(_coming_without(OuterRef(OuterRef("number")), OuterRef("version__procedure")))
    found = rows.filter(number__in=gone).annotate(carried=on_its_way).values("number")
    found = found.annotate(count=Count("pk"), carried_over=Count("pk", filter=Q(carried=True)))
    return [Resting(**row) for row in found.order_by("-count", "number")]
