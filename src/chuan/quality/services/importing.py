"""The catalogue of public services from an Excel workbook: shown first, then written whole or not at all.

Looking and importing run the same code in one transaction, rolled back when the rows are only looked at or any row has
a problem. Importing the same workbook again changes nothing; a service that is not in the workbook stays.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from chuan.formats.xlsx import read_sheets
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.services.actions import add_service, change_service, give_service
from chuan.quality.services.models import PublicService
from chuan.quality.services.queries import duties_on
from chuan.reading.service_catalogue import ServiceRow, read_services
from chuan.rules.authority import Permission
from chuan.rules.procedure.structure import Limit
from chuan.text.messages import Message


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row, in the words of the reader or as a sentence of the database's rules."""

    row: int
    column: str
    reason: Message | str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done (or would be): services added, changed and left, duties given; with problems nothing is written."""

    added: int
    changed: int
    unchanged: int
    given: int
    problems: tuple[RowProblem, ...]
    written: bool


class _LookedAt(Exception):
    """Rolls the transaction back."""


def import_services(
    workbook: bytes, catalogue: Agency, *, to: tuple[Agency, ...] = (), keep: bool, by: Actor, at: datetime
) -> Outcome:
    """Write the services of `workbook` into the catalogue kept by the agency `catalogue`, and give them to `to`.

    Without `keep` nothing is written. Raises NotAllowed; BadInput for a file that is no such workbook.
    """
    require(by, Permission.MANAGE_SERVICES, catalogue)
    read = read_services(read_sheets(workbook))
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    problems = [RowProblem(one.row, one.column, one.reason) for one in read.problems]
    given = 0
    try:
        with transaction.atomic():
            for row in read.services:
                try:
                    service, what = _entered(row, catalogue, by, at)
                    counts[what] += 1
                    given += _given(service, to, by, at)
                except ValidationError as problem:
                    problems += [RowProblem(row.place.row, "", sentence) for sentence in problem.messages]
            if problems or not keep:
                raise _LookedAt
    except _LookedAt:
        return Outcome(**counts, given=given, problems=tuple(problems), written=False)
    return Outcome(**counts, given=given, problems=(), written=True)


def _entered(row: ServiceRow, catalogue: Agency, by: Actor, at: datetime) -> tuple[PublicService, str]:
    facts = _facts(row)
    known = PublicService.objects.within(catalogue).filter(code=row.code).first()
    if known is None:
        service = PublicService(agency=catalogue, code=row.code, valid_from=timezone.localdate(at), **facts)
        return add_service(service, by=by, at=at), "added"
    different = {name: value for name, value in facts.items() if getattr(known, name) != value}
    if not different:
        return known, "unchanged"
    return change_service(known, **different, by=by, at=at), "changed"


def _facts(row: ServiceRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "field": row.field,
        "level": row.level,
        "fee": row.fee,
        "online_level": row.online_level,
        "competence": row.competence,
        "legal_amount": _amount(row.legal),
        "legal_unit": row.legal.unit.value if row.legal else "",
        "committed_amount": _amount(row.committed),
        "committed_unit": row.committed.unit.value if row.committed else "",
    }


def _amount(limit: Limit | None) -> str:
    return str(limit.amount) if limit else ""


def _given(service: PublicService, to: tuple[Agency, ...], by: Actor, at: datetime) -> int:
    today = timezone.localdate(at)
    having = set(duties_on(service, today).values_list("agency_id", flat=True))
    lacking = [agency for agency in to if agency.pk not in having]
    for agency in lacking:
        give_service(service, agency, from_on=today, by=by, at=at)
    return len(lacking)
