"""The slowest step of a dossier against its limit, and the working time of the whole: worked by hand."""

import pytest

from chuan.checking.check import Options, check
from chuan.checking.pace import pace, supplements, worked_seconds
from chuan.checking.subjects import from_procedure
from chuan.reading.calendars import load_calendar
from chuan.rules.eventlog import EventKind, EventLog

from .cast import STEPS, as_written, at, did, dossier, judged, procedure, run

HOUR = 3600


def test_all_steps_within_their_limits_is_shorter_and_one_over_is_longer() -> None:
    assert pace(judged(procedure(), *as_written())) == "shorter"
    assert pace(judged(procedure(), *as_written(finish="05 08:00"))) == "longer", "signing took more than half a day"


@pytest.mark.parametrize(("signed", "found"), [("03 10:29", "shorter"), ("03 10:30", "equal"), ("03 10:31", "longer")])
def test_a_step_that_took_just_its_limit_is_equal(signed: str, found: str) -> None:
    """B3 may take half a day of 4 hours: from Monday 16:00 one until 17:00, on Tuesday three from 07:30."""
    assert pace(judged(procedure(), *as_written(finish=signed))) == found


def test_of_days_without_hours_the_last_allowed_day_is_just_the_limit() -> None:
    written = procedure()

    def found(*days: str) -> str:
        events = [did(f"{day} 00:00", step.title) for day, step in zip(days, STEPS, strict=True)]
        log = EventLog((dossier(*events, whole_days=frozenset({"at"})),), recorded=frozenset({"steps"}))
        return pace(check([from_procedure(written)], log, Options(load_calendar("vn"))).dossiers[0])

    assert found("02", "02", "02", "02") == "shorter"
    assert found("02", "03", "03", "03") == "equal"
    assert found("02", "03", "05", "05") == "longer"


def test_without_steps_there_is_no_pace() -> None:
    told = dossier(received_at=at("02 08:00"), finished_at=at("03 10:00"))
    assert pace(run(procedure(), told, recorded=()).dossiers[0]) == ""


def test_the_working_time_of_a_dossier_leaves_out_nights_and_waits() -> None:
    plain = judged(procedure(), *as_written())
    assert worked_seconds(plain) == 10 * HOUR, "Monday 08:00–17:00 is 7,5 hours with noon out, Tuesday 07:30–10:00 2,5"
    waited = judged(
        procedure(),
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 10:00", "Yêu cầu bổ sung", EventKind.SUPPLEMENT),
        did("03 10:00", "Bổ sung hồ sơ", EventKind.RESUBMITTED),
        did("03 14:00", "Thẩm định hồ sơ"),
        did("03 16:00", "Ký duyệt"),
    )
    assert supplements(waited) == 1
    assert worked_seconds(waited) == int(6.5 * HOUR), (
        "two hours before the request; 10:00–11:30 and 13:00–16:00 after it"
    )


def test_a_dossier_without_result_or_broken_off_has_no_working_time() -> None:
    assert worked_seconds(judged(procedure(), did("02 08:00", "Tiếp nhận hồ sơ"))) is None
    withdrawn = did("03 08:00", "Rút hồ sơ", EventKind.WITHDRAWN)
    assert worked_seconds(judged(procedure(), *as_written()[:3], withdrawn)) is None
