"""Coverage of many agencies at once, for the province: public services handled, and those with a procedure in force."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.queries import alive
from chuan.organisations.models import Agency
from chuan.quality.procedures.models import ProcedureService
from chuan.quality.procedures.queries import Coverage
from chuan.quality.services.models import ServiceDuty
from chuan.rules.authority import Permission

_PUBLIC = "who handles a public service, and whether a procedure is in force, is published"


def overseen(actor: Actor, day: date) -> QuerySet[Agency]:
    """Return the agencies living on `day` in the provinces where the actor sees what is published."""
    rows = Agency.objects.visible_to(actor).filter(alive(day))
    return rows.filter(province__in=actor.provinces_where(Permission.SEE_PUBLISHED))


def incomplete(rows: QuerySet[Agency], day: date) -> QuerySet[Agency]:
    """Return those of `rows` with a public service that no procedure in force serves."""
    bare = _duties(day).filter(~Exists(_serving()), agency=OuterRef("pk"))
    return rows.filter(Exists(bare))


def coverages(agencies: Iterable[Agency], day: date) -> dict[int, Coverage]:
    """Return the coverage of each of `agencies` by its number, none for one without services. One query."""
    counted = _duties(day).filter(agency__in=[agency.pk for agency in agencies]).order_by().values("agency")
    counted = counted.annotate(services=Count("pk"), covered=Count("pk", filter=Exists(_serving())))
    return {row["agency"]: Coverage(row["covered"], row["services"]) for row in counted}


def total_coverage(agencies: QuerySet[Agency], day: date) -> Coverage:
    """Return the sum over `agencies`: a service of two agencies counts twice."""
    duties = _duties(day).filter(agency__in=agencies.order_by().values("pk"))
    return Coverage(**duties.aggregate(services=Count("pk"), covered=Count("pk", filter=Exists(_serving()))))


def _duties(day: date) -> QuerySet[ServiceDuty]:
    rows = ServiceDuty.objects.everywhere(reason=_PUBLIC).filter(from_on__lte=day)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


def _serving() -> QuerySet[ProcedureService]:
    """Return what serves the service of a duty in its agency, as a subquery of the duty."""
    links = ProcedureService.objects.filter(service=OuterRef("service"), procedure__in_force=True)
    return links.filter(procedure__agency=OuterRef("agency"))
