"""Four eyes: who wrote a version neither reviews nor approves it, unless the agency allows it for a time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from chuan.kernel.actor import Actor, machine
from chuan.kernel.errors import NotAllowed
from chuan.organisations.people.actions import assign_role
from chuan.quality.models import ProcedureVersion
from chuan.quality.procedures import actions
from chuan.quality.procedures.four_eyes import WroteIt, allow_self_approval, end_self_approval
from chuan.rules.authority import Role
from chuan.trail.models import Entry

from ..cast import NOW, Cast
from .stage import actor, content, version

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_a_writer_does_not_approve(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.approve(version("qttrinh-01"), effective_on=TODAY, decision="20", by=cast.giang.actor, at=NOW)


def second_role(cast: Cast, name: str, role: Role) -> Actor:
    """Give the position of `name` another role: a small commune, where one officer does everything."""
    assign_role(getattr(cast, name).position, role, from_on=NOW.date(), by=machine("tests", NOW), at=NOW)
    return actor(name, NOW)


def handed_in_by_giang(cast: Cast) -> ProcedureVersion:
    actions.submit(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    return version("qtxd03-02")


def approve(one: ProcedureVersion, by: Actor) -> None:
    actions.approve(one, effective_on=TODAY, decision="20/QĐ-UBND", by=by, at=NOW)


def test_who_wrote_a_version_does_not_approve_it_and_learns_who_may(cast: Cast) -> None:
    giang = second_role(cast, "giang", Role.HEAD)
    one = handed_in_by_giang(cast)
    with pytest.raises(WroteIt, match=r"Người có thể làm: Phạm Thu Hà \(Chủ tịch UBND xã\)\.$"):
        approve(one, giang)
    approve(one, cast.ha.actor)
    assert version("qtxd03-02").state == "approved"


def test_a_single_save_is_writing_too(cast: Cast) -> None:
    ha = second_role(cast, "ha", Role.ISO_SECRETARY)
    draft = version("qtxd03-02")
    actions.save_draft(draft, content=content(), started_from=draft.saved, by=ha, at=NOW)
    with pytest.raises(WroteIt, match="chưa có ai khác"):
        approve(handed_in_by_giang(cast), ha)


def test_an_agency_lets_one_person_do_both_for_a_time_with_a_reason_that_the_trail_keeps(cast: Cast) -> None:
    giang = second_role(cast, "giang", Role.HEAD)
    one = handed_in_by_giang(cast)
    home = cast.giang.agency
    with pytest.raises(ValidationError):
        allow_self_approval(home, from_on=TODAY, until_on=TODAY, reason=" ", by=giang, at=NOW)
    allow_self_approval(home, from_on=TODAY, until_on=TODAY, reason="Xã chỉ có một công chức", by=giang, at=NOW)
    kept = Entry.objects.get(action="self_approval.allow")
    assert "Xã chỉ có một công chức" in kept.facts
    with pytest.raises(WroteIt):  # the day after the last
        actions.review(one, by=giang, at=NOW + timedelta(days=1))
    approve(one, giang)
    assert version("qtxd03-02").state == "approved"


def test_the_exception_of_one_agency_is_none_for_another(cast: Cast) -> None:
    giang = second_role(cast, "giang", Role.HEAD)
    by = machine("tests", NOW)
    allow_self_approval(cast.chi.agency, from_on=TODAY, until_on=TODAY, reason="Xã nhỏ", by=by, at=NOW)
    with pytest.raises(WroteIt):
        approve(handed_in_by_giang(cast), giang)


def test_an_exception_ends_the_moment_it_is_taken_back(cast: Cast) -> None:
    giang = second_role(cast, "giang", Role.HEAD)
    one, later = handed_in_by_giang(cast), TODAY + timedelta(days=30)
    row = allow_self_approval(cast.ha.agency, from_on=TODAY, until_on=later, reason="Xã nhỏ", by=giang, at=NOW)
    end_self_approval(row, by=cast.ha.actor, at=NOW)
    with pytest.raises(WroteIt):
        approve(one, giang)


def test_the_secretary_does_not_lift_the_separation_for_herself_the_administrator_may(cast: Cast) -> None:
    home, until = cast.giang.agency, TODAY + timedelta(days=7)
    with pytest.raises(NotAllowed):
        allow_self_approval(home, from_on=TODAY, until_on=until, reason="Vội", by=cast.giang.actor, at=NOW)
    allow_self_approval(home, from_on=TODAY, until_on=until, reason="Xã nhỏ", by=cast.khanh.actor, at=NOW)
    actions.review(handed_in_by_giang(cast), by=cast.giang.actor, at=NOW)


def test_the_reviewer_is_not_who_wrote_and_the_version_stays_under_review(cast: Cast) -> None:
    one = handed_in_by_giang(cast)
    with pytest.raises(WroteIt):
        actions.review(one, by=cast.giang.actor, at=NOW)
    actions.review(one, note="Đủ biểu mẫu", by=cast.ha.actor, at=NOW)
    last = one.moves.last()
    assert last is not None
    assert (version("qtxd03-02").state, last.note) == ("review", "Đủ biểu mẫu")
