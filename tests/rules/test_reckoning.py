"""What the acts of a living dossier come to: worked by hand on the calendar of November 2026 (24/11 is a holiday)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.reading.calendars import load_calendar
from chuan.rules.deadlines import PauseRule
from chuan.rules.handling import Rule
from chuan.rules.handling.acts import TURNS, Act, ActKind, DossierState, NotAdmitted, admit
from chuan.rules.handling.counter import approves, hands_out, receives
from chuan.rules.handling.course import Course
from chuan.rules.handling.outages import Outage
from chuan.rules.handling.reckoning import Reckoning, Terms, consultations, reckon
from chuan.rules.procedure.structure import Limit, Step, TimeUnit, Variant

from .moments import at

STEPS = (
    Step("Tiếp nhận", "B1", time=Limit(Fraction(4), TimeUnit.WORKING_HOUR)),
    Step("Thẩm định", "B2", time=Limit(Fraction(2), TimeUnit.WORKING_DAY)),
    Step("Trả kết quả", "B3", counted=False),
)
TERMS = Terms(
    calendar=load_calendar("vn"),
    committed=Limit(Fraction(5), TimeUnit.WORKING_DAY),
    legal=Limit(Fraction(10), TimeUnit.WORKING_DAY),
    steps=STEPS,
)
COURSE = Course(Variant(STEPS))


def story(*acts: tuple[Any, ...]) -> tuple[Act, ...]:
    """Return acts of November 2026: ("09 08:00", kind, facts)."""
    found = []
    for number, (moment, kind, *facts) in enumerate(acts, start=1):
        when = at(f"2026-11-{moment}")
        one = Act(number, f"k{number}", kind, when, when, "An", reason="vì")
        found.append(replace(one, **facts[0]) if facts else one)
    return tuple(found)


def come_to(acts: Sequence[Act], moment: str = "10 09:00", terms: Terms = TERMS) -> Reckoning:
    return reckon(acts, terms, COURSE, at(f"2026-11-{moment}"))


RECEIVED = ("09 08:00", ActKind.RECEIVED)
FIRST = ("09 09:00", ActKind.STEP, {"step": 0})


def rules(found: Reckoning) -> list[Rule]:
    return [one.rule for one in found.violations]


def test_after_reception_both_limits_run_and_the_next_step_is_at_hand_since_the_last() -> None:
    found = come_to(story(RECEIVED, FIRST))
    assert (found.due_at, found.legal and found.legal.at) == (at("2026-11-16 17:00"), at("2026-11-23 17:00"))
    assert [(one.step, one.since) for one in found.at_hand] == [(1, at("2026-11-09 09:00"))]
    assert (found.usual, found.step_due) == (1, at("2026-11-11 09:00"))
    assert found.limits.next == at("2026-11-11 09:00")
    assert (found.may_end, found.violations, found.alerts) == (False, (), ())


def test_a_supplement_begins_the_count_anew_or_only_stops_it_as_was_settled() -> None:
    acts = story(RECEIVED, ("10 08:00", ActKind.SUPPLEMENT, {"details": {"items": ["Bản vẽ"]}}))
    waiting = come_to(acts, "12 08:00")
    assert (waiting.state, waiting.waiting_since) == (DossierState.SUPPLEMENT, at("2026-11-10 08:00"))
    back = (*acts, Act(3, "k3", ActKind.RESUBMITTED, at("2026-11-12 08:00"), at("2026-11-12 08:00"), "An"))
    assert come_to(back, "13 08:00").due_at == at("2026-11-19 17:00")
    paused = replace(TERMS, supplement=PauseRule.PAUSE)
    assert come_to(back, "13 08:00", paused).due_at == at("2026-11-18 17:00"), "10 and 11 do not count"


def test_a_wait_ends_with_the_dossier() -> None:
    acts = story(RECEIVED, ("10 08:00", ActKind.PAYMENT), ("12 08:00", ActKind.WITHDRAWN))
    found = come_to(acts, "30 08:00")
    assert (found.waiting_since, found.pauses[0].end, found.ended_at) == (
        None,
        at("2026-11-12 08:00"),
        at("2026-11-12 08:00"),
    )
    assert (found.usual, found.at_hand) == (None, ())


def test_payment_that_is_owed_for_a_ready_result_moves_no_date() -> None:
    acts = story(RECEIVED, ("11 08:00", ActKind.RESULT_READY))
    found = come_to(acts, "30 08:00")
    assert (found.due_at, found.limits.next) == (at("2026-11-16 17:00"), None)


def test_a_supplement_later_than_three_working_days_is_recorded() -> None:
    asked = {"details": {"items": ["Bản vẽ"]}}
    in_time = story(RECEIVED, ("12 17:00", ActKind.SUPPLEMENT, asked))
    late = story(RECEIVED, ("13 07:30", ActKind.SUPPLEMENT, asked))
    assert rules(come_to(in_time, "13 08:00")) == []
    assert rules(come_to(late, "13 08:00")) == [Rule.R7]


def test_the_day_before_the_appointment_an_apology_is_due_and_then_the_new_day_binds() -> None:
    acts = story(RECEIVED, FIRST)
    assert come_to(acts, "12 16:59").duties == ()
    told = come_to(acts, "13 08:00")
    assert [one.until for one in told.duties] == [at("2026-11-13 17:00")]
    assert [one.rule for one in told.alerts] == [Rule.R11]
    said = {"details": {"new_due": at("2026-11-20 17:00").isoformat()}}
    letter = (*acts, *story(("13 10:00", ActKind.APOLOGISED, said)))
    after = come_to([*acts, replace(letter[-1], number=3, key="k3")], "23 08:00")
    assert (after.due_at, rules(after)) == (at("2026-11-20 17:00"), [Rule.R11])
    assert after.alerts == ()


def test_a_late_result_without_an_apology_is_recorded() -> None:
    acts = story(RECEIVED, FIRST, ("18 08:00", ActKind.RESULT_READY))
    assert rules(come_to(acts, "30 08:00")) == [Rule.R11]


def test_a_refusal_after_the_limit_is_recorded() -> None:
    assert Rule.R10 in rules(come_to(story(RECEIVED, ("18 08:00", ActKind.REFUSED)), "30 08:00"))
    assert Rule.R10 not in rules(come_to(story(RECEIVED, ("12 08:00", ActKind.REFUSED)), "30 08:00"))


def test_what_was_filed_online_and_confirmed_late_is_recorded() -> None:
    online = replace(TERMS, filed_at=at("2026-11-05 08:00"))
    assert rules(come_to(story(RECEIVED), terms=online)) == [Rule.R9]


def test_an_opinion_that_is_late_is_told_and_recorded() -> None:
    asked = {"details": {"body": "Sở Xây dựng", "limit": ["1", "working_day"]}}
    acts = story(RECEIVED, ("10 08:00", ActKind.CONSULTED, asked))
    assert [one.agency for one in consultations(acts)] == ["Sở Xây dựng"]
    found = come_to(acts, "13 08:00")
    assert [one.rule for one in found.alerts if one.rule is Rule.R13] == [Rule.R13]
    answered = (*acts, replace(acts[1], number=3, key="k3", kind=ActKind.ANSWERED, details={"to": 2}))
    assert Rule.R13 not in rules(come_to(answered, "13 08:00"))


def test_an_early_result_is_to_be_told_until_somebody_did() -> None:
    acts = story(RECEIVED, ("11 08:00", ActKind.RESULT_READY))
    assert [one.rule for one in come_to(acts, "11 09:00").duties] == [Rule.R12]
    told = (*acts, replace(acts[1], number=3, key="k3", kind=ActKind.NOTED, details={"told_result": True}))
    assert come_to(told, "11 10:00").duties == ()


@pytest.mark.parametrize(
    ("title", "reception", "hand_out"),
    [
        ("Tiếp nhận hồ sơ", True, False),
        ("Kiểm tra, tiếp nhận hồ sơ và hẹn trả kết quả", True, False),
        ("Trả kết quả cho công dân", False, True),
        ("TRẢ KẾT QUẢ", False, True),
        ("Thẩm định", False, False),
        ("In giấy hẹn trả kết quả", False, False),
        ("Ký, trả kết quả", False, False),
        ("Tiếp nhận, quét, ký số", True, False),
        ("Tiếp nhận kết quả, lưu kho dữ liệu, trả kết quả", False, True),
        ("Tiếp nhận, thẩm định hồ sơ", False, False),
        ("Vào sổ, trả kết quả", False, True),
    ],
)
def test_the_desk_knows_its_own_steps_by_their_titles(title: str, reception: bool, hand_out: bool) -> None:
    assert (receives(Step(title)), hands_out(Step(title))) == (reception, hand_out)


@given(st.lists(st.tuples(st.sampled_from(ActKind), st.integers(0, 2), st.integers(1, 300)), max_size=12))
def test_whatever_is_admitted_comes_to_something_and_ends_nowhere_twice(
    wanted: list[tuple[ActKind, int, int]],
) -> None:
    acts: tuple[Act, ...] = story(RECEIVED)
    moment = at("2026-11-09 08:00")
    for kind, step, minutes in wanted:
        moment = _later(moment, minutes)
        details = {"items": ["Bản vẽ"], "to": len(acts), "new_due": moment.isoformat()}
        index = step if kind is ActKind.STEP else None
        number = len(acts) + 1
        act = Act(number, f"k{number}", kind, moment, moment, "An", index, reason="vì", details=details)
        try:
            admit(acts, act, seen=len(acts), course=COURSE)
        except NotAdmitted:
            continue
        acts = (*acts, act)
    found = reckon(acts, TERMS, COURSE, _later(moment, 1))
    assert found.state in DossierState
    assert (found.ended_at is None) == (found.state in TURNS)
    assert (found.waiting_since is not None) == found.state.waits
    assert all(one.end is None or one.start <= one.end for one in found.pauses)


def _later(moment: datetime, minutes: int) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() + 60 * minutes, moment.tzinfo)


def test_paper_received_elsewhere_is_brought_to_who_handles_it_until_somebody_there_acts() -> None:
    travels = replace(TERMS, paper_travels=True)
    found = come_to(story(RECEIVED), "09 09:00", travels)
    assert [(one.rule, one.until) for one in found.duties] == [(Rule.R4, at("2026-11-10 17:00"))]
    assert come_to(story(RECEIVED, FIRST), "09 10:00", travels).duties == ()
    assert come_to(story(RECEIVED), "09 09:00").duties == ()


def test_a_dossier_entered_from_a_paper_slip_was_received_while_the_system_was_down() -> None:
    entered = (replace(story(RECEIVED)[0], entered_at=at("2026-11-10 14:00")),)
    down = Outage(at("2026-11-09 07:30"), at("2026-11-10 13:30"))
    found = come_to(entered, "10 14:00", replace(TERMS, outages=(down,)))
    assert (rules(found), found.received_at) == ([], at("2026-11-09 08:00"))
    assert found.due_at == at("2026-11-16 17:00"), "the clock runs from the hour on the slip"
    without = come_to(entered, "10 14:00", replace(TERMS, outages=()))
    assert [(one.rule, one.reason.code) for one in without.violations] == [(Rule.R21, "handling.paper_without_outage")]
    assert rules(come_to(entered, "10 14:00")) == [], "no slip: R21 has nothing to say"


@pytest.mark.parametrize(
    ("title", "approval"),
    [
        ("Ký giấy phép", True),
        ("Ký, trả kết quả", True),
        ("Phê duyệt", True),
        ("Xem xét, trình ký", False),
        ("Đăng ký", False),
    ],
)
def test_a_step_of_approval_is_known_by_its_title(title: str, approval: bool) -> None:
    assert approves(Step(title)) is approval
