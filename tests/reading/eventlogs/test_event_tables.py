"""One row per event: what is an event, what turns the clock, what is listed and what is joined."""

from datetime import datetime
from pathlib import Path

import pytest

from chuan.reading.eventlogs import LogMapping
from chuan.rules.eventlog import EventKind
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import LANGUAGES, BadInput

from .small_logs import codes, log_of, told

HEADINGS = "Mã hồ sơ;Công việc;Vị trí;Thời gian hoàn thành\n"


def kinds(log_text: str, folder: Path) -> list[tuple[str, str]]:
    events = log_of(folder, log_text).dossiers[0].events
    return [(event.activity, event.kind.value) for event in events]


def test_vietnamese_headings_are_recognised(tmp_path: Path) -> None:
    log = log_of(tmp_path, HEADINGS + "H1;Thẩm định;Chuyên viên;05/11/2025 08:00\n")
    event = log.dossiers[0].events[0]
    assert (log.granularity, log.recorded) == ("event", frozenset({"position", "steps"}))
    assert (event.activity, event.position, event.row) == ("Thẩm định", "Chuyên viên", 2)
    assert event.at == datetime(2025, 11, 5, 8, tzinfo=VIETNAM)


def test_english_headings_are_recognised(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Case ID,Activity,Complete Timestamp,Resource,Role\n1,Check,2025-11-05T01:00:00Z,An,Clerk\n")
    event = log.dossiers[0].events[0]
    assert (event.position, event.at) == ("Clerk", datetime(2025, 11, 5, 8, tzinfo=VIETNAM))


def test_a_column_of_step_numbers_beside_the_words_is_the_number_not_the_activity(tmp_path: Path) -> None:
    rows = "".join(
        f"H1;B{place};{words};0{place}/11/2025 08:00\n" for place, words in enumerate(["Nhận", "Ký"], start=1)
    )
    log = log_of(tmp_path, "Mã hồ sơ;Bước;Nội dung công việc;Thời gian\n" + rows)
    assert [(event.number, event.activity) for event in log.dossiers[0].events] == [("B1", "Nhận"), ("B2", "Ký")]


def test_who_did_it_is_a_position_when_the_cells_name_positions(tmp_path: Path) -> None:
    heading = "Mã hồ sơ;Bước;Người thực hiện;Thời gian\n"
    named = log_of(tmp_path, heading + "H1;A;Lãnh đạo phòng;05/11/2025 08:00\nH1;B;CV phòng Kinh tế;06/11/2025 08:00\n")
    person = log_of(tmp_path, heading + "H1;A;Nguyễn Văn An;05/11/2025 08:00\n")
    assert [event.position for event in named.dossiers[0].events] == ["Lãnh đạo phòng", "CV phòng Kinh tế"]
    assert person.dossiers[0].events[0].position is None


def test_without_a_column_of_positions_no_position_is_claimed(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Cán bộ xử lý,Thời gian\nH1,A,Nguyễn Văn An,05/11/2025 08:00\n")
    assert log.dossiers[0].events[0].position is None
    assert "position" not in log.recorded


def test_events_stand_in_time_order_and_equal_times_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = "H1;C;;06/11/2025 08:00\nH1;B;;05/11/2025 08:00\nH1;A;;05/11/2025 08:00\n"
    assert told(log_of(tmp_path, HEADINGS + rows)) == [("H1", ["B", "A", "C"])]


def test_rows_equal_in_dossier_step_time_and_position_are_one_event_and_listed(tmp_path: Path) -> None:
    rows = "H1;Ký;x;05/11/2025 08:00\nH1;KÝ ;x;05/11/2025 08:00\nH1;Ký;y;05/11/2025 08:00\nH1;Ký;x;05/11/2025 09:00\n"
    log = log_of(tmp_path, HEADINGS + rows)
    assert len(log.dossiers[0].events) == 3
    assert [(row.row, row.reason.code) for row in log.duplicates] == [(3, "eventlogs.same_event")]


def test_rows_with_the_same_event_id_are_one_event_within_a_dossier(tmp_path: Path) -> None:
    rows = "H1,A,05/11/2025 08:00,7\nH1,A,05/11/2025 08:05,7\nH2,A,05/11/2025 08:00,7\n"
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Thời gian,Mã sự kiện\n" + rows)
    assert told(log) == [("H1", ["A"]), ("H2", ["A"])]
    assert [row.row for row in log.duplicates] == [3]


def test_bad_rows_are_listed_with_place_and_reason_and_the_rest_is_kept(tmp_path: Path) -> None:
    rows = "H1;A;;05/11/2025 08:00\n;A;;05/11/2025 08:00\nH1;B;;31/02/2025\nH1;;;06/11/2025 08:00\nH1;C;;\n"
    log = log_of(tmp_path, HEADINGS + rows)
    assert told(log) == [("H1", ["A"])]
    assert [(bad.row, bad.column, bad.reason.code) for bad in log.bad_rows] == [
        (3, "", "eventlogs.row_without_dossier"),
        (4, "Thời gian hoàn thành", "timestamps.no_such_day"),
        (5, "", "eventlogs.row_without_activity"),
        (6, "", "eventlogs.row_without_time"),
    ]
    assert all(bad.reason.text(language) for bad in log.bad_rows for language in LANGUAGES)


def test_blank_rows_and_lines_of_totals_are_no_rows(tmp_path: Path) -> None:
    log = log_of(tmp_path, HEADINGS + "\nH1;A;;05/11/2025 08:00\n;;;\nTổng cộng: 1 việc;;;\n")
    assert (told(log), log.bad_rows) == ([("H1", ["A"])], ())


def test_a_step_begun_but_not_completed_is_no_event_yet(tmp_path: Path) -> None:
    rows = "H1,A,05/11/2025 08:00,05/11/2025 09:00\nH1,B,05/11/2025 09:00,\n"
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Thời gian bắt đầu,Thời gian hoàn thành\n" + rows)
    assert told(log) == [("H1", ["A"])]
    assert (log.bad_rows, codes(log)) == ((), ["eventlogs.unfinished"])


def test_an_activity_that_is_nothing_but_a_state_turns_the_clock_and_keeps_its_words(tmp_path: Path) -> None:
    rows = (
        "H1;Được tiếp nhận;;01/11/2025 08:00\nH1;Yêu cầu bổ sung;;02/11/2025 08:00\nH1;Đã bổ sung;;03/11/2025 08:00\n"
        "H1;Công dân nộp bổ sung;;03/11/2025 08:30\n"
        "H1;Tạm dừng;;04/11/2025 08:00\nH1;Thực hiện nghĩa vụ tài chính;;05/11/2025 08:00\n"
        "H1;Đã xử lý xong;;06/11/2025 08:00\nH1;Đã trả kết quả;;07/11/2025 08:00\n"
    )
    assert kinds(HEADINGS + rows, tmp_path) == [
        ("Được tiếp nhận", "received"),
        ("Yêu cầu bổ sung", "supplement"),
        ("Đã bổ sung", "resubmitted"),
        ("Công dân nộp bổ sung", "resubmitted"),
        ("Tạm dừng", "paused"),
        ("Thực hiện nghĩa vụ tài chính", "payment"),
        ("Đã xử lý xong", "result_ready"),
        ("Đã trả kết quả", "returned"),
    ]


@pytest.mark.parametrize("activity", ["Trả kết quả", "Tiếp nhận hồ sơ", "Kiểm tra, yêu cầu bổ sung", "5", "Ký"])
def test_an_activity_that_only_resembles_a_state_stays_a_step(tmp_path: Path, activity: str) -> None:
    assert kinds(f"Mã hồ sơ;Công việc;Thời gian\nH1;{activity};05/11/2025 08:00\n", tmp_path) == [(activity, "step")]


def test_a_history_of_states_is_read_by_words_and_codes(tmp_path: Path) -> None:
    rows = (
        "H1,2,05/11/2025 08:00\nH1,5 - Yêu cầu bổ sung giấy tờ,06/11/2025 08:00\nH1,Chưa trả kết quả,07/11/2025 08:00\n"
        "H1,Đã trả kết quả (đúng hạn),08/11/2025 08:00\nH1,Không được tiếp nhận,09/11/2025 08:00\n"
    )
    log = log_of(tmp_path, "Mã hồ sơ,Trạng thái,Thời gian\n" + rows)
    expected = ["received", "supplement", "result_ready", "returned", "not_received"]
    assert [event.kind.value for event in log.dossiers[0].events] == expected
    assert "steps" not in log.recorded


def test_a_state_that_changes_within_a_dossier_turns_the_clock(tmp_path: Path) -> None:
    rows = "H1,A,Hoàn thành,05/11/2025 08:00\nH1,B,Tạm dừng,06/11/2025 08:00\nH1,B,Hoàn thành,07/11/2025 08:00\n"
    text = "Mã hồ sơ,Bước,Trạng thái,Thời gian\n" + rows
    assert kinds(text, tmp_path) == [("A", "step"), ("Tạm dừng", "paused"), ("B", "step")]


def test_the_state_of_the_dossier_repeated_on_every_row_changes_no_event(tmp_path: Path) -> None:
    rows = "H1,A,Tạm dừng,05/11/2025 08:00\nH1,B,Tạm dừng,06/11/2025 08:00\n"
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Trạng thái,Thời gian\n" + rows)
    assert [event.kind for event in log.dossiers[0].events] == [EventKind.STEP, EventKind.STEP]
    assert log.dossiers[0].status == "Tạm dừng"


def test_a_column_of_kinds_is_believed(tmp_path: Path) -> None:
    rows = "H1,Gửi công văn,supplement,05/11/2025 08:00\nH1,A,step,06/11/2025 08:00\nH1,B,Tạm dừng,07/11/2025 08:00\n"
    text = "Mã hồ sơ,Bước,Loại sự kiện,Thời gian\n" + rows
    assert kinds(text, tmp_path) == [("Gửi công văn", "supplement"), ("A", "step"), ("B", "paused")]


def test_only_complete_transitions_count_when_there_are_any(tmp_path: Path) -> None:
    rows = "1,A,start,2025-11-05 08:00\n1,A,COMPLETE,2025-11-05 09:00\n"
    log = log_of(tmp_path, "case,activity,lifecycle:transition,timestamp\n" + rows)
    assert told(log) == [("1", ["A"])]
    assert codes(log) == ["eventlogs.not_complete"]


def test_facts_of_the_dossier_on_event_rows_are_gathered_in_time_order(tmp_path: Path) -> None:
    rows = (
        "H1,B,06/11/2025 08:00,05/11/2025 07:30,12/11/2025,1.013225\n"
        "H1,A,05/11/2025 08:00,05/11/2025 07:30,10/11/2025,1.013225\n"
        "H1,C,07/11/2025 08:00,05/11/2025 07:30,12/11/2025,1.013225\n"
    )
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Thời gian,Ngày tiếp nhận,Ngày hẹn trả,Mã TTHC\n" + rows)
    dossier = log.dossiers[0]
    assert dossier.received_at == datetime(2025, 11, 5, 7, 30, tzinfo=VIETNAM)
    assert dossier.source_due_at == datetime(2025, 11, 12, tzinfo=VIETNAM)
    assert dossier.earlier_due_at == (datetime(2025, 11, 10, tzinfo=VIETNAM),)
    assert dossier.service_code == "1.013225"


def test_a_limit_that_is_new_on_every_row_is_each_steps_own(tmp_path: Path) -> None:
    rows = "H1,A,05/11/2025 08:00,05/11/2025\nH1,B,06/11/2025 08:00,06/11/2025\n"
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Thời gian,Hạn xử lý\n" + rows)
    assert (log.dossiers[0].source_due_at, log.dossiers[0].earlier_due_at) == (None, ())
    assert codes(log) == ["eventlogs.due_of_steps"]


def test_events_before_reception_are_kept_and_noted(tmp_path: Path) -> None:
    rows = "H1,A,05/11/2025 08:00,05/11/2025 09:00\n"
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Thời gian,Thời điểm tiếp nhận\n" + rows)
    assert told(log) == [("H1", ["A"])]
    assert codes(log) == ["eventlogs.events_before_reception"]


def test_days_without_times_are_noted(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ,Bước,Ngày thực hiện\nH1,A,05/11/2025\nH1,B,06/11/2025\n")
    assert (log.whole_days, codes(log)) == (frozenset({"at"}), ["eventlogs.whole_days"])


def test_a_formula_is_data(tmp_path: Path) -> None:
    assert told(log_of(tmp_path, HEADINGS + "=1+1;=cmd|x;;05/11/2025 08:00\n")) == [("=1+1", ["=cmd|x"])]


def test_equal_rows_stay_apart_where_that_is_asked(tmp_path: Path) -> None:
    from chuan.reading.eventlogs import read_log

    path = tmp_path / "log.csv"
    path.write_text(HEADINGS + "H1;A;;05/11/2025 08:00\n" * 2, encoding="utf-8")
    assert len(read_log(path, join_equal=False).dossiers[0].events) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEADINGS, "eventlogs.only_headings"),
        (HEADINGS + "H1;A;;31/02/2025\n", "eventlogs.no_events"),
        ("một,hai,ba\n1,2,3\n", "eventlogs.no_headings"),
        ("Mã hồ sơ,Bước,Lĩnh vực\nH1,A,x\n", "eventlogs.no_time_column"),
        ("Bước,Vị trí,Thời gian\nA,x,05/11/2025\n", "eventlogs.no_dossier_column"),
    ],
)
def test_a_log_without_a_usable_event_is_refused_in_words(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        log_of(tmp_path, text)
    assert caught.value.message.code == code
    assert all(caught.value.message.text(language) for language in LANGUAGES)


def test_a_mapping_makes_words_of_the_log_kinds(tmp_path: Path) -> None:
    rows = "H1;Treo;;05/11/2025 08:00\nH1;Tạm dừng;;06/11/2025 08:00\n"
    mapping = LogMapping(kinds={"Treo": EventKind.PAUSED, "tạm dừng": EventKind.STEP})
    events = log_of(tmp_path, HEADINGS + rows, mapping).dossiers[0].events
    assert [event.kind.value for event in events] == ["paused", "step"]


def test_a_history_of_states_stays_one_beside_a_due_date_of_the_dossier(tmp_path: Path) -> None:
    states = "H1,Được tiếp nhận,{0},03/11/2025 08:00\nH1,Đã xử lý xong,{1},03/11/2025 08:00\n"
    for heading in ("Thời gian", "Thời gian cập nhật"):
        text = f"Mã hồ sơ,Trạng thái,{heading},Ngày tiếp nhận\n"
        history = log_of(tmp_path, text + states.format("03/11/2025 08:05", "05/11/2025 08:00"))
        assert told(history) == [("H1", ["Được tiếp nhận", "Đã xử lý xong"])], heading
        again = log_of(tmp_path, text + states.format("03/11/2025 08:05", "03/11/2025 08:05"))
        assert again.granularity == "dossier", heading
