"""When a dossier was due, whether it was in time, and which step took too long."""

from dataclasses import replace

from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.eventlog import EventKind

from .cast import (
    APPRAISE,
    RECEIVE,
    RETURN,
    SIGN,
    as_written,
    at,
    days,
    deviations,
    did,
    dossier,
    judged,
    procedure,
    run,
)


def test_a_dossier_received_on_monday_with_two_working_days_is_due_at_closing_on_wednesday() -> None:
    assert judged(procedure(), *as_written()).due_at == at("04 17:00")


def test_finished_before_the_due_day_is_early_on_the_due_day_on_time_after_it_late() -> None:
    states = [judged(procedure(), *as_written(finish=finish)).state for finish in ("03 16:00", "04 16:59", "05 07:30")]
    assert states == ["early", "on_time", "late"]


def test_a_citizen_who_collects_late_makes_no_dossier_late() -> None:
    found = judged(procedure(), *as_written()[:3], did("20 09:00", "Trả kết quả"))
    assert (found.finished_at, found.state) == (at("03 10:00"), "early")


def test_a_step_left_out_at_the_end_does_not_leave_a_handed_over_dossier_open() -> None:
    received, appraised, _, returned = as_written()
    found = judged(procedure(), received, appraised, returned)
    assert (found.finished_at, found.state) == (at("02 16:00"), "early")


def test_an_open_dossier_is_judged_at_the_given_moment() -> None:
    events = as_written()[:2]
    assert judged(procedure(), *events, as_of=at("04 17:00")).state == "open_in_time"
    assert judged(procedure(), *events, as_of=at("05 08:00")).state == "open_late"


def test_open_dossiers_are_judged_at_the_last_event_of_the_log_when_no_moment_is_given() -> None:
    result = run(procedure(), dossier(*as_written()[:2]), dossier(did("20 09:00", "Tiếp nhận hồ sơ"), id="H2"))
    assert result.as_of == at("20 09:00")
    assert [one.state for one in result.dossiers] == ["open_late", "open_in_time"]


def test_the_column_of_reception_beats_the_event_and_the_event_beats_the_first_row() -> None:
    events = (
        did("02 07:45", "Nộp", EventKind.STATUS),
        did("02 08:00", "Đã tiếp nhận", EventKind.RECEIVED),
        *as_written()[1:],
    )
    by_column = run(procedure(), dossier(*events, received_at=at("03 10:00"))).dossiers[0]
    by_event = judged(procedure(), *events)
    by_first = judged(procedure(), *as_written())
    assert [(one.received_at, one.received_from) for one in (by_column, by_event, by_first)] == [
        (at("03 10:00"), "column"),
        (at("02 08:00"), "event"),
        (at("02 08:00"), "first_event"),
    ]


def test_the_variants_own_total_beats_the_committed_total_which_beats_the_sum_of_steps() -> None:
    written = procedure()
    own = replace(written, variants=(replace(written.variants[0], declared_total=days(5)),))
    summed = replace(written, committed=None)
    due = [judged(one, *as_written()).due_at for one in (own, written, summed)]
    assert due == [at("09 17:00"), at("04 17:00"), at("04 17:00")]
    assert run(summed, dossier(*as_written())).subjects[0].subject.models[0].total.source == "sum_of_steps"


def test_the_legal_limit_stands_beside_the_committed_one() -> None:
    found = judged(procedure(legal=days(5)), *as_written(finish="05 10:00"))
    assert (found.state, found.legal_due_at) == ("late", at("09 17:00"))


def test_after_a_supplement_the_limit_is_counted_again_from_zero_or_resumed_by_setting() -> None:
    events = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("03 08:00", "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT),
        did("10 08:00", "Đã bổ sung", EventKind.RESUBMITTED),
        did("10 16:00", "Thẩm định hồ sơ"),
    )
    restarted = judged(procedure(), *events)
    resumed = judged(procedure(), *events, supplement=PauseRule.PAUSE)
    assert restarted.due_at == at("12 17:00")
    assert resumed.due_at is not None
    assert restarted.due_at > resumed.due_at > at("10 08:00")


def test_waiting_for_payment_is_not_lateness() -> None:
    waiting = (did("03 09:00", "Chờ nộp thuế", EventKind.PAYMENT), did("20 09:00", "Đã nộp thuế", EventKind.PAID))
    found = judged(procedure(), *as_written()[:2], *waiting, did("20 15:00", "Ký duyệt"))
    assert found.state in ("early", "on_time")
    assert judged(procedure(), *as_written()[:2], did("20 15:00", "Ký duyệt")).state == "late"


def test_a_wait_that_begins_when_the_result_is_ready_gives_no_later_due_day() -> None:
    ready = as_written(finish="04 10:00")[:3]
    owed = (did("04 11:00", "Chờ nộp thuế", EventKind.PAYMENT), did("20 09:00", "Đã nộp thuế", EventKind.PAID))
    found = judged(procedure(legal=days(5)), *ready, *owed)
    assert (found.due_at, found.legal_due_at, found.state) == (at("04 17:00"), at("09 17:00"), "on_time")


def test_a_dossier_that_the_citizen_withdrew_is_not_judged() -> None:
    found = judged(procedure(), *as_written()[:2], did("20 09:00", "Rút hồ sơ", EventKind.WITHDRAWN))
    assert found.state == "not_judged"


def test_rolling_counting_ends_at_the_hour_of_reception() -> None:
    assert judged(procedure(), *as_written(), counting=Counting.ROLLING).due_at == at("04 08:00")


