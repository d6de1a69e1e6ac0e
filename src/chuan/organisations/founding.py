"""The first steps of an installation: a province, its people's committee and the first administrator."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.actions import add_agency, add_province
from chuan.organisations.agencies.models import Agency, AgencyKind, Obligation, Province
from chuan.organisations.people.accounts import open_account
from chuan.organisations.people.actions import add_person, add_position, assign_role, hold
from chuan.organisations.people.models import Account, Person, Position
from chuan.rules.authority import Role

_OBLIGED_BY = "QĐ 19/2014/QĐ-TTg, Điều 2"


@dataclass(frozen=True, slots=True)
class Founded:
    """What `found_province` made."""

    province: Province
    agency: Agency
    administrator: Account


def found_province(
    *,
    code: str,
    name: str,
    administrator: str,
    username: str,
    password: str,
    since: date,
    by: Actor,
    at: datetime,
    fictitious: bool = False,
    must_change: bool = True,
) -> Founded:
    """Found the province `name` ("tỉnh Mẫu") with its people's committee and the person who may sign in first."""
    with transaction.atomic():
        province = add_province(code=code, name=name, fictitious=fictitious, by=by, at=at)
        agency = Agency(
            province=province,
            kind=AgencyKind.PROVINCE,
            code="UBND",
            name=f"Ủy ban nhân dân {name}",
            valid_from=since,
            obligation=Obligation.OBLIGED,
            obligation_source=_OBLIGED_BY,
        )
        add_agency(agency, by=by, at=at)
        position = Position(agency=agency, code="QTHT", title="Quản trị hệ thống")
        add_position(position, by=by, at=at)
        assign_role(position, Role.SYSTEM_ADMINISTRATOR, from_on=since, by=by, at=at)
        person = add_person(Person(agency=agency, staff_code="QT01", full_name=administrator), by=by, at=at)
        hold(position, person, from_on=since, by=by, at=at)
        account = open_account(person, username=username, password=password, must_change=must_change, by=by, at=at)
    return Founded(province, agency, account)
