"""The real provinces and communes, from the shipped list into the tables. Safe to repeat."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.actions import add_agency, add_province
from chuan.organisations.agencies.models import Agency, AgencyKind, CommuneType, Obligation, Province
from chuan.reading.administrative_units import CommuneRow, communes_of
from chuan.text.messages import BadInput

IN_FORCE_SINCE = date(2025, 7, 1)
_TYPES = {"Xã": CommuneType.COMMUNE, "Phường": CommuneType.WARD, "Đặc khu": CommuneType.SPECIAL_ZONE}
_WHY = "loading compares with every agency of the province"


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


def _committee(home: Province, by: Actor, at: datetime) -> Agency:
    kind = AgencyKind.PROVINCE
    found = Agency.objects.everywhere(reason=_WHY).filter(province=home, kind=kind, valid_until=None).first()
    return found or add_agency(
        Agency(
            province=home,
            kind=kind,
            code="UBND",
            name=f"Ủy ban nhân dân {_lowered(home.name)}",
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
    return f"Ủy ban nhân dân {_lowered(row.name)}"


def _lowered(name: str) -> str:
    """Write "Xã Ba Vì" as it stands inside a name: "xã Ba Vì"."""
    return name[0].lower() + name[1:]
