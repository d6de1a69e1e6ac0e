"""Agencies, mergers, memberships, the founding of a province and the real units."""

from datetime import date
from typing import Any

import pytest

from chuan.kernel.actor import machine
from chuan.kernel.errors import NotAllowed
from chuan.organisations.agencies.actions import (
    AlreadyMember,
    add_agency,
    close_agency,
    found_quality_system,
    join,
    succeed,
)
from chuan.organisations.agencies.loading import load_units
from chuan.organisations.agencies.models import Agency, QualitySystem
from chuan.reading.administrative_units import communes, communes_of, provinces
from chuan.text.messages import BadInput

from ..cast import NOW, SINCE, Cast

pytestmark = pytest.mark.django_db
LOADER = machine("tests", NOW)


def commune(cast: Cast, code: str) -> Agency:
    return Agency(
        province=cast.an.agency.province,
        parent=cast.khanh.agency,
        kind="commune",
        commune_type="xa",
        code=code,
        name=f"UBND xã {code}",
        valid_from=date(2020, 1, 1),
    )


def test_two_communes_go_over_into_one(cast: Cast) -> None:
    old = [add_agency(commune(cast, code), by=cast.khanh.actor, at=NOW) for code in ("CU1", "CU2")]
    facts: dict[str, Any] = {
        "decision": "NQ 1678/NQ-UBTVQH15",
        "effective_on": SINCE,
        "by": cast.khanh.actor,
        "at": NOW,
    }
    for agency in old:
        close_agency(agency, last_day=date(2025, 6, 30), by=cast.khanh.actor, at=NOW)
        succeed(agency, cast.an.agency, **facts)
    earlier = cast.an.agency.earlier.visible_to(cast.an.actor)
    assert [row.predecessor.code for row in earlier.order_by("pk")] == ["CU1", "CU2"]
    assert old[0].exists_on(date(2025, 6, 30))
    assert not old[0].exists_on(SINCE)


@pytest.mark.parametrize("name", ["an", "giang", "ha", "chi", "dung"])
def test_only_the_administrator_adds_agencies(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        add_agency(commune(cast, "MOI"), by=getattr(cast, name).actor, at=NOW)


def test_the_administrator_founds_no_second_committee(cast: Cast) -> None:
    committee = Agency(province=cast.an.agency.province, kind="province", code="X", name="X", valid_from=SINCE)
    with pytest.raises(NotAllowed):
        add_agency(committee, by=cast.khanh.actor, at=NOW)


@pytest.mark.usefixtures("no_system")
def test_an_agency_belongs_to_one_quality_system_at_a_time(cast: Cast) -> None:
    systems = [
        found_quality_system(QualitySystem(owner=player.agency, name="HTQLCL"), by=player.actor, at=NOW)
        for player in (cast.giang, cast.chi)
    ]
    membership = join(systems[0], cast.khanh.agency, from_on=SINCE, by=cast.giang.actor, at=NOW)
    with pytest.raises(AlreadyMember, match="hệ thống quản lý chất lượng khác"):
        join(systems[1], cast.khanh.agency, from_on=NOW.date(), by=cast.chi.actor, at=NOW)
    membership.change(until_on=date(2026, 10, 31))
    join(systems[1], cast.khanh.agency, from_on=NOW.date(), by=cast.chi.actor, at=NOW)


def test_the_list_has_34_provinces_and_3321_communes() -> None:
    assert (len(provinces()), len(communes())) == (34, 3321)
    assert len({row.code for row in communes()}) == 3321
    assert {row.kind for row in communes()} == {"Xã", "Phường", "Đặc khu"}


@pytest.mark.parametrize("written", ["42", "Hà Tĩnh", "tỉnh Hà Tĩnh", "ha tinh"])
def test_a_province_is_found_by_code_and_name(written: str) -> None:
    assert {row.province for row in communes_of(written)} == {"Tỉnh Hà Tĩnh"}


def test_the_units_of_a_province_are_loaded_once() -> None:
    first = load_units("42", by=LOADER, at=NOW)
    again = load_units("Hà Tĩnh", by=LOADER, at=NOW)
    assert (first.added, first.present, again.added, again.present) == (69, 0, 0, 69)
    agencies = Agency.objects.everywhere(reason="tests").filter(province=first.province, kind="commune")
    assert agencies.count() == 69
    assert {agency.parent.name for agency in agencies.select_related("parent") if agency.parent} == {
        "Ủy ban nhân dân tỉnh Hà Tĩnh"
    }
    assert all(agency.name.startswith(("Ủy ban nhân dân xã", "Ủy ban nhân dân phường")) for agency in agencies)


def test_a_name_that_was_changed_here_is_reported_and_kept() -> None:
    loaded = load_units("42", by=LOADER, at=NOW)
    agency = Agency.objects.everywhere(reason="tests").filter(province=loaded.province, kind="commune").first()
    assert agency is not None
    agency.change(name="UBND xã Tên Khác")
    again = load_units("42", by=LOADER, at=NOW)
    assert len(again.differing) == 1
    assert "UBND xã Tên Khác ≠ Ủy ban nhân dân" in again.differing[0]


def test_an_unknown_province_is_told() -> None:
    with pytest.raises(BadInput, match="Không có tỉnh «99»"):
        load_units("99", by=LOADER, at=NOW)
