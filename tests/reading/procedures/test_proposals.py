"""What words and places propose: ways back, shared times, units, prose, several procedures in one document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.formats.document import Document
from chuan.reading.procedure_json import from_json, to_json
from chuan.reading.procedures import read_document
from chuan.text.messages import BadInput

from .tables import HEADS, LEFT, UP, doubts, read, steps, table

LIMIT = "Thời hạn giải quyết: 03 ngày làm việc"


def test_going_back_in_words_becomes_a_proposed_link() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Dự thảo", "CV", "1 ngày", ""),
            ("B2", "Ký nháy; không đồng ý → quay lại bước 1", "LĐ", "1 ngày", ""),
            ("B3", "Ký, trả lại B9 nếu sai", "GĐ", "1 ngày", ""),
        ),
    )
    _, second, third = reading.procedures[0].variants[0].steps
    assert [(link.to, link.when) for link in second.links] == [("B3", ""), ("B1", "không đồng ý")]
    assert third.links == ()
    assert doubts(reading) == ["link_proposed", "link_unknown"]


@pytest.mark.parametrize(
    "times",
    [("cùng 2 ngày", "cùng 2 ngày"), ("cùng 2 ngày", ""), ("B2–B3: 2 ngày", "")],
)
def test_a_shared_time_in_words_becomes_a_proposed_budget(times: tuple[str, str]) -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Nhận", "MC", "1 ngày", ""),
            ("B2", "Thẩm tra", "CV", times[0], ""),
            ("B3", "Ký", "LĐ", times[1], ""),
        ),
    )
    variant = reading.procedures[0].variants[0]
    assert [one.budget for one in variant.steps] == ["", "B2–B3", "B2–B3"]
    assert [one[3] for one in steps(reading)] == ["1 working_day", "2 working_day", ""]
    assert doubts(reading) == ["budget_proposed"]


def test_parallel_words_propose_parts_beside_each_other_only_with_a_named_step() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Lấy ý kiến", "CV", "1 ngày", ""),
            ("B2", "Kiểm tra thực địa song song với B1", "CV", "1 ngày", ""),
            ("B3", "Ký đồng thời chuyển văn thư", "LĐ", "1 ngày", ""),
        ),
    )
    assert [one.parallel for one in reading.procedures[0].variants[0].steps] == ["1/1", "1/2", ""]
    assert doubts(reading) == ["parallel", "parallel"]


@pytest.mark.parametrize(
    ("heading", "limit", "cells", "times", "codes"),
    [
        ("Thời gian (giờ)", "24 giờ", ("8", "16"), ("8 working_hour", "16 working_hour"), []),
        ("Thời gian (ngày làm việc)", "3 ngày", ("1", "2"), ("1 working_day", "2 working_day"), []),
        ("Thời gian (ngày làm việc)", "3 ngày", ("1 ngày", "2"), ("1 working_day", "2 working_day"), []),
        ("Thời gian (ngày, 8h/ngày)", "3 ngày", ("1", "2 ngày"), ("1 working_day", "2 working_day"), []),
        ("Thời gian (ngày)", "3 ngày", ("1", "2"), ("1 calendar_day", "2 calendar_day"), []),
        ("Thời gian (1/4 ngày)", "3 ngày làm việc", ("4", "8"), ("1 working_day", "2 working_day"), []),
        ("Thời gian (1/4 ngày)", "9 ngày làm việc", ("4", "8"), ("1 working_day", "2 working_day"), ["size_unsure"]),
        ("Thời gian", "3 ngày làm việc", ("1", "2"), ("1 working_day", "2 working_day"), ["unit_from_total"]),
        ("Thời gian", "20 ngày", ("0,5 ngày", "19,5 ngày"), ("1/2 calendar_day", "39/2 calendar_day"), []),
        (
            "Thời gian",
            "01 ngày",
            ("1/4 ngày", "3/4 ngày"),
            ("1/4 working_day", "3/4 working_day"),
            ["day_read_as_working"],
        ),
        ("Thời gian", "2 ngày", ("4 giờ", "1,5 ngày"), ("4 working_hour", "3/2 working_day"), ["day_read_as_working"]),
        ("Thời gian", "12 giờ đồng hồ", ("12 giờ đồng hồ", "30 phút"), ("12 hour", "30 minute"), []),
        ("Thời gian", "trong ngày", ("Trong ngày", "1 giờ"), ("1 same_working_day_cutoff_15h", "1 working_hour"), []),
    ],
)
def test_the_unit_comes_from_the_cell_else_the_heading_else_the_total(
    heading: str, limit: str, cells: tuple[str, str], times: tuple[str, str], codes: list[str]
) -> None:
    reading = read(
        f"Thời hạn giải quyết: {limit}",
        table(("TT", "Trình tự", "Trách nhiệm", heading), ("1", "Nhận", "MC", cells[0]), ("2", "Trả", "MC", cells[1])),
    )
    assert tuple(one[3] for one in steps(reading)) == times
    assert doubts(reading) == codes


def test_days_without_any_sign_are_calendar_days_with_one_doubt() -> None:
    reading = read(table(("TT", "Trình tự", "Trách nhiệm", "Thời gian"), ("1", "Nhận", "MC", "2 ngày")))
    assert steps(reading)[0][3] == "2 calendar_day"
    assert doubts(reading) == ["day_read_as_calendar", "no_total"]


def test_numbers_without_any_unit_are_left_open() -> None:
    reading = read(table(("TT", "Trình tự", "Trách nhiệm", "Thời gian"), ("1", "Nhận", "MC", "2")))
    assert steps(reading)[0][3] == ""
    assert "unit_missing" in doubts(reading)


def test_other_tables_are_not_taken_for_steps() -> None:
    with pytest.raises(BadInput) as refusal:
        read(
            table(("TT", "Thành phần hồ sơ", "Bản chính", "Bản sao"), ("1", "Tờ khai", "x", "")),
            table(("TT", "Hồ sơ lưu", "Nơi lưu", "Thời gian lưu"), ("1", "Đơn", "Phòng", "5 năm")),
            table(
                ("STT", "Tên TTHC", "Thời hạn giải quyết", "Địa điểm thực hiện", "Phí, lệ phí", "Căn cứ pháp lý"),
                ("1", "Chứng thực", "Trong ngày", "UBND xã", "2.000 đ/trang", "NĐ 23/2015"),
            ),
            table(("Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"), ("Họ tên", "", "", "")),
        )
    assert refusal.value.message.code == "procedures.no_steps"


def test_a_document_of_several_procedures_is_cut_at_their_names() -> None:
    first = table(HEADS, ("B1", "Nhận", "MC", "1 ngày", ""), ("B2", "Trả", "MC", "2 ngày", ""))
    reading = read(
        "**1. Thủ tục: Đăng ký khai tử (1.000656.H61)",
        LIMIT,
        first,
        "Hồ sơ lưu: tại bộ phận một cửa",
        "**2. Thủ tục: Đăng ký kết hôn (1.000894.H61)",
        "Thời hạn giải quyết: 20 ngày",
        table(HEADS, ("B1", "Nhận", "MC", "20 ngày", "")),
    )
    assert [(one.name, one.service_code) for one in reading.procedures] == [
        ("Đăng ký khai tử", "1.000656.H61"),
        ("Đăng ký kết hôn", "1.000894.H61"),
    ]
    assert [str(one.committed.unit) for one in reading.procedures if one.committed] == ["working_day", "calendar_day"]


def test_nothing_is_expanded_or_removed_from_titles_and_roles() -> None:
    reading = read(
        LIMIT,
        table(HEADS, ("B1", "Kiểm tra\u00a0 HS;\nchuyển  LĐ (nếu đủ)", "CV;\nLĐ phòng / VT", "3 ngày", "")),
    )
    assert steps(reading)[0][1:3] == ("Kiểm tra HS; chuyển LĐ (nếu đủ)", "CV; LĐ phòng / VT")


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "Bước 1: Tiếp nhận, số hóa. Trách nhiệm: Chuyên viên trực. Thời gian: 0,5 ngày.",
            ("Bước 1", "Tiếp nhận, số hóa", "Chuyên viên trực", "1/2 working_day"),
        ),
        (
            "- Bước 1. Tiếp nhận, số hóa – Chuyên viên trực – 0,5 ngày",
            ("Bước 1", "Tiếp nhận, số hóa", "Chuyên viên trực", "1/2 working_day"),
        ),
        (
            "Bước 1: Tiếp nhận, số hóa (Chuyên viên trực, 0,5 ngày làm việc);",
            ("Bước 1", "Tiếp nhận, số hóa", "Chuyên viên trực", "1/2 working_day"),
        ),
        (
            "Bước 1: Chuyên viên trực: Tiếp nhận, số hóa (thời gian: 0,5 ngày)",
            ("Bước 1", "Tiếp nhận, số hóa", "Chuyên viên trực", "1/2 working_day"),
        ),
        (
            "Bước 1 (0,5 ngày): Một cửa tiếp nhận hồ sơ (bản giấy).",
            ("Bước 1", "Một cửa tiếp nhận hồ sơ (bản giấy)", "", "1/2 working_day"),
        ),
        (
            "Bước 1(Chuyên viên trực, thời gian: 0,5 ngày). Tiếp nhận, số hóa",
            ("Bước 1", "Tiếp nhận, số hóa", "Chuyên viên trực", "1/2 working_day"),
        ),
        (
            "- Bước 1 (nếu có): Tiếp nhận, số hóa. Thời gian: 0,5 ngày",
            ("Bước 1", "(nếu có): Tiếp nhận, số hóa", "", "1/2 working_day"),
        ),
    ],
)
def test_prose_steps_are_read_by_labels_dashes_brackets_or_the_actor(paragraph: str, expected: tuple[str, ...]) -> None:
    reading = read(LIMIT, paragraph, "Bước 2: Trả kết quả. Trách nhiệm: Văn thư. Thời gian: 2,5 ngày làm việc.")
    assert steps(reading)[0] == expected
    assert steps(reading)[1][:3] == ("Bước 2", "Trả kết quả", "Văn thư")


def test_two_times_of_a_prose_step_are_doubted_and_two_roles_both_kept() -> None:
    reading = read(
        LIMIT,
        "Bước 1 (01 ngày): Nhận. Trách nhiệm: MC. Phân công: CV. Thời gian: 02 ngày.",
        "Bước 2 (01 ngày): Trả. Trách nhiệm: MC.",
    )
    assert steps(reading)[0] == ("Bước 1", "Nhận", "MC; CV", "2 working_day")
    assert doubts(reading) == ["quantities.disagree"]


def test_lettered_parts_of_a_prose_step_are_steps_with_its_number() -> None:
    reading = read(
        LIMIT,
        "Bước 1: Nhận. Trách nhiệm: MC. Thời gian: 1 ngày.",
        "Bước 2: Thẩm định",
        "a) Phân công. Trách nhiệm: LĐ. Thời gian: 0,5 ngày.",
        "b) Thụ lý. Trách nhiệm: CV. Thời gian: 1,5 ngày.",
    )
    assert steps(reading)[1:] == [
        ("Bước 2", "Thẩm định", "", ""),
        ("Bước 2a", "Phân công", "LĐ", "1/2 working_day"),
        ("Bước 2b", "Thụ lý", "CV", "3/2 working_day"),
    ]
    assert doubts(reading) == ["no_time", "no_role"]


def test_a_limit_said_once_behind_the_steps_is_that_of_the_whole_and_no_step_takes_it() -> None:
    reading = read(
        "ỦY BAN NHÂN DÂN PHƯỜNG BẾN XUÂN",
        "QUY TRÌNH CHỨNG THỰC BẢN SAO",
        "Trình tự thực hiện:",
        "Bước 1: Kiểm tra hồ sơ, thời hạn 02 giờ.",
        "Bước 2: Trả kết quả cho công dân.",
        "Thời hạn giải quyết: trong ngày làm việc.",
    )
    assert steps(reading) == [
        ("Bước 1", "Kiểm tra hồ sơ, thời hạn 02 giờ", "", "2 working_hour"),
        ("Bước 2", "Trả kết quả cho công dân", "", ""),
    ]
    (one,) = reading.procedures
    assert one.committed_text == "trong ngày làm việc"
    assert {step.phase for step in one.variants[0].steps} == {""}  # the letterhead names no phase
    said = [doubt.message.text() for doubt in one.variants[0].steps[1].doubts]
    assert said[0].startswith("Bước 2 không ghi thời gian")


def test_prose_labels_may_stand_in_paragraphs_of_their_own() -> None:
    reading = read(
        LIMIT,
        "Bước 1: Tiếp nhận",
        "- Đơn vị thực hiện: Một cửa",
        "- Thời gian thực hiện: 01 ngày làm việc",
        "Bước 2: Trả",
        "- Đơn vị thực hiện: Một cửa",
        "- Thời gian thực hiện: 02 ngày làm việc",
    )
    assert steps(reading) == [
        ("Bước 1", "Tiếp nhận", "Một cửa", "1 working_day"),
        ("Bước 2", "Trả", "Một cửa", "2 working_day"),
    ]


def test_a_row_that_begins_like_a_heading_is_still_a_step() -> None:
    heads = ("Bước", "Nội dung", "Bộ phận thực hiện", "Thời gian", "Kết quả")
    rows = (
        ("Bước 1", "Nội dung được kiểm tra", "Cán bộ TN&TKQ", "1 ngày", "Mẫu 01"),
        ("Bước 2", "Trình tự trả kết quả", "Cán bộ TN&TKQ", "Giờ hành chính", "Mẫu 05; QĐ"),
    )
    assert [one[0] for one in steps(read(LIMIT, table(heads, *rows)))] == ["Bước 1", "Bước 2"]


def test_arrows_remarks_and_empty_rows_of_a_flow_table_are_no_steps() -> None:
    heads = ("Các bước", "Trình tự", "Đơn vị", "Thời gian", "Phí")
    reading = read(
        LIMIT,
        table(
            heads,
            ("1", "Tiếp nhận", "Một cửa", "1 ngày", "Không"),
            ("", "↓", "", "", ""),
            ("", "", "", "", ""),
            ("2", "Trả kết quả", "Một cửa", "2 ngày", "Không"),
            ("Ghi chú: hồ sơ nộp trực tuyến như trên", LEFT, LEFT, LEFT, LEFT),
        ),
    )
    assert [(one.no, one.phase) for one in reading.procedures[0].variants[0].steps] == [("1", ""), ("2", "")]


def test_a_phase_ends_with_its_subtotal_its_own_span_or_its_time() -> None:
    for banner, ending in (
        ("Cấp tỉnh", ("Cộng phần Cấp tỉnh", LEFT, LEFT, "02 ngày", "")),
        ("Cấp tỉnh (02 ngày)", ("", LEFT, LEFT, LEFT, LEFT)),
        ("Cấp tỉnh (B2–B3)", ("", "", "", "", "")),
        ("Cấp tỉnh (02 ngày)", ("", "", "", "", "")),
    ):
        reading = read(
            LIMIT,
            table(
                HEADS,
                ("B1", "Nhận", "MC", "1 ngày", ""),
                (banner, LEFT, LEFT, LEFT, LEFT),
                ("B2", "Thẩm tra", "CV", "1 ngày", ""),
                ("B3", "Ký", "LĐ", "1 ngày", ""),
                ending,
                ("B4", "Trả", "MC", "Không tính thời gian", ""),
            ),
        )
        assert [one.phase for one in reading.procedures[0].variants[0].steps] == ["", banner, banner, ""]


def test_a_column_of_phases_names_them_too() -> None:
    reading = read(
        LIMIT,
        table(
            ("Giai đoạn", "TT", "Trình tự", "Trách nhiệm", "Thời gian"),
            ("Xã", "1", "Nhận", "MC", "1 ngày"),
            (UP, "2", "Trình", "CV", "1 ngày"),
            ("Tỉnh", "3", "Ký", "LĐ", "1 ngày"),
        ),
    )
    assert [one.phase for one in reading.procedures[0].variants[0].steps] == ["Xã", "Xã", "Tỉnh"]


def test_the_table_behind_the_steps_states_the_ways_on() -> None:
    reading = read(
        LIMIT,
        table(HEADS, *((f"B{n}", f"Việc {n}", "CV", "1 ngày", "") for n in (1, 2, 3))),
        "Các đường đi tiếp, rẽ nhánh và quay lại:",
        table(("Từ bước", "Đến bước", "Trường hợp"), ("B2", "B3", ""), ("B2", "B1", "sai"), ("B3", "Kết thúc", "")),
        "Làm song song: (B1) và (B2).",
        "Bước chỉ làm khi cần: B3.",
    )
    first, second, third = reading.procedures[0].variants[0].steps
    assert [(link.to, link.when) for link in second.links] == [("B3", ""), ("B1", "sai")]
    assert [link.to for link in third.links] == [None]
    assert (first.parallel, second.parallel, third.optional) == ("1/1", "1/2", True)
    assert doubts(reading) == []


def test_several_time_columns_are_read_with_their_own_units() -> None:
    reading = read(
        LIMIT,
        table(
            ("TT", "Trình tự", "Trách nhiệm", "Thời gian", LEFT),
            (UP, UP, UP, "Giờ", "Ngày"),
            ("1", "Nhận", "MC", "4", ""),
            ("2", "Trả", "MC", "", "2,5"),
        ),
    )
    assert [one[3] for one in steps(reading)] == ["4 working_hour", "5/2 working_day"]


_WORDS = [
    *("", "B1", "B2", "Bước 3", "I", "5.8", "TT", "↓", UP, LEFT, "Mã hiệu", "QT-01", "1.001193", "Tổng cộng"),
    *("Tiếp nhận", "Chuyên viên", "quay lại B1", "song song với B1", "a) Phân công", "Cơ sở pháp lý", "Nội dung"),
    *("0,5 ngày", "4 giờ", "khoảng 2 ngày", "cùng 7 ngày", "B1–B2: 7 ngày", "Giờ hành chính"),
    *("Trình tự", "Trách nhiệm", "Thời gian", "Từ bước", "Đến bước", "Trường hợp"),
]


@given(
    st.lists(st.lists(st.lists(st.sampled_from(_WORDS), min_size=4, max_size=4), max_size=7), min_size=1, max_size=3)
)
def test_any_tables_are_read_with_the_words_of_the_file_and_nothing_else(made: list[list[list[str]]]) -> None:
    blocks = [table(HEADS[:4], ("B1", "Tiếp nhận", "Một cửa", "1 ngày"), *rows) for rows in made]
    reading = read(LIMIT, *blocks)
    words = {"Một cửa", "Phân công", *_WORDS}
    for variant in reading.procedures[0].variants:
        for one in variant.steps:
            joined = any(doubt.message.code == "procedures.row_joined" for doubt in one.doubts)
            assert one.title in words or joined
            assert one.role in words
            assert one.time is None or one.counted
    assert from_json(to_json(reading.procedures)) == reading.procedures


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(BadInput):
        read_document(Document(()))
