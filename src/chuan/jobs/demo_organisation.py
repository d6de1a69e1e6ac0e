"""First stage of the demo: its province, agencies, positions, people and accounts.

Each agency is one transaction; an agency that is there already is complete, so an interrupted stage goes on after it.
"""

from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from chuan.jobs.demo_cast import organisation
from chuan.kernel.actor import Actor, machine
from chuan.organisations.agencies.actions import add_agency
from chuan.organisations.agencies.models import Agency, Obligation, Province
from chuan.organisations.founding import found_province
from chuan.organisations.people.accounts import open_account
from chuan.organisations.people.actions import add_person, add_position, assign_role, hold
from chuan.organisations.people.models import Person, Position
from chuan.rules.authority import Role

_WHY = "the demo is filled by a machine"


class Reports(Protocol):
    """What the stage needs of its progress."""

    def report(self, done: int, total: int) -> None:
        """Tell that `done` of `total` agencies are there."""
        ...


def fill_organisation(progress: Reports) -> None:
    """Make what is not there yet."""
    data = organisation()
    by = machine("demo", timezone.now())
    province = _province(data, by)
    for number, entry in enumerate(data["agency"], start=1):
        with transaction.atomic():
            _fill_agency(entry, data, province, by)
        progress.report(number, len(data["agency"]))


def _province(data: dict[str, Any], by: Actor) -> Province:
    entry = data["province"]
    found = Province.objects.filter(code=entry["code"]).first()
    if found is not None:
        return found
    return found_province(
        code=entry["code"],
        name=entry["name"],
        administrator=entry["administrator"],
        username=entry["username"],
        password=data["password"],
        since=data["since"],
        by=by,
        at=by.at,
        fictitious=True,
        must_change=False,
    ).province


def _fill_agency(entry: dict[str, Any], data: dict[str, Any], province: Province, by: Actor) -> None:
    agencies = Agency.objects.everywhere(reason=_WHY).filter(province=province)
    agency = agencies.filter(code=entry["code"]).first()
    if agency is None:
        agency = _new_agency(entry, data, province, agencies.get(code=entry["parent"]), by)
    elif Position.objects.within(agency).filter(code=data["staff"][entry["kind"]][0]["code"]).exists():
        return
    positions = {line["code"]: _position(line, agency, data["since"], by) for line in data["staff"][entry["kind"]]}
    for number, person in enumerate(entry["people"], start=1):
        _person(person, f"{entry['code']}{number:02}", positions[person["position"]], data, by)


def _new_agency(entry: dict[str, Any], data: dict[str, Any], province: Province, parent: Agency, by: Actor) -> Agency:
    agency = Agency(
        province=province,
        parent=parent,
        kind=entry["kind"],
        commune_type=entry.get("commune_type", ""),
        code=entry["code"],
        name=entry["name"],
        valid_from=data["since"],
        obligation=Obligation.OBLIGED,
        obligation_source=data["obligation"][entry["kind"]],
    )
    return add_agency(agency, by=by, at=by.at)


def _position(line: dict[str, Any], agency: Agency, since: date, by: Actor) -> Position:
    position = add_position(Position(agency=agency, code=line["code"], title=line["title"]), by=by, at=by.at)
    for role in line["roles"]:
        assign_role(position, Role(role), from_on=since, by=by, at=by.at)
    return position


def _person(entry: dict[str, Any], staff_code: str, position: Position, data: dict[str, Any], by: Actor) -> None:
    person = Person(agency=position.agency, staff_code=staff_code, full_name=entry["name"])
    add_person(person, by=by, at=by.at)
    hold(position, person, from_on=data["since"], by=by, at=by.at)
    if "username" in entry:
        open_account(person, username=entry["username"], password=data["password"], must_change=False, by=by, at=by.at)
