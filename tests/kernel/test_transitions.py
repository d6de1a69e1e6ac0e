"""States are tables of moves, and every move leaves a row."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chuan.kernel.errors import MovedMeanwhile, NotAllowed
from chuan.kernel.transitions import moves_open_to
from chuan.organisations.agencies.actions import declare, found_quality_system, move_quality_system
from chuan.organisations.agencies.lifecycle import QUALITY_SYSTEM, STATES
from chuan.organisations.agencies.models import QualitySystem
from chuan.rules.lifecycle import Lifecycle, Move, NoSuchMove
from chuan.trail.queries import head

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(cast: Cast, no_system: None) -> QualitySystem:
    new = QualitySystem(owner=cast.ha.agency, name="HTQLCL xã Thanh Bình")
    return found_quality_system(new, by=cast.giang.actor, at=NOW)


def test_a_move_changes_the_state_and_leaves_a_row_and_an_entry(cast: Cast, system: QualitySystem) -> None:
    move_quality_system(system, "building", by=cast.giang.actor, at=NOW, note="Kế hoạch 12")
    system.refresh_from_db()
    assert system.state == "building"
    assert [(row.source, row.target, row.by_name, row.note) for row in system.moves.all()] == [
        ("", "not_started", "Lê Hương Giang", ""),
        ("not_started", "building", "Lê Hương Giang", "Kế hoạch 12"),
    ]
    newest = head()
    assert newest is not None
    assert (newest.action, newest.by, newest.facts) == (
        "qualitysystem.build",
        "account:giang",
        '{"from":"not_started","to":"building"}',
    )


def test_there_is_no_move_that_the_table_does_not_name(cast: Cast, system: QualitySystem) -> None:
    with pytest.raises(NoSuchMove):
        move_quality_system(system, "declared", by=cast.ha.actor, at=NOW)


def test_a_move_needs_its_permission(cast: Cast, system: QualitySystem) -> None:
    with pytest.raises(NotAllowed):
        move_quality_system(system, "building", by=cast.an.actor, at=NOW)
    assert [row.target for row in system.moves.all()] == ["not_started"]


def test_who_moves_what_somebody_else_moved_meanwhile_is_told(cast: Cast, system: QualitySystem) -> None:
    stale = QualitySystem.objects.visible_to(cast.giang.actor).get(pk=system.pk)
    move_quality_system(system, "building", by=cast.giang.actor, at=NOW)
    with pytest.raises(MovedMeanwhile, match="tải lại trang"):
        move_quality_system(stale, "building", by=cast.ha.actor, at=NOW)


def test_buttons_are_the_moves_that_the_actor_may_make(cast: Cast, system: QualitySystem) -> None:
    move_quality_system(system, "building", by=cast.giang.actor, at=NOW)
    agency = system.owner
    assert [move.name for move in moves_open_to(system, agency=agency, actor=cast.ha.actor)] == ["apply", "suspend"]
    assert moves_open_to(system, agency=agency, actor=cast.giang.actor) == []


def test_a_system_is_declared_by_a_decision(cast: Cast, system: QualitySystem) -> None:
    head_of_agency = cast.ha.actor
    for state in ("building", "applying", "confirmed_effective"):
        move_quality_system(system, state, by=head_of_agency, at=NOW)
    declare(system, decision="QĐ 15/QĐ-UBND", declared_on=date(2026, 11, 16), by=head_of_agency, at=NOW)
    assert (system.state, system.state_label) == ("declared", "Đã công bố")


def test_never_declared_without_decision(cast: Cast, system: QualitySystem) -> None:
    system.state = "declared"
    with pytest.raises(ValidationError, match="phải có quyết định công bố"):
        system.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        system.save()


def test_a_state_outside_the_lifecycle_is_refused_by_the_database(system: QualitySystem) -> None:
    system.state = "perfect"
    with pytest.raises(IntegrityError), transaction.atomic():
        system.save()


def test_every_state_has_a_name_and_can_be_reached() -> None:
    assert set(STATES) == set(QUALITY_SYSTEM.states)
    reached = {QUALITY_SYSTEM.first} | {move.target for move in QUALITY_SYSTEM.moves}
    assert reached == set(QUALITY_SYSTEM.states)


def test_a_lifecycle_with_an_unknown_state_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="b"):
        Lifecycle(states=("a",), moves=(Move("go", "a", "b", QUALITY_SYSTEM.moves[0].permission),))
