"""What a pause does to a due moment and to a step's time: R7 (counted again) and R8 (stopped)."""

from datetime import timedelta

import pytest

from chuan.rules.deadlines import (
    Pause,
    PauseRule,
    due,
    due_at,
    effective_start,
    elapsed,
    step_elapsed,
    step_exceeds,
)
from chuan.rules.procedure.structure import TimeUnit
from chuan.text.messages import BadInput

from .moments import VN, at, days, limit


def test_r7_after_a_supplement_the_limit_is_counted_again_from_zero() -> None:
    supplement = Pause(at("2025-03-05 10:00"), at("2025-03-12 09:00"), PauseRule.RESTART, "Yêu cầu bổ sung")
    assert due_at(at("2025-03-03 10:00"), days("5"), VN, pauses=[supplement]) == at("2025-03-19 17:00")
    assert effective_start(at("2025-03-03 10:00"), [supplement]) == at("2025-03-12 09:00")
    assert elapsed(at("2025-03-03 10:00"), at("2025-03-14 17:00"), TimeUnit.WORKING_DAY, VN, pauses=[supplement]) == 2


def test_r8_a_pause_stops_the_clock_and_goes_on() -> None:
    stop = Pause(at("2025-03-05 10:00"), at("2025-03-12 09:00"), PauseRule.PAUSE)
    assert due_at(at("2025-03-03 10:00"), days("5"), VN, pauses=[stop]) == at("2025-03-17 17:00")
    assert effective_start(at("2025-03-03 10:00"), [stop]) == at("2025-03-03 10:00")
    hours = limit("10", TimeUnit.WORKING_HOUR)
    assert due_at(at("2025-03-04 09:30"), hours, VN, pauses=[stop]) == at("2025-03-12 10:30")


def test_r8_a_pause_within_one_day_takes_no_whole_day_but_its_hours() -> None:
    short = Pause(at("2025-03-05 09:00"), at("2025-03-05 10:00"))
    assert due_at(at("2025-03-03 10:00"), days("3"), VN, pauses=[short]) == at("2025-03-06 17:00")
    assert due_at(at("2025-03-05 08:00"), limit("2", TimeUnit.WORKING_HOUR), VN, pauses=[short]) == at(
        "2025-03-05 11:00"
    )


def test_r8_a_pause_on_the_last_day_leaves_that_day_to_do() -> None:
    last_day = Pause(at("2025-03-06 09:00"), at("2025-03-18 16:00"))
    assert due_at(at("2025-03-03 10:00"), days("3"), VN, pauses=[last_day]) == at("2025-03-18 17:00")
    after_closing = Pause(at("2025-03-06 09:00"), at("2025-03-18 19:00"))
    assert due_at(at("2025-03-03 10:00"), days("3"), VN, pauses=[after_closing]) == at("2025-03-19 17:00")


def test_r8_a_half_day_left_is_half_a_day_of_running_clock() -> None:
    noon = Pause(at("2025-03-04 09:30"), at("2025-03-04 13:00"))
    assert due_at(at("2025-03-03 10:00"), days("0.5"), VN, pauses=[noon]) == at("2025-03-04 15:00")
    from_before = Pause(at("2025-03-03 11:00"), at("2025-03-04 09:30"))
    assert due_at(at("2025-03-03 10:00"), days("0.5"), VN, pauses=[from_before]) == at("2025-03-04 15:00")


@pytest.mark.parametrize("rule", PauseRule)
def test_what_is_late_stays_late_a_pause_after_the_due_moment_heals_nothing(rule: PauseRule) -> None:
    too_late = Pause(at("2025-03-06 08:00"), at("2025-03-20 08:00"), rule)
    assert due_at(at("2025-03-03 10:00"), days("2"), VN, pauses=[too_late]) == at("2025-03-05 17:00")


@pytest.mark.parametrize("rule", PauseRule)
def test_a_pause_that_begins_at_the_due_moment_comes_too_late(rule: PauseRule) -> None:
    at_closing = Pause(at("2025-03-05 17:00"), at("2025-03-20 08:00"), rule)
    assert due_at(at("2025-03-03 10:00"), days("2"), VN, pauses=[at_closing]) == at("2025-03-05 17:00")


def test_overlapping_pauses_are_taken_out_once() -> None:
    stops = [
        Pause(at("2025-03-04 08:00"), at("2025-03-06 08:00")),
        Pause(at("2025-03-05 08:00"), at("2025-03-07 08:00")),
    ]
    assert due_at(at("2025-03-03 08:00"), days("2"), VN, pauses=stops) == at("2025-03-10 17:00")
    assert step_elapsed(at("2025-03-03 07:30"), at("2025-03-07 11:30"), VN, stops) == timedelta(hours=12)


def test_an_open_pause_lasts_until_the_day_it_is_asked_about() -> None:
    still = [Pause(at("2025-03-04 08:00"), None)]
    assert due_at(at("2025-03-03 08:00"), days("2"), VN, pauses=still, as_of=at("2025-03-13 08:00")) == at(
        "2025-03-14 17:00"
    )
    with pytest.raises(BadInput, match="08:00 04/03/2025"):
        due(at("2025-03-03 08:00"), days("2"), VN, pauses=still)


def test_pauses_are_out_of_a_steps_time_and_a_restart_only_stops_it() -> None:
    supplement = [Pause(at("2025-03-04 10:00"), at("2025-03-06 10:00"), PauseRule.RESTART)]
    assert not step_exceeds(at("2025-03-03 10:00"), at("2025-03-07 10:00"), days("2"), VN, supplement)
    assert step_exceeds(at("2025-03-03 10:00"), at("2025-03-07 10:01"), days("2"), VN, supplement)
    assert step_elapsed(at("2025-03-03 10:00"), at("2025-03-07 10:00"), VN, supplement) == timedelta(hours=16)
    assert step_elapsed(at("2025-03-03 10:00"), at("2025-03-04 11:00"), VN, [Pause(at("2025-03-04 10:00"), None)]) == (
        timedelta(hours=8)
    )
