"""Writes on the catalogue of public services."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.services.models import PublicService, ServiceDuty
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
        record("service_duty.give", by=by, at=at, subject=service, facts={"agency": agency.key})
    return duty


def take_service_back(duty: ServiceDuty, *, last_day: date, by: Actor, at: datetime) -> ServiceDuty:
    """Let the agency's duty end with `last_day`."""
    require(by, Permission.MANAGE_SERVICES, duty.agency)
    with transaction.atomic():
        duty.change(until_on=last_day)
        record("service_duty.end", by=by, at=at, subject=duty.service, facts={"agency": duty.agency.key})
    return duty


def _search_text(service: PublicService) -> str:
    return fold(f"{service.name} {service.code}")[:700]
