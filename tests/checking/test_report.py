"""What the report shows: one scale for the times of the flow, branches in their order, days as days."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from chuan.checking.check import Options, check
from chuan.checking.report.figures import flow, timing_unit
from chuan.checking.report.histogram import histogram
from chuan.checking.report.page import page
from chuan.checking.report.questions import questions
from chuan.checking.subjects import from_procedure
from chuan.reading.calendars import load_calendar
from chuan.rules.eventlog import Dossier, EventKind
from chuan.rules.procedure.diagram import StepTiming
from chuan.rules.procedure.structure import Limit, Step, TimeUnit
from chuan.rules.workdays import Calendar, Hours, Shift

from .cast import APPRAISE, RECEIVE, RETURN, SIGN, at, days, did, dossier, hours, log, procedure, run


def timings(*steps: Step) -> tuple[TimeUnit, list[StepTiming]]:
    went = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("03 08:00", "Thẩm định hồ sơ"),
        did("03 14:00", "Ký duyệt"),
    )
    (subject,) = run(procedure(*steps), dossier(*went)).subjects
    model = subject.subject.models[0]
    return timing_unit(model), list(flow(subject, model).timings)


def test_hours_beside_days_are_shown_in_days_so_that_the_bars_share_one_scale() -> None:
    unit, found = timings(RECEIVE, APPRAISE, SIGN, RETURN)
    assert unit is TimeUnit.WORKING_DAY
    assert found == [
        StepTiming(0.0, 0.5, "0 / 0,5"),
        StepTiming(1.0, 1.0, "1 / 1"),
        StepTiming(0.5625, 0.5, "0,56 / 0,5"),
        StepTiming(),
    ]


def test_a_procedure_in_hours_alone_stays_in_hours() -> None:
    unit, found = timings(RECEIVE, replace(APPRAISE, time=hours(16)), replace(SIGN, time=hours(4)), RETURN)
    assert unit is TimeUnit.WORKING_HOUR
    assert [one.text for one in found] == ["0 / 4", "8 / 16", "4,5 / 4", ""]


def test_hours_of_the_clock_are_parts_of_a_day_of_24_hours() -> None:
    by_clock = replace(SIGN, time=Limit(days(12).amount, TimeUnit.HOUR))
    unit, found = timings(RECEIVE, APPRAISE, by_clock, RETURN)
    assert unit is TimeUnit.WORKING_DAY
    assert found[2] == StepTiming(0.25, 0.5, "0,25 / 0,5")


def test_a_branch_done_before_the_other_is_not_drawn_as_a_step_passed_over() -> None:
    steps = (RECEIVE, replace(APPRAISE, parallel="p/1"), replace(SIGN, parallel="p/2"), RETURN)
    went = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 09:00", "Ký duyệt"),
        did("02 10:00", "Thẩm định hồ sơ"),
        did("02 11:00", "Trả kết quả"),
    )
    (subject,) = run(procedure(*steps), dossier(*went)).subjects
    drawn = flow(subject, subject.subject.models[0]).edges
    assert {pair: (edge.count, edge.allowed) for pair, edge in drawn.items()} == {
        (-1, 0): (1, True),
        (0, 1): (1, True),
        (1, 2): (1, True),
        (2, 3): (1, True),
        (3, 4): (1, True),
    }


def test_waits_that_overlap_are_taken_out_of_the_pictures_times_once() -> None:
    written = procedure(RECEIVE, replace(APPRAISE, time=hours(8)))
    events = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 09:00", "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT),
        did("02 10:00", "Chờ nộp thuế", EventKind.PAYMENT),
        did("04 09:00", "Đã bổ sung", EventKind.RESUBMITTED),
        did("04 10:00", "Đã nộp thuế", EventKind.PAID),
        did("04 11:00", "Thẩm định hồ sơ"),
    )
    (result,) = run(written, dossier(*events)).subjects
    assert flow(result, result.subject.models[0]).timings[1].median == 2
    assert result.steps[1].minutes == (120,)


def bars(*dossiers: Dossier, calendar: Calendar | None = None) -> dict[str, int]:
    options = Options(calendar or load_calendar("vn"))
    result = check([from_procedure(procedure(committed=days(4)))], log(*dossiers, recorded=()), options)
    picture = histogram(result.subjects[0], result.counting)
    assert picture is not None
    return {bar.label: bar.count for bar in picture.bars if bar.count}


def handled(received: str, finished: str, **facts: object) -> Dossier:
    return dossier(received_at=at(received), finished_at=at(finished), id=f"{received} {finished}", **facts)


def test_a_day_that_has_begun_counts_in_the_bars_and_one_whose_office_has_not_opened_does_not() -> None:
    opened = [handled("02 08:00", f"04 {hour}") for hour in ("07:31", "11:00", "16:59", "17:00", "23:00")]
    before = [handled("02 16:00", f"04 {hour}") for hour in ("06:00", "07:30")]
    assert bars(*opened, *before) == {"1": 2, "2": 5}


def test_half_a_saturday_is_half_a_day_of_the_bars() -> None:
    office = load_calendar("vn")
    morning = Hours((Shift(7 * 60 + 30, 11 * 60 + 30),), Fraction(1, 2))
    saturdays = replace(office, week=(*office.week[:5], morning, office.week[6]))
    done = [handled("06 08:00", end) for end in ("07 11:30", "09 09:00", "09 16:00")]
    assert bars(*done, calendar=saturdays) == {"1": 2, "2": 1}


def test_what_the_citizen_held_up_has_its_own_bar() -> None:
    waited = (did("02 09:00", "Chờ nộp thuế", EventKind.PAYMENT), did("04 18:00", "Đã nộp thuế", EventKind.PAID))
    held_up = dossier(*waited, received_at=at("02 08:00"), finished_at=at("06 08:00"))
    assert bars(handled("02 08:00", "06 08:00"), held_up) == {"2": 1, "4": 1}


def beyond(committed: Limit, *dossiers: Dossier, legal: Limit | None = None) -> tuple[dict[str, int], dict[str, int]]:
    """The dossiers in the bars of each colour, and the states."""
    result = run(procedure(committed=committed, legal=legal), *dossiers, recorded=EXPORT)
    picture = histogram(result.subjects[0], result.counting)
    assert picture is not None
    drawn: Counter[str] = Counter()
    for bar in picture.bars:
        drawn[bar.late] += bar.count
    return dict(+drawn), dict(Counter(one.state for one in result.dossiers))


EXPORT = ("received_at", "finished_at")
DATES = {"whole_days": frozenset(EXPORT)}


def test_the_bars_beyond_the_limit_are_exactly_the_late_dossiers() -> None:
    on_a_sunday, after_closing = handled("02 08:00", "08 10:00"), handled("02 08:00", "06 17:01")
    in_time = handled("02 08:00", "06 16:59")
    states = {"late": 2, "on_time": 1}
    assert beyond(days(4), on_a_sunday, after_closing, in_time) == ({"committed": 2, "": 1}, states)


def test_a_wait_that_began_after_the_due_day_makes_no_late_dossier_quick() -> None:
    waited = (did("20 09:00", "Chờ", EventKind.SUPPLEMENT), did("23 09:00", "Đủ", EventKind.RESUBMITTED))
    late = dossier(*waited, received_at=at("02 08:00"), finished_at=at("23 10:00"))
    assert beyond(days(4), late) == ({"committed": 1}, {"late": 1})
    assert bars(late) == {"15": 1}


def test_a_day_alone_that_was_in_time_stands_within_a_limit_in_hours() -> None:
    by_day = handled("02 00:00", "05 00:00", **DATES)
    assert beyond(hours(24), by_day) == ({"": 1}, {"on_time": 1})


def test_half_a_day_and_a_legal_limit_are_ends_of_bars_too() -> None:
    done = [handled("02 08:00", end) for end in ("04 11:00", "04 16:00", "05 09:00", "05 16:00", "09 09:00")]
    drawn, states = beyond(days("5/2"), *done, legal=days(4))
    assert drawn == {"": 3, "committed": 1, "legal": 1}
    assert states == {"early": 2, "on_time": 1, "late": 2}


def test_a_day_without_a_time_is_shown_as_the_day() -> None:
    received, finished = at("02 00:00"), at("10 00:00")
    late = dossier(received_at=received, finished_at=finished, whole_days=frozenset({"received_at", "finished_at"}))
    shown = page(run(procedure(), late, recorded=("received_at", "finished_at")), ())
    assert ">02/11/2026</td>" in shown
    assert ">17:00 04/11/2026</td>" in shown
    assert ">10/11/2026</td>" in shown


def test_a_step_that_most_leave_out_is_asked_about_before_the_long_step_behind_it() -> None:
    went = (did("02 08:00", "Tiếp nhận hồ sơ"), did("04 16:00", "Ký duyệt"), did("04 16:00", "Trả kết quả"))
    found = run(procedure(), *(dossier(*went, id=f"H{one}") for one in range(3)), dossier(*went[:2], went[1], id="H9"))
    asked = [(one.kind, one.step, one.count) for one in questions(found.subjects[0])]
    assert asked[0] == ("skipped", "B2", 4)
    assert ("over_limit", "B3", 4) in asked
