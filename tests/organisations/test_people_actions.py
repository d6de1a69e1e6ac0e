"""People, positions, holders and delegations: what is written, and what is refused."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chuan.kernel.errors import NotAllowed
from chuan.organisations.people.actions import (
    DelegatesToSelf,
    OtherAgency,
    OutsideTheHolding,
    add_person,
    add_position,
    assign_role,
    change_person,
    close_position,
    delegate,
    end_holding,
    hold,
)
from chuan.organisations.people.models import Delegation, Holding, Person, Position
from chuan.organisations.people.queries import actor_for, holders_on, unheld
from chuan.rules.authority import Role
from chuan.text.vietnamese import person_sort_key
from chuan.trail.queries import head

from ..cast import NOW, SINCE, Cast

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def delegated(cast: Cast, to: Person, first: date = TODAY, last: date = TODAY) -> Delegation:
    return delegate(
        cast.giang.holding, to, from_on=first, until_on=last, reason="Nghỉ phép", by=cast.giang.actor, at=NOW
    )


def test_holders_on_a_day_are_the_holder_and_who_stands_in(cast: Cast) -> None:
    delegated(cast, cast.binh.person)
    assert holders_on(cast.giang.position, TODAY) == [cast.giang.person, cast.binh.person]
    assert holders_on(cast.giang.position, date(2026, 11, 17)) == [cast.giang.person]
    assert holders_on(cast.giang.position, date(2025, 6, 30)) == []


def test_two_people_can_hold_one_position(cast: Cast) -> None:
    hold(cast.an.position, cast.binh.person, from_on=TODAY, by=cast.giang.actor, at=NOW)
    assert holders_on(cast.an.position, TODAY) == [cast.an.person, cast.binh.person]


def test_nobody_holds_a_position_twice_at_a_time(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="đang giữ vị trí này"):
        hold(cast.an.position, cast.an.person, from_on=TODAY, by=cast.giang.actor, at=NOW)
    end_holding(cast.an.holding, last_day=TODAY, by=cast.giang.actor, at=NOW)
    with pytest.raises(ValidationError, match="đã giữ vị trí này"):
        hold(cast.an.position, cast.an.person, from_on=TODAY, by=cast.giang.actor, at=NOW)
    hold(cast.an.position, cast.an.person, from_on=date(2026, 11, 17), by=cast.giang.actor, at=NOW)


def test_a_holding_is_not_made_longer_into_the_next_one(cast: Cast) -> None:
    end_holding(cast.an.holding, last_day=TODAY, by=cast.giang.actor, at=NOW)
    hold(cast.an.position, cast.an.person, from_on=date(2026, 11, 18), by=cast.giang.actor, at=NOW)
    end_holding(cast.an.holding, last_day=date(2026, 11, 17), by=cast.giang.actor, at=NOW)
    with pytest.raises(ValidationError, match="đã giữ vị trí này"):
        end_holding(cast.an.holding, last_day=date(2026, 11, 18), by=cast.giang.actor, at=NOW)


@pytest.mark.parametrize(("first", "last"), [(6, 30), (10, 20), (1, 10), (20, None), (1, None)])
def test_the_database_refuses_overlapping_holdings_whoever_writes_them(
    cast: Cast, first: int, last: int | None
) -> None:
    def held(start: int, end: int | None) -> Holding:
        first_day, last_day = date(2026, 1, start), date(2026, 1, end) if end else None
        position, person = cast.an.position, cast.binh.person
        return Holding.objects.create(
            position=position, person=person, from_on=first_day, until_on=last_day, created_at=NOW
        )

    held(10, 20)
    with pytest.raises(IntegrityError, match="holding_never_overlaps"), transaction.atomic():
        held(first, last)
    free = held(21, None)
    with pytest.raises(IntegrityError, match="holding_never_overlaps"), transaction.atomic():
        Holding.objects.within(cast.an.agency).filter(pk=free.pk).update(from_on=date(2026, 1, 20))


def test_a_position_that_nobody_holds_any_more_is_named(cast: Cast) -> None:
    assert list(unheld(cast.an.agency, TODAY)) == []
    end_holding(cast.an.holding, last_day=TODAY, by=cast.giang.actor, at=NOW)
    assert list(unheld(cast.an.agency, TODAY)) == []
    tomorrow = date(2026, 11, 17)
    assert list(unheld(cast.an.agency, tomorrow)) == [cast.an.position]
    close_position(cast.an.position, closed_on=tomorrow, by=cast.giang.actor, at=NOW)
    assert list(unheld(cast.an.agency, tomorrow)) == []


def test_a_closed_position_gives_nothing(cast: Cast) -> None:
    close_position(cast.an.position, closed_on=TODAY, by=cast.giang.actor, at=NOW)
    assert actor_for(cast.an.account, NOW).duties == ()


def test_a_delegation_stays_within_agency_and_holding(cast: Cast) -> None:
    with pytest.raises(DelegatesToSelf, match="chính mình"):
        delegated(cast, cast.giang.person)
    with pytest.raises(OtherAgency, match="cùng một cơ quan"):
        delegated(cast, cast.chi.person)
    with pytest.raises(OutsideTheHolding, match="nằm trong thời gian giữ vị trí"):
        delegated(cast, cast.binh.person, first=date(2025, 6, 30))


def test_only_the_holder_or_who_could_fill_the_position_delegates_it(cast: Cast) -> None:
    facts: dict[str, Any] = {"from_on": TODAY, "until_on": TODAY, "reason": "ốm", "at": NOW}
    with pytest.raises(NotAllowed):
        delegate(cast.giang.holding, cast.binh.person, by=cast.an.actor, **facts)
    with pytest.raises(NotAllowed):
        delegate(cast.ha.holding, cast.giang.person, by=cast.giang.actor, **facts)
    delegate(cast.an.holding, cast.binh.person, by=cast.giang.actor, **facts)


def test_a_delegate_does_not_delegate_further(cast: Cast) -> None:
    delegated(cast, cast.binh.person)
    standing_in = actor_for(cast.binh.account, NOW)
    with pytest.raises(NotAllowed):
        delegate(cast.ha.holding, cast.binh.person, from_on=TODAY, until_on=TODAY, reason="x", by=standing_in, at=NOW)


def test_nobody_gives_a_role_that_goes_further_than_his_own(cast: Cast) -> None:
    spare = add_position(Position(agency=cast.an.agency, code="VT-X", title="Phó"), by=cast.giang.actor, at=NOW)
    assign_role(spare, Role.INTERNAL_AUDITOR, from_on=TODAY, by=cast.giang.actor, at=NOW)
    for role in (Role.HEAD, Role.SYSTEM_ADMINISTRATOR, Role.PROVINCE_INSPECTOR):
        with pytest.raises(NotAllowed):
            assign_role(spare, role, from_on=TODAY, by=cast.giang.actor, at=NOW)
    assign_role(spare, Role.HEAD, from_on=TODAY, by=cast.khanh.actor, at=NOW)


def test_nobody_lifts_himself_into_a_position_above_his_own(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        hold(cast.ha.position, cast.giang.person, from_on=TODAY, by=cast.giang.actor, at=NOW)
    hold(cast.ha.position, cast.giang.person, from_on=TODAY, by=cast.khanh.actor, at=NOW)


@pytest.mark.parametrize("name", ["an", "binh", "chi", "dung"])
def test_who_does_not_manage_people_enters_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        new = Person(agency=cast.giang.agency, staff_code="CC-9", full_name="Ai Đó")
        add_person(new, by=getattr(cast, name).actor, at=NOW)


def test_a_person_is_found_without_diacritics_and_written_in_the_trail_by_key(cast: Cast) -> None:
    new = Person(agency=cast.giang.agency, staff_code="CC-9", full_name="  Đặng   Thùy Hoà ")
    add_person(new, by=cast.giang.actor, at=NOW)
    assert (new.full_name, new.search_text) == ("Đặng Thùy Hoà", "dang thuy hoa cc-9")
    newest = head()
    assert newest is not None
    assert (newest.subject, "Hoà" in newest.facts) == (f"person:{new.key}", False)


def test_people_stand_by_given_name_then_family_name_in_the_database(cast: Cast) -> None:
    names = ("Trần Ân", "Lê An", "Đỗ An", "Lê Thị An", "Vũ Ẩn", "Bùi Đan", "Bùi Dân", "Y", "Hồ Ăn", "Lê An An", "Ma A")
    for n, name in enumerate(names):
        new = Person(agency=cast.giang.agency, staff_code=f"CC-{n}", full_name=name)
        add_person(new, by=cast.giang.actor, at=NOW)
    change_person(new, full_name="Lý Bông", email="", by=cast.giang.actor, at=NOW)
    rows = Person.objects.within(cast.giang.agency).order_by("sort_text", "pk").values_list("full_name", flat=True)
    assert list(rows) == sorted(rows, key=person_sort_key)
    first = ["Đỗ An", "Lê An", "Lê An An", "Lê Thị An", "Hồ Ăn", "Trần Ân", "Vũ Ẩn"]
    assert [name for name in rows if name in names][:7] == first


def test_a_position_and_its_unit_are_of_one_agency(cast: Cast) -> None:
    unit = cast.an.agency.units.visible_to(cast.an.actor).get()
    with pytest.raises(OtherAgency):
        foreign = Position(agency=cast.chi.agency, unit=unit, code="VT-X", title="x")
        add_position(foreign, by=cast.chi.actor, at=NOW)
    assert SINCE < TODAY
