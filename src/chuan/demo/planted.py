"""The list of planted behaviours, `data/demo/planted.json`, and how each is measured in the database."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from chuan.analytics.models import LoggedDossier, ProcedureReading
from chuan.organisations.models import Agency
from chuan.quality.models import ProcedureVersion
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.queries import coverage
from chuan.reading.law import load_law
from chuan.rules.procedure.validator import legal_states, validate

_FRIDAY, _EVENING = 4, (16, 59)
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Planted:
    """One behaviour: who, in which procedure ("" for the whole agency), what, how measured, and the exact number."""

    id: str
    agency: str
    code: str
    what: str
    where: str
    measure: str
    of: str
    count: int


def planted() -> tuple[Planted, ...]:
    """Return the list."""
    text = (files("chuan.data.demo") / "planted.json").read_text(encoding="utf-8")
    return tuple(Planted(**one) for one in json.loads(text))


def measured(one: Planted, agency: Agency, day: date) -> int:
    """Return the number that the database gives for `one`."""
    if one.measure == "uncovered":
        found = coverage(agency, day)
        return found.services - found.covered
    version = ProcedureVersion.objects.within(agency).get(procedure__code=one.code, state="in_force")
    return _MEASURES[one.measure](version, one.of, day)


def _dossiers(version: ProcedureVersion) -> QuerySet[LoggedDossier]:
    return LoggedDossier.objects.within(version.procedure.agency).filter(version=version)


def _marked(version: ProcedureVersion, of: str, day: date) -> int:
    return _dossiers(version).filter(marks__contains=f"|{of}|").count()


def _in_state(version: ProcedureVersion, of: str, day: date) -> int:
    return _dossiers(version).filter(state=of).count()


def _at_the_due_moment(version: ProcedureVersion, of: str, day: date) -> int:
    return _dossiers(version).filter(finished_at=F("due_at")).count()


def _on_friday_evening(version: ProcedureVersion, of: str, day: date) -> int:
    moments = _dossiers(version).exclude(finished_at=None).values_list("finished_at", flat=True)
    local = (moment.astimezone(_ZONE) for moment in moments if moment)
    return sum(moment.weekday() == _FRIDAY and (moment.hour, moment.minute) == _EVENING for moment in local)


def _remarks(version: ProcedureVersion, of: str, day: date) -> int:
    others = Agency.objects.everywhere(reason="names that a copied procedure may carry").values_list("name", flat=True)
    found = validate(
        structure(version),
        day=day,
        legal_state=legal_states(load_law()),
        own_agencies=[version.procedure.agency.name],
        other_agencies=others,
    )
    return sum(remark.rule == of for remark in found)


def _reading(version: ProcedureVersion, of: str, day: date) -> int:
    reading = ProcedureReading.objects.within(version.procedure.agency).get(version=version, period="")
    if of == "not_recorded":
        return len(reading.content["not_recorded"])
    count: int = getattr(reading, of)
    return count


_MEASURES: Mapping[str, Callable[[ProcedureVersion, str, date], int]] = {
    "mark": _marked,
    "state": _in_state,
    "at_due_moment": _at_the_due_moment,
    "friday_evening": _on_friday_evening,
    "remark": _remarks,
    "reading": _reading,
}
