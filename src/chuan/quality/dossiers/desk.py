"""Reads for the desk of reception: what can be received, for whom, and how the actor usually does it."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import DossierAct
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.quality.services.queries import duties_on, services
from chuan.rules.handling.acts import ActKind


def receivable(actor: Actor, own: Agency, day: date, words: str = "") -> QuerySet[PublicService, Any]:
    """Return the public services that some agency of the province handles on `day`, those that `own` handles first:
    reception knows no boundary inside the province (facts 3.2). Each row says so as `own`.
    """
    open_duty = Q(until_on__isnull=True) | Q(until_on__gte=day)
    duties = ServiceDuty.objects.everywhere(reason="who handles a public service is public")
    handled = duties.filter(open_duty, service=OuterRef("pk"), from_on__lte=day)
    rows = services(actor, words=words).filter(Exists(handled.filter(agency__province=own.province_id)))
    return rows.annotate(own=Exists(handled.filter(agency=own))).order_by("-own", "code", "pk")


def often_received(actor: Actor, since: datetime, count: int = 10) -> list[int]:
    """Return the public services (by number) that the actor received most since then, the commonest first."""
    acts = DossierAct.objects.everywhere(reason="the actor's own acts")
    own = acts.filter(by=actor.account_id, at__gte=since, kind=ActKind.RECEIVED.value)
    counted = own.order_by().values("dossier__service").annotate(times=Count("pk"))
    return list(counted.order_by("-times", "dossier__service").values_list("dossier__service", flat=True)[:count])


def handling_agencies(service: PublicService, own: Agency, day: date) -> list[Agency]:
    """Return the agencies of the province that handle `service` on `day`: `own` first, then by name."""
    duties = duties_on(service, day).filter(agency__province=own.province_id)
    agencies = {duty.agency.pk: duty.agency for duty in duties.select_related("agency__province")}
    return sorted(agencies.values(), key=lambda one: (one.pk != own.pk, one.search_text, one.pk))
