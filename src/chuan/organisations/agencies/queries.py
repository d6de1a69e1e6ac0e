"""Reads: which agencies live on a day, and which quality system each of them applies."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from chuan.organisations.agencies.models import Agency, Membership, QualitySystem

DECLARED = ("declared", "redeclaration_due")
"""States in which a declaration stands; the second one waits to be renewed (QĐ 19/2014/QĐ-TTg, Article 4)."""

_WHY = "which system an agency applies is told only of agencies that the caller has checked"


def alive(day: date) -> Q:
    """Return the condition that an agency or unit works on `day`."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def living_in_province(agency: Agency, day: date) -> QuerySet[Agency]:
    """Return the agencies of the province of `agency` that work on `day`: their names are public."""
    rows = Agency.objects.everywhere(reason="names of agencies are public within the province")
    return rows.filter(alive(day), province=agency.province_id).order_by("search_text")


def subordinates(agency: Agency, day: date) -> QuerySet[Agency]:
    """Return the agencies that stand right under `agency` on `day`."""
    return living_in_province(agency, day).filter(parent=agency)


def memberships_on(day: date) -> QuerySet[Membership]:
    """Return who applies the system of another agency on `day`; one that was dissolved has no members."""
    still = Q(until_on__isnull=True) | Q(until_on__gte=day)
    rows = Membership.objects.everywhere(reason=_WHY).filter(still, from_on__lte=day)
    return rows.exclude(quality_system__state="dissolved")


def living_systems() -> QuerySet[QualitySystem]:
    """Return the quality systems that were not dissolved."""
    return QualitySystem.objects.everywhere(reason=_WHY).exclude(state="dissolved")


def systems_of(agencies: Iterable[Agency], day: date) -> dict[int, QualitySystem]:
    """Return the system that each agency (by number) owns, else the one whose member it is on `day`. Two queries."""
    numbers = [agency.pk for agency in agencies]
    members = memberships_on(day).filter(agency__in=numbers)
    found = {row.agency_id: row.quality_system for row in members.select_related("quality_system__owner")}
    owned = living_systems().filter(owner__in=numbers).select_related("owner")
    return found | {system.owner_id: system for system in owned}


def system_of(agency: Agency, day: date) -> QualitySystem | None:
    """Return the quality system that `agency` owns or applies on `day`."""
    return systems_of([agency], day).get(agency.pk)


def with_system_in(rows: QuerySet[Agency], states: Iterable[str], day: date) -> QuerySet[Agency]:
    """Return the agencies of `rows` whose own or shared system is in one of `states` on `day`."""
    wanted = tuple(states)
    own = living_systems().filter(owner=OuterRef("pk"), state__in=wanted)
    shared = memberships_on(day).filter(agency=OuterRef("pk"), quality_system__state__in=wanted)
    return rows.filter(Exists(own) | Exists(shared))
