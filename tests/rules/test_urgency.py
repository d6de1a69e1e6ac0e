"""What presses most in a queue of living dossiers, and until when a step may take its time."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.deadlines import Pause, step_due, step_exceeds
from chuan.rules.handling.urgency import Limits, Urgency, by_urgency, urgency
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import add_working_time

from .moments import VN, at, days, limit

NOW = at("2026-11-16 09:00")  # a Monday
PAST, SOON, FAR = at("2026-11-13 17:00"), at("2026-11-17 08:00"), at("2026-11-30 17:00")


@pytest.mark.parametrize(
    ("limits", "group"),
    [
        (Limits(legal=PAST, promised=PAST, step=PAST), Urgency.LATE_BY_LAW),
        (Limits(legal=FAR, promised=PAST, step=SOON), Urgency.LATE),
        (Limits(legal=FAR, promised=FAR, step=PAST), Urgency.STEP_LATE),
        (Limits(legal=FAR, promised=FAR, step=SOON), Urgency.CLOSE),
        (Limits(legal=FAR, promised=SOON), Urgency.CLOSE),
        (Limits(legal=FAR, promised=FAR, step=FAR), Urgency.IN_TIME),
        (Limits(), Urgency.IN_TIME),
        (Limits(promised=NOW), Urgency.CLOSE),
    ],
)
def test_the_graver_limit_names_the_group(limits: Limits, group: Urgency) -> None:
    assert urgency(limits, NOW, VN) is group


def test_what_waits_for_its_citizen_is_not_late_for_it_and_what_was_late_stays_late() -> None:
    assert urgency(Limits(promised=FAR, step=PAST), NOW, VN, waiting=True) is Urgency.WAITING
    assert urgency(Limits(promised=SOON), NOW, VN, paused=True) is Urgency.PAUSED
    assert urgency(Limits(promised=SOON), NOW, VN, waiting=True, paused=True) is Urgency.WAITING
    assert urgency(Limits(promised=PAST), NOW, VN, waiting=True) is Urgency.LATE


def test_close_is_one_working_day_over_the_weekend() -> None:
    friday = at("2026-11-13 16:00")
    assert urgency(Limits(promised=at("2026-11-16 16:00")), friday, VN) is Urgency.CLOSE
    assert urgency(Limits(promised=at("2026-11-16 16:01")), friday, VN) is Urgency.IN_TIME
    assert urgency(Limits(promised=at("2026-11-17 17:00")), friday, VN, close=days("2.5")) is Urgency.CLOSE


def test_a_queue_begins_with_what_is_late_by_law_then_with_the_first_limit_to_end() -> None:
    waiting = [
        (Urgency.IN_TIME, Limits(), PAST),
        (Urgency.CLOSE, Limits(step=SOON), PAST),
        (Urgency.IN_TIME, Limits(promised=FAR), PAST),
        (Urgency.CLOSE, Limits(step=NOW), PAST),
        (Urgency.LATE_BY_LAW, Limits(legal=PAST), PAST),
    ]
    assert [waiting.index(one) for one in sorted(waiting, key=lambda one: by_urgency(*one))] == [4, 3, 1, 2, 0]


@pytest.mark.parametrize(
    ("amount", "ends"),
    [
        (days("1/4"), "2026-11-16 08:00"),  # an hour and a half of Friday, half an hour of Monday
        (days("1"), "2026-11-16 15:30"),
        (limit("4", TimeUnit.WORKING_HOUR), "2026-11-16 10:00"),
        (limit("12", TimeUnit.HOUR), "2026-11-14 03:30"),
    ],
)
def test_a_step_may_take_its_time_rolling_from_the_moment_it_opened(amount: Limit, ends: str) -> None:
    assert step_due(at("2026-11-13 15:30"), amount, VN) == at(ends)


def test_a_pause_is_out_of_the_time_of_a_step() -> None:
    pause = Pause(at("2026-11-13 16:55"), at("2026-11-18 07:35"))
    assert step_due(at("2026-11-13 16:00"), days("1/4"), VN, [pause]) == at("2026-11-18 08:40")


moments = st.integers(0, 700 * 24 * 3600).map(lambda seconds: at("2025-01-01 00:00") + timedelta(seconds=seconds))
amounts = st.one_of(
    st.sampled_from(["1/4", "1/2", "1", "7/3", "15"]).map(days),
    st.sampled_from(["1", "3/2", "40"]).map(lambda hours: limit(hours, TimeUnit.WORKING_HOUR)),
    st.sampled_from(["1", "12", "100"]).map(lambda hours: limit(hours, TimeUnit.HOUR)),
)


@given(moments, amounts)
def test_done_at_the_last_moment_a_step_does_not_exceed_its_limit_and_any_later_it_does(
    opened: datetime, amount: Limit
) -> None:
    ends = step_due(opened, amount, VN)
    after = ends + timedelta(microseconds=1)
    if amount.unit is not TimeUnit.HOUR:
        after = add_working_time(VN, ends, timedelta(microseconds=1))
    assert not step_exceeds(opened, ends, amount, VN)
    assert step_exceeds(opened, after, amount, VN)
