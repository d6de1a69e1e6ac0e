"""The real provinces and communes, from the shipped list into the tables. Safe to repeat."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.agencies.actions import add_agency, add_province, change_agency
from chuan.organisations.agencies.models import Agency, AgencyKind, CommuneType, Obligation, Province
from chuan.reading.administrative_units import CommuneRow, communes_of, provinces
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.trail.actions import record

UNNAMED = ("00", "tỉnh (chưa đặt tên)")  # code and name of a province that is to be named later
IN_FORCE_SINCE = date(2025, 7, 1)
_TYPES = {"Xã": CommuneType.COMMUNE, "Phường": CommuneType.WARD, "Đặc khu": CommuneType.SPECIAL_ZONE}
_WHY = "loading compares with every agency of the province"


class NamedAlready(Refusal):
    """The province has its name: it is changed by nobody."""

    def __str__(self) -> str:
        return _("Đã ghi đây là %(province)s; không đổi sang tỉnh khác được.") % {"province": self.args[0]}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: `differing` lists "code: name here ≠ name in the list", which nobody changes by itself."""

    province: Province
    added: int
    present: int
    differing: tuple[str, ...]


def load_units(province: str, *, by: Actor, at: datetime) -> Loaded:
    """Load the province with this code or name and its communes. Raises BadInput `units.unknown_province`."""
    rows = communes_of(province)
    if not rows:
        raise BadInput("units.unknown_province", province=province)
    with transaction.atomic():
        home = Province.objects.filter(code=rows[0].province_code).first() or add_province(
            code=rows[0].province_code, name=rows[0].province, fictitious=False, by=by, at=at
        )
        committee = _committee(home, by, at)
        here = {agency.code: agency for agency in Agency.objects.everywhere(reason=_WHY).filter(province=home)}
        new = [row for row in rows if row.code not in here]
        for row in new:
            add_agency(_commune(row, committee), by=by, at=at)
    differing = tuple(
        f"{row.code}: {here[row.code].name} ≠ {_name(row)}"
        for row in rows
        if row.code in here and here[row.code].name != _name(row)
    )
    return Loaded(home, added=len(new), present=len(rows) - len(new), differing=differing)


def name_province(committee: Agency, code: str, *, communes: bool, by: Actor, at: datetime) -> None:
    """Let the province of `committee`, begun without a name, be the one with this code of the list.

    Its communes are added when wanted. Raises NamedAlready, NotAllowed.
    """
    require(by, Permission.MANAGE_ORGANISATION, committee)
    home = committee.province
    if home.code != UNNAMED[0]:
        raise NamedAlready(home.name)
    name = provinces()[code]
    with transaction.atomic():
        home.change(code=code, name=named_inside(name))
        record("province.name", by=by, at=at, subject=home, facts={"code": code})
        change_agency(committee, name=f"Ủy ban nhân dân {home.name}", by=by, at=at)
        if communes:
            load_units(code, by=by, at=at)


def _committee(home: Province, by: Actor, at: datetime) -> Agency:
    kind = AgencyKind.PROVINCE
    found = Agency.objects.everywhere(reason=_WHY).filter(province=home, kind=kind, valid_until=None).first()
    return found or add_agency(
        Agency(
            province=home,
            kind=kind,
            code="UBND",
            name=f"Ủy ban nhân dân {named_inside(home.name)}",
            valid_from=IN_FORCE_SINCE,
            obligation=Obligation.OBLIGED,
            obligation_source="QĐ 19/2014/QĐ-TTg, Điều 2",
        ),
        by=by,
        at=at,
    )


def _commune(row: CommuneRow, committee: Agency) -> Agency:
    return Agency(
        province=committee.province,
        parent=committee,
        kind=AgencyKind.COMMUNE,
        commune_type=_TYPES[row.kind],
        code=row.code,
        name=_name(row),
        valid_from=IN_FORCE_SINCE,
    )


def _name(row: CommuneRow) -> str:
    return f"Ủy ban nhân dân {named_inside(row.name)}"


def named_inside(name: str) -> str:
    """Write "Xã Ba Vì" as it stands inside a name: "xã Ba Vì"."""
    return name[0].lower() + name[1:]
