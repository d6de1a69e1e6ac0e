"""What the report shows: one scale for the times of the flow."""

from dataclasses import replace

from chuan.checking.report.figures import flow, timing_unit
from chuan.reading.calendars import load_calendar
from chuan.rules.procedure.diagram import StepTiming
from chuan.rules.procedure.structure import Limit, Step, TimeUnit

from .cast import APPRAISE, RECEIVE, RETURN, SIGN, days, did, dossier, hours, procedure, run


def timings(*steps: Step) -> tuple[TimeUnit, list[StepTiming]]:
    went = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("03 08:00", "Thẩm định hồ sơ"),
        did("03 14:00", "Ký duyệt"),
    )
    (subject,) = run(procedure(*steps), dossier(*went)).subjects
    model = subject.subject.models[0]
    return timing_unit(model), list(flow(subject, model, load_calendar("vn")).timings)


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
