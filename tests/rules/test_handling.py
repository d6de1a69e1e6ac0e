"""The rules of handling, each named: R2, R4, R5, R9, R10, R12, R13, R21 (R11 and R14 have files of their own)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from chuan.rules.handling import (
    DEFAULT_HANDLING,
    Consultation,
    Duty,
    LateEntry,
    Outage,
    Rule,
    SupplementAnswer,
    SupplementRequest,
    Violation,
    answer_duty,
    closing_uncompleted,
    consultation_violations,
    early_result,
    entry_alert,
    entry_violations,
    handing_on,
    late_answer_alert,
    online_filing,
    paper_alert,
    receipt_need,
    refusal,
    rule_sources,
    still_missing,
    supplement_violations,
)
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.messages import message

from .moments import SATURDAYS, VN, at, days

DUTY = Duty(
    Rule.R10, at("2025-03-10 17:00"), message("handling.notify", until=""), message("handling.confirm", until="")
)


def keys(violations: tuple[Violation, ...]) -> list[str]:
    """Return the reasons as keys, after wording each in both languages (which fails when a value is missing)."""
    assert all(one.reason.text("vi") != one.reason.text("en") for one in violations)
    return [one.reason.code.removeprefix("handling.") for one in violations]


def asked(moment: str, *items: str, why: str = "Chưa nộp") -> SupplementRequest:
    return SupplementRequest(at(moment), items, why)


def handed_in(moment: str, *items: str) -> SupplementAnswer:
    return SupplementAnswer(at(moment), items)


@pytest.mark.parametrize(
    ("done", "as_of", "kept"),
    [
        ("2025-03-10 17:00", "2025-04-01 08:00", True),
        ("2025-03-10 17:00:01", "2025-04-01 08:00", False),
        (None, "2025-03-10 17:00", True),
        (None, "2025-03-10 17:01", False),
    ],
)
def test_a_duty_is_kept_up_to_its_last_moment(done: str | None, as_of: str, kept: bool) -> None:
    found = DUTY.violation(at(done) if done else None, at(as_of))
    assert found == (None if kept else Violation(Rule.R10, DUTY.until, DUTY.missed))


def test_every_rule_says_where_it_stands_and_on_which_day_it_was_seen() -> None:
    sources = rule_sources()
    assert list(sources) == list(Rule)
    assert all(one.sources and one.confidence in {"high", "medium"} for one in sources.values())
    assert [one.rule for one in sources.values() if one.ours] == [Rule.R4, Rule.R7, Rule.R21]


def test_a_rule_read_in_a_replaced_text_names_its_successor_and_that_nobody_compared_them() -> None:
    replaced = [one for one in rule_sources().values() if any("61/2018/NĐ-CP" in text for text in one.sources)]
    assert [one.rule for one in replaced] == [rule for rule in Rule if rule not in (Rule.R4, Rule.R9, Rule.R21)]
    assert all("118/2025/NĐ-CP" in one.successor and not one.checked for one in replaced)
    assert not any("118/2025/NĐ-CP" in text for one in rule_sources().values() for text in one.sources)
    assert all(one.checked or one.successor for one in rule_sources().values())


def test_the_numbers_are_those_of_the_law() -> None:
    assert DEFAULT_HANDLING.notify_within == Limit(Fraction(2), TimeUnit.WORKING_HOUR)
    assert DEFAULT_HANDLING.confirm_within == Limit(Fraction(8), TimeUnit.WORKING_HOUR)
    assert (DEFAULT_HANDLING.close_after, DEFAULT_HANDLING.paper_within) == (days("15"), days("1"))
    assert (DEFAULT_HANDLING.supplement_requests, DEFAULT_HANDLING.reappointments) == (1, 1)


def test_r2_what_is_asked_for_once_completely_and_exactly_is_in_order() -> None:
    assert supplement_violations([asked("2025-03-04 09:00", "Tờ khai", "Bản vẽ")]) == ()


def test_r2_a_second_request_for_something_new_is_a_violation_that_names_it() -> None:
    requests = [asked("2025-03-04 09:00", "Tờ khai"), asked("2025-03-11 09:00", "Bản vẽ", "Giấy ủy quyền")]
    found = supplement_violations(requests, [handed_in("2025-03-10 09:00", "Tờ khai")])
    assert keys(found) == ["supplement_again"]
    assert (found[0].rule, found[0].at) == (Rule.R2, at("2025-03-11 09:00"))
    assert "Bản vẽ; Giấy ủy quyền" in found[0].reason.text()


def test_r2_a_second_request_for_what_the_answer_left_out_is_in_order() -> None:
    requests = [asked("2025-03-04 09:00", "Tờ khai", "Bản vẽ"), asked("2025-03-11 09:00", "BẢN VẼ ")]
    answers = [handed_in("2025-03-10 09:00", "tờ khai")]
    assert supplement_violations(requests, answers) == ()
    assert still_missing(requests, answers) == ("Bản vẽ",)


def test_r2_a_request_that_adds_to_what_is_missing_names_only_what_is_new() -> None:
    requests = [asked("2025-03-04 09:00", "Tờ khai", "Bản vẽ"), asked("2025-03-11 09:00", "Bản vẽ", "Ảnh")]
    (found,) = supplement_violations(requests, [handed_in("2025-03-10 09:00", "Tờ khai")])
    assert found.reason.values["items"] == "Ảnh"


def test_r2_what_was_handed_in_is_not_asked_for_again() -> None:
    requests = [asked("2025-03-04 09:00", "Tờ khai"), asked("2025-03-11 09:00", "Tờ khai")]
    assert keys(supplement_violations(requests, [handed_in("2025-03-10 09:00", "Tờ khai")])) == ["supplement_again"]


def test_r2_the_order_of_the_papers_is_that_of_their_moments() -> None:
    requests = [asked("2025-03-11 09:00", "Bản vẽ"), asked("2025-03-04 09:00", "Bản vẽ", "Tờ khai")]
    assert supplement_violations(requests) == ()


def test_r2_a_request_without_items_or_reason_is_not_exact() -> None:
    assert keys(supplement_violations([asked("2025-03-04 09:00")])) == ["supplement_without_items"]
    assert keys(supplement_violations([asked("2025-03-04 09:00", "Tờ khai", " ")])) == ["supplement_without_items"]
    assert keys(supplement_violations([asked("2025-03-04 09:00", "Tờ khai", why=" ")])) == ["supplement_without_reason"]


def test_r2_how_often_may_be_asked_is_a_setting() -> None:
    requests = [asked("2025-03-04 09:00", "Tờ khai"), asked("2025-03-11 09:00", "Bản vẽ")]
    assert supplement_violations(requests, setting=replace(DEFAULT_HANDLING, supplement_requests=2)) == ()


@pytest.mark.parametrize(
    ("received", "data", "paper"),
    [
        ("2025-03-03 10:00", "2025-03-03 11:00", "2025-03-04 17:00"),
        ("2025-03-07 16:30", "2025-03-10 08:00", "2025-03-10 17:00"),  # Friday afternoon
        ("2026-02-13 16:30", "2026-02-23 08:00", "2026-02-23 17:00"),  # the last working hour before Tết
        ("2025-04-25 10:00", "2025-04-25 11:00", "2025-04-26 17:00"),  # the Saturday after it is worked
        ("2025-03-08 09:00", "2025-03-10 08:30", "2025-03-10 17:00"),  # a Saturday
    ],
)
def test_r4_data_goes_on_at_once_and_paper_within_one_working_day(received: str, data: str, paper: str) -> None:
    found = handing_on(at(received), VN, paper=True)
    assert found.paper is not None
    assert (found.data.until, found.paper.until) == (at(data), at(paper))
    late = found.paper.violation(None, at("2026-12-01 08:00"))
    assert late is not None
    assert keys((late,)) == ["paper_late"]


def test_r4_a_dossier_without_paper_owes_none() -> None:
    assert handing_on(at("2025-03-03 10:00"), VN, paper=False).paper is None


@pytest.mark.parametrize(
    ("immediate", "wanted", "written", "reason"),
    [
        (False, False, True, "handling.receipt_usual"),
        (True, True, True, "handling.receipt_asked"),
        (True, False, False, "handling.receipt_immediate"),
    ],
)
def test_r5_immediate_work_has_no_receipt_unless_asked(
    immediate: bool, wanted: bool, written: bool, reason: str
) -> None:
    found = receipt_need(immediate=immediate, asked=wanted)
    assert (found.rule, found.written, found.reason.code) == (Rule.R5, written, reason)


def test_r5_without_a_receipt_the_dossier_is_still_recorded() -> None:
    assert "vẫn được ghi sổ" in receipt_need(immediate=True, asked=False).reason.text()


@pytest.mark.parametrize(
    ("filed", "notify", "confirm"),
    [
        ("2025-03-03 08:00", "2025-03-03 10:00", "2025-03-04 08:00"),
        ("2025-03-07 16:30", "2025-03-10 09:00", "2025-03-10 16:30"),  # half an hour of Friday, the rest on Monday
        ("2025-03-08 22:00", "2025-03-10 09:30", "2025-03-10 17:00"),  # Saturday night: all of Monday
        ("2026-02-13 16:30", "2026-02-23 09:00", "2026-02-23 16:30"),  # Tết in between
        ("2026-08-21 16:30", "2026-08-22 09:00", "2026-08-22 16:30"),  # the swapped Saturday is worked
        ("2025-03-07 17:00", "2025-03-10 09:30", "2025-03-10 17:00"),  # at closing nothing of Friday is left
    ],
)
def test_r9_the_officer_is_notified_in_2_and_answers_in_8_working_hours_from_filing(
    filed: str, notify: str, confirm: str
) -> None:
    found = online_filing(at(filed), VN)
    assert (found.notify.until, found.confirm.until) == (at(notify), at(confirm))
    missed = [duty.violation(None, at("2026-12-01 08:00")) for duty in (found.notify, found.confirm)]
    assert keys(tuple(one for one in missed if one)) == ["notify_late", "confirm_late"]


@pytest.mark.parametrize(
    ("notified", "opens"),
    [
        ("2025-03-03 10:00", "2025-03-25 07:30"),  # day 15 is Monday 24/3
        ("2026-02-06 10:00", "2026-03-09 07:30"),  # five days, Tết, ten days: Friday 6/3, open on Monday
        ("2026-08-13 10:00", "2026-09-08 07:30"),  # the swapped Saturday counts, 31/8 to 2/9 do not: Monday 7/9
    ],
)
def test_r9_what_is_not_completed_may_be_closed_after_15_working_days(notified: str, opens: str) -> None:
    found = closing_uncompleted(at(notified), VN)
    assert (found.rule, found.at) == (Rule.R9, at(opens))
    assert not found.open_at(at(opens).replace(minute=29))
    assert found.open_at(at(opens))


def test_r10_a_refusal_is_told_inside_the_time_limit() -> None:
    duty = refusal(at("2025-03-10 17:00"))
    assert duty.violation(at("2025-03-10 17:00"), at("2025-03-20 08:00")) is None
    late = duty.violation(at("2025-03-10 17:01"), at("2025-03-20 08:00"))
    assert late is not None
    assert (late.rule, keys((late,))) == (Rule.R10, ["refusal_late"])


def test_r12_an_early_result_is_told_before_the_appointment() -> None:
    duty = early_result(at("2025-03-06 16:00"), at("2025-03-10 17:00"))
    assert duty is not None
    assert (duty.rule, duty.until) == (Rule.R12, at("2025-03-10 17:00"))
    assert duty.violation(at("2025-03-07 08:00"), at("2025-03-20 08:00")) is None
    never = duty.violation(None, at("2025-03-10 17:01"))
    assert never is not None
    assert keys((never,)) == ["early_not_told"]


@pytest.mark.parametrize("ready", ["2025-03-10 07:30", "2025-03-10 17:00", "2025-03-11 08:00"])
def test_r12_a_result_on_the_due_day_is_not_early(ready: str) -> None:
    assert early_result(at(ready), at("2025-03-10 17:00")) is None


ASKED = Consultation("Sở Xây dựng", at("2025-03-03 10:00"), "Chỉ giới đường đỏ", days("5"))


def test_r13_the_consulted_agency_answers_on_its_own_calendar() -> None:
    duty = answer_duty(ASKED, VN)
    assert duty is not None
    assert duty.until == at("2025-03-10 17:00")
    assert answer_duty(replace(ASKED, limit=None), VN) is None


def test_r13_content_and_limit_are_stated() -> None:
    as_of = at("2025-03-04 08:00")
    assert consultation_violations(ASKED, VN, as_of) == ()
    assert keys(consultation_violations(replace(ASKED, content=" ", limit=None), VN, as_of)) == [
        "consultation_without_content",
        "consultation_without_limit",
    ]


def test_r13_when_the_answer_is_late_the_lead_agency_tells_the_head_of_the_one_stop() -> None:
    assert late_answer_alert(ASKED, VN, at("2025-03-10 17:00")) is None
    alert = late_answer_alert(ASKED, VN, at("2025-03-10 17:01"))
    assert alert is not None
    assert (alert.rule, alert.at) == (Rule.R13, at("2025-03-10 17:00"))
    assert late_answer_alert(replace(ASKED, told_at=at("2025-03-11 08:00")), VN, at("2025-03-12 08:00")) is None
    assert late_answer_alert(replace(ASKED, answered_at=at("2025-03-10 16:00")), VN, at("2025-03-12 08:00")) is None


@pytest.mark.parametrize(
    ("answered", "heard", "recorded"),
    [
        ("2025-03-10 17:00", None, []),
        (None, None, ["answer_late"]),
        ("2025-03-12 09:00", "2025-03-11 08:00", ["answer_late"]),
        ("2025-03-12 09:00", None, ["answer_late", "late_answer_not_told"]),
        ("2025-03-12 09:00", "2025-03-12 10:00", ["answer_late", "late_answer_not_told"]),
    ],
)
def test_r13_a_late_answer_is_recorded_and_so_is_silence_about_it(
    answered: str | None, heard: str | None, recorded: list[str]
) -> None:
    one = replace(ASKED, answered_at=at(answered) if answered else None, told_at=at(heard) if heard else None)
    assert keys(consultation_violations(one, VN, at("2025-03-20 08:00"))) == recorded


@pytest.mark.parametrize(
    ("start", "end", "paper_from"),
    [
        ("2025-03-03 10:00", "2025-03-04 10:00", None),
        ("2025-03-03 10:00", "2025-03-04 10:01", "2025-03-04 10:00"),
        ("2025-03-07 16:00", "2025-03-10 08:00", None),  # a weekend in it is no day of work
        ("2026-02-13 16:00", None, "2026-02-23 16:00"),  # nor is Tết
        ("2026-08-21 16:00", None, "2026-08-22 16:00"),  # the swapped Saturday is
    ],
)
def test_r21_an_outage_of_more_than_a_day_turns_to_paper(start: str, end: str | None, paper_from: str | None) -> None:
    found = paper_alert(Outage(at(start), at(end) if end else None), VN)
    assert (found.at if found else None) == (at(paper_from) if paper_from else None)


def test_r21_after_the_outage_what_came_on_paper_is_entered() -> None:
    assert entry_alert(Outage(at("2025-03-03 10:00"), None)) is None
    alert = entry_alert(Outage(at("2025-03-03 10:00"), at("2025-03-05 10:00")))
    assert alert is not None
    assert (alert.rule, alert.at) == (Rule.R21, at("2025-03-05 10:00"))


@pytest.mark.parametrize(
    ("received", "entered", "recorded"),
    [
        ("2025-03-04 09:00", "2025-03-05 11:00", []),
        (None, "2025-03-05 11:00", ["entry_without_receipt"]),
        ("2025-03-05 11:01", "2025-03-05 11:00", ["entered_before_receipt"]),
        ("2025-03-03 09:59", "2025-03-05 11:00", ["paper_without_outage"]),
        ("2025-03-05 10:01", "2025-03-05 11:00", ["paper_without_outage"]),
    ],
)
def test_r21_a_late_entry_has_both_times_and_an_outage(received: str | None, entered: str, recorded: list[str]) -> None:
    outages = [Outage(at("2025-03-03 10:00"), at("2025-03-05 10:00"))]
    entry = LateEntry(at(received) if received else None, at(entered))
    assert keys(entry_violations(entry, outages)) == recorded


def test_the_agencys_own_saturday_is_open_for_the_hours_of_r9() -> None:
    assert online_filing(at("2025-03-07 16:30"), SATURDAYS).notify.until == at("2025-03-08 09:00")
