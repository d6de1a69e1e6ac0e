"""Sources that write days without a time: dates are compared with dates, nobody is late for want of an hour."""

from chuan.checking.check import Options, check
from chuan.checking.report.histogram import histogram
from chuan.checking.result import DossierResult
from chuan.checking.subjects import from_procedure
from chuan.reading.calendars import load_calendar
from chuan.rules.deadlines import Counting
from chuan.rules.eventlog import Dossier, EventLog
from chuan.rules.procedure.structure import Procedure

from .cast import APPRAISE, RECEIVE, RETURN, SIGN, at, deviations, did, dossier, hours, procedure

EVERYTHING = frozenset({"at", "received_at", "finished_at", "returned_at", "due_at"})


def judged(written: Procedure, one: Dossier, *whole_days: str, recorded: str = "", **options: object) -> DossierResult:
    log = EventLog((one,), recorded=frozenset(recorded.split()), whole_days=frozenset(whole_days))
    chosen = Options(load_calendar("vn"), **options)  # type: ignore[arg-type] # options by name
    return check([from_procedure(written)], log, chosen).dossiers[0]


def finished(received: str, day: str) -> Dossier:
    return dossier(received_at=at(received), finished_at=at(day))


def test_finished_on_the_due_day_is_on_time_a_day_later_late_a_day_before_early() -> None:
    states = [
        judged(procedure(), finished("02 00:00", f"{day} 00:00"), "received_at", "finished_at").state
        for day in ("03", "04", "05")
    ]
    assert states == ["early", "on_time", "late"]


def test_received_with_a_time_and_finished_on_a_day_is_judged_on_that_same_day_too() -> None:
    assert judged(procedure(), finished("02 09:00", "02 00:00"), "finished_at").state == "early"
    assert judged(procedure(), finished("02 09:00", "02 00:00")).state == "not_judged"  # a real midnight


def test_rolling_and_hours_begin_at_the_end_of_a_day_without_a_time() -> None:
    one = finished("02 00:00", "03 00:00")
    short = procedure(committed=hours(8))
    by_hours = judged(short, one, *EVERYTHING)
    rolling = judged(procedure(), finished("02 00:00", "04 00:00"), *EVERYTHING, counting=Counting.ROLLING)
    assert (by_hours.due_at, by_hours.state) == (at("03 17:00"), "on_time")
    assert (rolling.due_at, rolling.state) == (at("04 17:00"), "on_time")
    assert judged(short, one).state == "late"  # the same moments, if they were moments


def test_an_open_dossier_is_judged_by_the_day() -> None:
    one = dossier(received_at=at("02 00:00"))
    states = [judged(procedure(), one, "received_at", as_of=at(moment)).state for moment in ("04 23:00", "05 00:00")]
    assert states == ["open_in_time", "open_late"]
    assert judged(procedure(), one, as_of=at("04 23:00")).state == "open_late"


def test_a_step_is_over_its_limit_only_if_whole_days_prove_it() -> None:
    def run(*days: str) -> list[str | None]:
        words = ("Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Ký duyệt", "Trả kết quả")
        events = [did(f"{day} 00:00", word) for day, word in zip(days, words, strict=True)]
        written = procedure(RECEIVE, APPRAISE, SIGN, RETURN)
        found = judged(written, dossier(*events), "at", recorded="steps")
        return [step for kind, step, _ in deviations(found) if kind == "over_limit"]

    assert run("02", "03", "04", "04") == []  # the day after may be within one day
    assert run("02", "04", "06", "06") == ["B2", "B3"]
    assert run("06", "09", "10", "10") == []  # Friday to Monday


def test_durations_between_whole_days_are_whole_working_days() -> None:
    words = ("Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Ký duyệt", "Trả kết quả")
    events = [did(f"{day} 00:00", word) for day, word in zip(("03", "05", "09", "09"), words, strict=True)]
    found = judged(procedure(), dossier(*events, received_at=at("02 09:00")), "at", recorded="steps")
    assert found.minutes == (480, 960, 960, 0)


def test_days_may_be_said_of_one_dossier_alone() -> None:
    one = finished("02 09:00", "02 00:00")
    alone = Dossier(one.id, received_at=one.received_at, finished_at=one.finished_at, whole_days=EVERYTHING)
    assert judged(procedure(), alone).state == "early"


def test_the_histogram_puts_a_day_after_the_due_day_beyond_the_limit() -> None:
    days_done = ("04 00:00", "05 00:00")
    dossiers = tuple(
        Dossier(f"H{day}", received_at=at("02 00:00"), finished_at=at(day), whole_days=EVERYTHING) for day in days_done
    )
    result = check([from_procedure(procedure())], EventLog(dossiers), Options(load_calendar("vn")))
    picture = histogram(result.subjects[0], result.counting)
    assert picture is not None
    assert [(bar.label, bar.late) for bar in picture.bars if bar.count] == [("2", ""), ("3", "committed")]
