"""Who acts: what positions give on a day, and to whom."""

from datetime import date, timedelta

import pytest

from chuan.kernel.actor import machine, nobody
from chuan.organisations.people.actions import assign_role, delegate, end_holding, end_role
from chuan.organisations.people.queries import actor_for
from chuan.rules.authority import Permission, Role

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_authority_comes_from_the_position_of_the_day(cast: Cast) -> None:
    assert cast.giang.actor.may(Permission.WRITE_PROCEDURE, cast.giang.agency)
    assert not cast.giang.actor.may(Permission.WRITE_PROCEDURE, cast.chi.agency)
    end_holding(cast.giang.holding, last_day=date(2026, 11, 15), by=cast.khanh.actor, at=NOW)
    assert actor_for(cast.giang.account, NOW).duties == ()
    yesterday = actor_for(cast.giang.account, NOW - timedelta(days=1))
    assert [duty.title for duty in yesterday.duties] == ["Thư ký ISO"]


def test_a_role_that_ended_gives_nothing(cast: Cast) -> None:
    assignment = cast.giang.position.roles.get()
    end_role(assignment, last_day=date(2026, 11, 15), by=cast.khanh.actor, at=NOW)
    assert not actor_for(cast.giang.account, NOW).may_somewhere(Permission.WRITE_PROCEDURE)


def test_a_delegate_carries_the_duties_during_the_absence_and_no_longer(cast: Cast) -> None:
    delegate(
        cast.giang.holding,
        cast.binh.person,
        from_on=date(2026, 11, 16),
        until_on=date(2026, 11, 18),
        reason="Nghỉ phép",
        by=cast.giang.actor,
        at=NOW,
    )
    standing_in = actor_for(cast.binh.account, NOW)
    assert standing_in.may(Permission.WRITE_PROCEDURE, cast.giang.agency)
    assert {duty.in_place_of for duty in standing_in.duties} == {"", "Lê Hương Giang"}
    after = actor_for(cast.binh.account, NOW + timedelta(days=3))
    assert not after.may(Permission.WRITE_PROCEDURE, cast.giang.agency)


def test_the_day_is_the_day_in_viet_nam(cast: Cast) -> None:
    end_holding(cast.giang.holding, last_day=date(2026, 11, 15), by=cast.khanh.actor, at=NOW)
    half_past_midnight_here = NOW.replace(hour=0, minute=30)
    assert actor_for(cast.giang.account, half_past_midnight_here).duties == ()


def test_a_province_role_reaches_every_agency_of_its_province_only(cast: Cast) -> None:
    assert cast.dung.actor.may(Permission.SEE_PUBLISHED, cast.an.agency)
    cast_agency = cast.an.agency
    cast_agency.province_id += 1000
    assert not cast.dung.actor.may(Permission.SEE_PUBLISHED, cast_agency)


def test_a_closed_account_is_nobody(cast: Cast) -> None:
    account = cast.an.account
    account.is_active = False
    assert actor_for(account, NOW) == nobody(NOW)
    assert actor_for(None, NOW) == nobody(NOW)
    assert not nobody(NOW).may(Permission.SEE_AGENCY, cast.an.agency)


def test_a_machine_may_do_everything_under_its_own_name(cast: Cast) -> None:
    actor = machine("demo", NOW)
    assert actor.may(Permission.MANAGE_ACCOUNTS, cast.an.agency)
    assert actor.ref == "machine:demo"


def test_the_administrator_sees_no_inner_matter(cast: Cast) -> None:
    assert not cast.khanh.actor.may(Permission.SEE_AGENCY, cast.an.agency)
    assert [duty.roles for duty in cast.khanh.actor.duties] == [frozenset({Role.SYSTEM_ADMINISTRATOR})]


def test_establishing_who_acts_takes_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    account = cast.an.account
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture has no type
        actor_for(account, NOW)


def test_who_holds_nothing_has_a_name_and_no_duty(cast: Cast) -> None:
    end_holding(cast.giang.holding, last_day=date(2026, 11, 15), by=cast.khanh.actor, at=NOW)
    actor = actor_for(cast.giang.account, NOW)
    assert (actor.name, actor.duties) == ("Lê Hương Giang", ())


def test_a_position_with_two_roles_is_one_duty(cast: Cast) -> None:
    assign_role(cast.giang.position, Role.INTERNAL_AUDITOR, from_on=date(2026, 1, 5), by=cast.khanh.actor, at=NOW)
    (duty,) = actor_for(cast.giang.account, NOW).duties
    assert duty.roles == {Role.ISO_SECRETARY, Role.INTERNAL_AUDITOR}
    assert (duty.agency_name, duty.over_agency) == ("UBND xã Thanh Bình", "Ủy ban nhân dân tỉnh Mẫu")


def test_who_stands_in_only_keeps_his_own_name(cast: Cast) -> None:
    days = {"from_on": date(2026, 11, 16), "until_on": date(2026, 11, 18)}
    delegate(cast.giang.holding, cast.binh.person, **days, reason="Nghỉ phép", by=cast.giang.actor, at=NOW)
    end_holding(cast.binh.holding, last_day=date(2026, 11, 15), by=cast.khanh.actor, at=NOW)
    actor = actor_for(cast.binh.account, NOW)
    assert (actor.name, [duty.in_place_of for duty in actor.duties]) == ("Trần Văn Bình", ["Lê Hương Giang"])
