"""Bringing the simulated province into the database: public services, and a year of dossiers.

Every stage leaves alone what is there, so it may be cut off anywhere and called again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from random import Random
from typing import Any

from django.db import transaction

from chuan.analytics.findings.actions import read_again
from chuan.analytics.logs.actions import insert
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.stored import events_of, facts_of
from chuan.checking.check import service_key
from chuan.checking.subjects import from_procedure
from chuan.demo.agencies import Told, agencies
from chuan.demo.behaviours import BEHAVIOURS
from chuan.demo.procedures import IN_FORCE_SINCE
from chuan.demo.simulation import GOOD, HONEST, simulate
from chuan.demo.work import Work, uncovered, works, year
from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure, PublicService, ServiceDuty
from chuan.quality.services.actions import add_service, give_service
from chuan.reading.calendars import load_calendar
from chuan.reading.procedure_json import from_json
from chuan.rules.eventlog import Dossier
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import VIETNAM

SOURCE = "Hệ thống một cửa (dữ liệu giả lập)"
CHUNK = 500


def load_services(told: Told, *, by: Actor, at: datetime) -> None:
    """Fill the catalogue of public services and say which agency handles which."""
    known = agencies()
    given = [(work.agency, work.of_catalogue) for work in works()] + list(uncovered())
    for number, (agency, content) in enumerate(given, start=1):
        with transaction.atomic():
            service = _service(known["UBND"], content, by=by, at=at)
            if not ServiceDuty.objects.within(known[agency]).filter(service=service).exists():
                give_service(service, known[agency], from_on=IN_FORCE_SINCE, by=by, at=at)
        told(number, len(given))


def _service(owner: Agency, content: dict[str, Any], *, by: Actor, at: datetime) -> PublicService:
    code = content["tthc_code"]
    known = PublicService.objects.within(owner).filter(code=code).first()
    if known is not None:
        return known
    written = from_json({"procedures": [content]})[0]
    service = PublicService(
        agency=owner,
        code=code,
        name=written.name,
        field=written.field,
        level=written.level,
        fee=written.fee[:400],
        online_level=written.online_level,
        competence=written.deciding_authority,
        valid_from=IN_FORCE_SINCE,
        **_limit("committed", written.committed),
        **_limit("legal", written.legal),
    )
    return add_service(service, by=by, at=at)


def _limit(name: str, limit: Limit | None) -> dict[str, str]:
    return {f"{name}_amount": str(limit.amount), f"{name}_unit": limit.unit.value} if limit else {}


def load_dossiers(told: Told, *, by: Actor, at: datetime, of: Sequence[Work] = ()) -> None:
    """Simulate and keep the dossiers of every procedure (or only those `of` some), and read them against it."""
    known = agencies()
    every = list(of or works())
    total, done = sum(work.dossiers for work in every), 0
    told(done, total)
    for work in every:
        agency = known[work.agency]
        procedure = Procedure.objects.within(agency).get(code=work.code)
        if not LoggedDossier.objects.within(agency).filter(version__procedure=procedure).exists():
            source = _source(agency, by=by, at=at)
            keep(source, dossiers_of(work), by=by, at=at)
            read_again(procedure, by=by, at=at)
        done += work.dossiers
        told(done, total)


def _source(agency: Agency, *, by: Actor, at: datetime) -> LogSource:
    known = LogSource.objects.within(agency).filter(name=SOURCE).first()
    until = datetime.combine(year().last, time(17), VIETNAM)
    return known or LogSource(agency=agency, name=SOURCE, recorded_until=until).put(by=by, at=at)


def dossiers_of(work: Work) -> list[Dossier]:
    """Return the simulated dossiers of one procedure of one agency: always the same ones."""
    span, calendar, written = year(), load_calendar("vn"), work.procedure
    variant = written.variants[0]
    random = Random(f"{span.seed}/{work.agency}/{work.code}")  # noqa: S311 - a simulation wants repeatable chance
    pace = GOOD if work.behaviour == "truly_good" else HONEST
    total = from_procedure(written).models[0].total.limit
    code = f"H99.{work.agency}.{work.code.removeprefix('QT.')}"
    honest = simulate(variant, work.dossiers, span.first, span.last, calendar, code, random, pace)
    changed = (BEHAVIOURS[work.behaviour](one, variant, calendar, total, random) for one in honest)
    return [replace(one, service_code=work.service) for one in changed]


def keep(source: LogSource, dossiers: Sequence[Dossier], *, by: Actor, at: datetime) -> None:
    """Insert the dossiers that are not there yet, in chunks."""
    there = set(LoggedDossier.objects.within(source.agency).filter(source=source).values_list("code", flat=True))
    rows = [
        LoggedDossier(
            agency_id=source.agency_id,
            source=source,
            code=one.id,
            service_code=one.service_code,
            national_code=service_key(one.service_code),
            facts=facts_of(one),
            events=events_of(one),
            created_at=at,
            created_by_id=by.account_id,
        )
        for one in dossiers
        if one.id not in there
    ]
    for start in range(0, len(rows), CHUNK):
        insert(source, rows[start : start + CHUNK])