def test_a_step_is_over_its_limit_only_when_strictly_longer_on_its_own_clock() -> None:
    exactly = (did("02 08:00", "Tiếp nhận hồ sơ"), did("03 08:00", "Thẩm định hồ sơ"))
    longer = (did("02 08:00", "Tiếp nhận hồ sơ"), did("03 08:01", "Thẩm định hồ sơ"))
    assert "over_limit" not in [kind for kind, _, _ in deviations(judged(procedure(), *exactly))]
    assert ("over_limit", "B2", 1) in deviations(judged(procedure(), *longer))


def test_the_days_in_which_the_citizen_held_the_dossier_are_not_the_steps_time() -> None:
    events = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 10:00", "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT),
        did("12 10:00", "Đã bổ sung", EventKind.RESUBMITTED),
        did("12 16:00", "Thẩm định hồ sơ"),
    )
    found = judged(procedure(), *events)
    assert found.minutes == (0, 2 * 60 + 1.5 * 60 + 3 * 60)
    assert "over_limit" not in [kind for kind, _, _ in deviations(found)]


def test_a_shared_budget_is_judged_once_on_its_last_step() -> None:
    shared = (RECEIVE, replace(APPRAISE, budget="g"), replace(SIGN, budget="g", time=None, counted=False), RETURN)
    slow = (did("02 08:00", "Tiếp nhận hồ sơ"), did("02 16:00", "Thẩm định hồ sơ"), did("04 16:00", "Ký duyệt"))
    assert [one for one in deviations(judged(procedure(*shared), *slow)) if one[0] == "over_limit"] == [
        ("over_limit", "B3", 2)
    ]


def test_a_parallel_branch_begins_when_the_block_begins_not_when_the_other_branch_ends() -> None:
    beside = (RECEIVE, replace(APPRAISE, parallel="p"), replace(SIGN, parallel="p", time=days(2)), RETURN)
    events = (did("02 08:00", "Tiếp nhận hồ sơ"), did("03 08:00", "Thẩm định hồ sơ"), did("03 16:00", "Ký duyệt"))
    found = judged(procedure(*beside), *events)
    assert [visit.enabled_at for visit in found.visits] == [at("02 08:00"), at("02 08:00"), at("02 08:00")]


def test_a_log_without_steps_is_judged_on_time_only() -> None:
    finished = dossier(received_at=at("02 10:00"), finished_at=at("04 10:00"))
    open_one = dossier(id="H2", received_at=at("02 10:00"))
    collected_late = dossier(id="H3", received_at=at("02 10:00"), returned_at=at("20 10:00"))
    result = run(procedure(), finished, open_one, collected_late, recorded=("received_at", "finished_at"))
    assert [one.state for one in result.dossiers] == ["on_time", "open_late", "not_judged"]
    assert [one.fitness for one in result.dossiers] == [None, None, None]


def test_a_wait_ends_where_the_source_closes_it_even_if_a_step_was_recorded_in_between() -> None:
    asked = did("03 08:00", "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT)
    complete = did("10 08:00", "Đã bổ sung", EventKind.RESUBMITTED)
    between = (did("02 08:00", "Tiếp nhận hồ sơ"), asked, did("04 09:00", "Thẩm định hồ sơ"))
    assert judged(procedure(), *between, complete).due_at == at("12 17:00")
    assert judged(procedure(), *between).due_at == at("06 17:00")


def test_a_wait_that_was_never_closed_does_not_swallow_the_next_one() -> None:
    found = judged(
        procedure(),
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 09:00", "Chờ nộp phí", EventKind.PAYMENT),
        did("02 10:00", "Thẩm định hồ sơ"),
        did("03 09:00", "Chờ nộp phí", EventKind.PAYMENT),
        did("03 10:00", "Đã nộp phí", EventKind.PAID),
    )
    assert [(wait.start, wait.end) for wait in found.pauses] == [
        (at("02 09:00"), at("02 10:00")),
        (at("03 09:00"), at("03 10:00")),
    ]


def test_a_shared_budget_stays_one_when_a_parallel_branch_runs_in_between() -> None:
    steps = (
        RECEIVE,
        replace(APPRAISE, budget="g", parallel="p/1"),
        replace(SIGN, budget="g", time=None, counted=False, parallel="p/1"),
        replace(RETURN, parallel="p/2"),
    )
    found = judged(
        procedure(*steps),
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("03 07:30", "Thẩm định hồ sơ"),
        did("03 07:45", "Trả kết quả"),
        did("03 16:00", "Ký duyệt"),
    )
    assert [one for one in deviations(found) if one[0] == "over_limit"] == [("over_limit", "B3", 3)]


def test_a_shared_budget_ends_on_the_later_step_of_two_that_were_recorded_at_once() -> None:
    shared = (RECEIVE, replace(APPRAISE, budget="g"), replace(SIGN, budget="g", time=None, counted=False), RETURN)
    slow = (did("02 08:00", "Tiếp nhận hồ sơ"), did("04 16:00", "Thẩm định hồ sơ"), did("04 16:00", "Ký duyệt"))
    assert ("over_limit", "B3", 2) in deviations(judged(procedure(*shared), *slow))


def test_a_year_that_the_calendar_does_not_know_is_said() -> None:
    old = did("02 08:00", "Tiếp nhận hồ sơ")
    found = run(procedure(), dossier(replace(old, at=old.at.replace(year=2019))))
    assert [note.values["years"] for note in found.notes if note.code == "checking.days_outside_calendar"] == ["2019"]
    assert "checking.days_outside_calendar" not in [note.code for note in run(procedure(), dossier(old)).notes]
