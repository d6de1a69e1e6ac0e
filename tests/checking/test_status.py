"""What the source's own state of a dossier tells, and what it cannot tell without a moment."""

from dataclasses import replace
from typing import Any

from chuan.rules.eventlog import EventKind

from .cast import APPRAISE, RECEIVE, SIGN, as_written, at, did, dossier, judged, procedure, run

RECORDED = ("received_at", "finished_at", "status")


def state_of(status: str, *, as_of: str = "20 08:00", kinds: dict[str, EventKind] | None = None, **facts: Any) -> str:
    """The state at `as_of` of a dossier received on 2 November, due on the 4th, in an export of a row per dossier."""
    one = dossier(received_at=at("02 10:00"), status=status, **facts)
    found = run(procedure(), one, recorded=RECORDED, as_of=at(as_of), kinds=kinds or {})
    return found.dossiers[0].state


def test_a_withdrawn_or_stopped_dossier_of_an_export_is_not_judged_whatever_its_dates() -> None:
    for status in ("Công dân yêu cầu rút hồ sơ", "7", "Dừng xử lý", "8 - Dừng xử lý", "Hồ sơ hủy"):
        assert state_of(status) == "not_judged", status
        assert state_of(status, finished_at=at("20 08:00")) == "not_judged", status


def test_a_dossier_that_was_never_received_is_not_judged() -> None:
    for status in ("Không được tiếp nhận", "3", "Từ chối tiếp nhận hồ sơ"):
        assert state_of(status) == "not_judged", status
        assert state_of(status, finished_at=at("03 08:00")) == "not_judged", status


def test_a_refusal_at_the_desk_is_no_reception() -> None:
    never = judged(procedure(), did("02 08:00", "Không được tiếp nhận", EventKind.NOT_RECEIVED))
    assert (never.state, never.received_at, never.finished_at) == ("not_judged", None, None)
    complete = did("03 08:00", "Được tiếp nhận", EventKind.RECEIVED)
    later = judged(procedure(), did("02 08:00", "Không được tiếp nhận", EventKind.NOT_RECEIVED), complete)
    assert later.received_at == at("03 08:00")


def test_a_dossier_that_is_over_at_a_moment_nobody_wrote_down_is_not_called_open() -> None:
    for status in ("Đã xử lý xong", "Đã trả kết quả", "10", "Từ chối giải quyết"):
        assert state_of(status) == "not_judged", status
        assert state_of(status, finished_at=at("05 08:00")) == "late", status
    assert state_of("Đang xử lý") == "open_late"
    assert state_of("Chưa trả lời") == "open_late"


def test_a_dossier_that_waits_for_the_citizen_since_nobody_knows_when_is_never_late_but_may_be_in_time() -> None:
    for status in ("Yêu cầu bổ sung giấy tờ", "Yêu cầu thực hiện nghĩa vụ tài chính", "Tạm dừng"):
        assert state_of(status) == "not_judged", status
        assert state_of(status, as_of="03 08:00") == "open_in_time", status


def test_a_wait_that_the_events_show_is_counted_and_not_forgiven_again() -> None:
    late_already = (did("02 08:00", "Tiếp nhận hồ sơ"), did("06 08:00", "Yêu cầu bổ sung", EventKind.SUPPLEMENT))
    shown = run(procedure(), dossier(*late_already, status="Yêu cầu bổ sung"), as_of=at("20 08:00")).dossiers[0]
    assert shown.state == "open_late"


def test_completed_beside_a_step_is_not_believed_of_the_whole_dossier() -> None:
    begun = dossier(did("02 08:00", "Tiếp nhận hồ sơ"), status="Hoàn thành")
    assert run(procedure(), begun, as_of=at("20 08:00")).dossiers[0].state == "open_late"


def test_a_moment_of_judging_before_what_is_recorded_is_told() -> None:
    recorded = dossier(*as_written(), id="H1"), dossier(did("02 08:00", "Tiếp nhận hồ sơ"), id="H2")
    early = run(procedure(), *recorded, as_of=at("04 08:00"))
    told = [note.values for note in early.notes if note.code == "checking.as_of_is_early"]
    assert told == [{"as_of": "08:00 04/11/2026", "count": 1}]
    for as_of in (None, at("05 09:00")):
        notes = run(procedure(), *recorded, as_of=as_of).notes
        assert "checking.as_of_is_early" not in {note.code for note in notes}


def test_words_of_the_mapping_name_a_state_too() -> None:
    assert state_of("Treo") == "open_late"
    assert state_of("Treo", kinds={"Treo": EventKind.STOPPED}) == "not_judged"


def test_a_result_that_only_the_collection_shows_is_in_time_when_collected_in_time() -> None:
    received = did("02 08:00", "Tiếp nhận hồ sơ")
    states = [
        judged(procedure(), received, did(day, "Đã trả kết quả", EventKind.RETURNED), as_of=at("25 08:00")).state
        for day in ("03 09:00", "04 16:00", "05 09:00")
    ]
    assert states == ["early", "on_time", "not_judged"]


def test_a_history_of_states_alone_is_all_turns_of_the_clock() -> None:
    states = (did("02 08:00", "2", EventKind.RECEIVED), did("03 08:00", "9", EventKind.RESULT_READY))
    found = run(procedure(), dossier(*states), recorded=("status",))
    assert (found.subjects[0].events, found.subjects[0].clock_events) == (2, 2)
    assert (found.dossiers[0].state, found.dossiers[0].fitness) == ("early", None)


def test_a_filing_before_the_reception_does_not_start_the_clock() -> None:
    filed = did("02 08:00", "Nộp hồ sơ trực tuyến")
    found = judged(procedure(), filed, did("03 08:00", "Tiếp nhận hồ sơ"), did("04 08:00", "Thẩm định hồ sơ"))
    assert (found.received_at, found.received_from) == (at("03 08:00"), "event")


def test_a_later_step_called_reception_is_not_the_reception_of_the_dossier() -> None:
    steps = (replace(APPRAISE, no="B1", title="Hướng dẫn"), SIGN, replace(RECEIVE, no="B3"))
    events = (did("02 08:00", "Hướng dẫn"), did("02 09:00", "Ký duyệt"), did("02 10:00", "Tiếp nhận hồ sơ"))
    found = judged(procedure(*steps), *events)
    assert (found.received_at, found.received_from) == (at("02 08:00"), "first_event")
