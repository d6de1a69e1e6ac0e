"""Coverage of many agencies at once, for the province: public services handled, and those with a procedure in force.

What was counted for the day is read, what was not is counted on the spot: the numbers are the same either way.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.queries import alive
from chuan.organisations.models import Agency
from chuan.quality.procedures.models import ProcedureService
from chuan.quality.procedures.queries import Coverage
from chuan.quality.services.models import CoverageCount, ServiceDuty
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


def coverages(agencies: QuerySet[Agency], day: date) -> dict[int, Coverage]:
    """Return the coverage of each of `agencies` by its number, none for one without services. At most two queries."""
    count = ("coverage_count__day", "coverage_count__covered", "coverage_count__services")
    rows = agencies.order_by().values_list("pk", *count)
    known = {number: Coverage(covered, services) for number, on, covered, services in rows if on == day}
    missing = [number for number, *_count in rows if number not in known]
    found = known | (_counted(missing, day) if missing else {})
    return {number: one for number, one in found.items() if one.services}


def total_coverage(found: Iterable[Coverage]) -> Coverage:
    """Return the sum: a service of two agencies counts twice."""
    counted = list(found)
    return Coverage(sum(one.covered for one in counted), sum(one.services for one in counted))


def count_again(day: date) -> int:
    """Count the coverage of every agency that has not been counted for `day`; return how many they were.

    The row is held while its agency is counted: a change that comes meanwhile waits and outdates it.
    """
    rows = CoverageCount.objects.all()
    unknown = Agency.objects.everywhere(reason=_PUBLIC).exclude(pk__in=rows.values("pk"))
    rows.bulk_create([CoverageCount(agency=agency) for agency in unknown], ignore_conflicts=True)
    outdated = list(rows.exclude(day=day).order_by("pk").values_list("pk", flat=True))
    for number in outdated:
        with transaction.atomic():
            row = rows.select_for_update().get(pk=number)
            found = _counted([number], day).get(number, Coverage(0, 0))
            row.day, row.services, row.covered = day, found.services, found.covered
            row.save()
    return len(outdated)


def _counted(agencies: list[int], day: date) -> dict[int, Coverage]:
    """Return the coverage of those of the agencies that have services, from the services themselves."""
    counted = _duties(day).filter(agency__in=agencies).order_by().values("agency")
    covered = Count("service", distinct=True, filter=Exists(_serving()))
    counted = counted.annotate(services=Count("service", distinct=True), covered=covered)
    return {row["agency"]: Coverage(row["covered"], row["services"]) for row in counted}


def _duties(day: date) -> QuerySet[ServiceDuty]:
    rows = ServiceDuty.objects.everywhere(reason=_PUBLIC).filter(from_on__lte=day)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


def _serving() -> QuerySet[ProcedureService]:
    """Return what serves the service of a duty in its agency, as a subquery of the duty."""
    links = ProcedureService.objects.filter(service=OuterRef("service"), procedure__in_force=True)
    return links.filter(procedure__agency=OuterRef("agency"))
