"""Writes on the catalogue of public services."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.services.models import CoverageCount, PublicService, ServiceDuty
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record


def add_service(service: PublicService, *, by: Actor, at: datetime) -> PublicService:
    """Insert the new `service` into the catalogue of its agency (the province's)."""
    require(by, Permission.MANAGE_SERVICES, service.agency)
    service.name = clean(service.name)
    service.search_text = _search_text(service)
    with transaction.atomic():
        service.put(by=by, at=at)
        record("public_service.add", by=by, at=at, subject=service, facts={"code": service.code})
    return service


def change_service(service: PublicService, *, by: Actor, at: datetime, **facts: Any) -> PublicService:
    """Change facts of a service in the catalogue."""
    require(by, Permission.MANAGE_SERVICES, service.agency)
    for name, value in facts.items():
        setattr(service, name, value)
    with transaction.atomic():
        service.change(**facts, search_text=_search_text(service))
        record("public_service.change", by=by, at=at, subject=service, facts={"fields": sorted(facts)})
    return service


def give_service(service: PublicService, agency: Agency, *, from_on: date, by: Actor, at: datetime) -> ServiceDuty:
    """Write down that `agency` handles `service` from a day on."""
    require(by, Permission.MANAGE_SERVICES, agency)
    with transaction.atomic():
        duty = ServiceDuty(agency=agency, service=service, from_on=from_on).put(by=by, at=at)
        CoverageCount.outdate(agency)
        record("service_duty.give", by=by, at=at, subject=service, facts={"agency": agency.key})
    return duty


def take_service_back(duty: ServiceDuty, *, last_day: date, by: Actor, at: datetime) -> ServiceDuty:
    """Let the agency's duty end with `last_day`."""
    require(by, Permission.MANAGE_SERVICES, duty.agency)
    with transaction.atomic():
        duty.change(until_on=last_day)
        CoverageCount.outdate(duty.agency)
        record("service_duty.end", by=by, at=at, subject=duty.service, facts={"agency": duty.agency.key})
    return duty


def repeal_service(
    service: PublicService, *, last_day: date, decision: str, by: Actor, at: datetime
) -> list[ServiceDuty]:
    """Let `service` end with `last_day` by `decision`, and with it the duties of agencies; return those that ended."""
    require(by, Permission.MANAGE_SERVICES, service.agency)
    with transaction.atomic():
        service.change(valid_until=last_day, repealed_by=clean(decision))
        record("public_service.repeal", by=by, at=at, subject=service, facts={"last_day": last_day.isoformat()})
        open_duties = _duties_of(service).filter(until_on__isnull=True, from_on__lte=last_day).select_related("agency")
        return [take_service_back(duty, last_day=last_day, by=by, at=at) for duty in open_duties]


def restore_service(service: PublicService, *, by: Actor, at: datetime) -> PublicService:
    """Take a repeal back, with the duties that ended by it."""
    require(by, Permission.MANAGE_SERVICES, service.agency)
    with transaction.atomic():
        for duty in _duties_of(service).filter(until_on=service.valid_until).select_related("agency"):
            duty.change(until_on=None)
            CoverageCount.outdate(duty.agency)
        service.change(valid_until=None, repealed_by="")
        record("public_service.restore", by=by, at=at, subject=service)
    return service


def _duties_of(service: PublicService) -> QuerySet[ServiceDuty]:
    rows = ServiceDuty.objects.everywhere(reason="a repeal ends the duties of every agency of the province")
    return rows.filter(service=service)


def _search_text(service: PublicService) -> str:
    return fold(f"{service.name} {service.code}")[:700]
