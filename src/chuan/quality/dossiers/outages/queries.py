"""Reads on the record of outages, and what was received on paper slips during them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.scoping import find
from chuan.quality.dossiers.models import Channel, Dossier
from chuan.quality.dossiers.outages.models import Outage

_STILL = Value(datetime(9000, 1, 1, tzinfo=UTC), DateTimeField())
_SLIPS = "received on paper at the agency of an outage that was scoped"


def outages(actor: Actor, *, withdrawn: bool = False) -> QuerySet[Outage]:
    """Return the outages on record at the actor's agencies, or those that were withdrawn; the newest first."""
    rows = Outage.objects.visible_to(actor).filter(withdrawn_at__isnull=not withdrawn)
    return rows.order_by("-began_at", "-pk")


def outage_by_key(actor: Actor, key: str) -> Outage:
    """Return one outage, or raise NotYours."""
    return find(Outage.objects.visible_to(actor).select_related("agency__province", "created_by__person"), key=key)


def covering(agency: InProvince, moment: datetime) -> tuple[Outage, ...]:
    """Return the outages of `agency` that `moment` lies in: the first and the last moment belong to them. One query."""
    rows = Outage.objects.within(agency).filter(withdrawn_at__isnull=True, began_at__lte=moment)
    return tuple(rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=moment)))


def unfinished(agencies: Iterable[int]) -> QuerySet[Outage]:
    """Return the outages of these agencies (by number, checked) that ask for work, the oldest first: those that last,
    and those after which nobody said yet that all slips are entered.
    """
    rows = Outage.objects.everywhere(reason="outages of agencies that were checked")
    rows = rows.filter(agency__in=list(agencies), withdrawn_at__isnull=True, all_entered_at__isnull=True)
    return rows.order_by("began_at", "pk")


def with_slips(rows: QuerySet[Outage]) -> QuerySet[Any, Any]:
    """Return `rows` with `slips`: how many dossiers were received on paper slips during each."""
    until = Coalesce(OuterRef("ended_at"), _STILL)
    received = _on_slips().filter(
        reception=OuterRef("agency"), received_at__gte=OuterRef("began_at"), received_at__lte=until
    )
    counted = received.order_by().values("reception").annotate(count=Count("pk")).values("count")
    return rows.annotate(slips=Coalesce(Subquery(counted), 0))


def slips_of(outage: Outage) -> QuerySet[Dossier]:
    """Return what was received on paper slips during `outage`."""
    rows = _on_slips().filter(reception=outage.agency_id, received_at__gte=outage.began_at)
    return rows.filter(received_at__lte=outage.ended_at) if outage.ended_at else rows


def slips_without_outage(agencies: Iterable[int]) -> QuerySet[Dossier]:
    """Return what these agencies (by number, checked) received on paper slips when no outage is on record (R21)."""
    covered = Outage.objects.everywhere(reason=_SLIPS).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=OuterRef("received_at")),
        agency=OuterRef("reception"),
        withdrawn_at__isnull=True,
        began_at__lte=OuterRef("received_at"),
    )
    return _on_slips().filter(~Exists(covered), reception__in=list(agencies))


def _on_slips() -> QuerySet[Dossier]:
    return Dossier.objects.everywhere(reason=_SLIPS).filter(channel=Channel.PAPER_SLIP.value)
