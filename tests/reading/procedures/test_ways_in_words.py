"""Going back and on in the words of a step: each wording gives a way, or a doubt, and never nothing."""

import pytest

from .tables import LEFT, doubts, read, table

HEADS = ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Ghi chú")


def told(words: str, note: str = "", numbers: str = "B{}") -> tuple[dict[str, str], list[str]]:
    """Return where step 4 of six may go on to (without the next), with the conditions, and the doubts."""
    rows = [(numbers.format(place), f"Việc {place}", "CV", "1 ngày", "") for place in range(1, 7)]
    rows[3] = (numbers.format(4), words, "CV", "1 ngày", note)
    reading = read("Thời hạn giải quyết: 06 ngày làm việc", table(HEADS, *rows))
    links = reading.procedures[0].variants[0].steps[3].links
    return {link.to or "": link.when for link in links[1:]}, doubts(reading)


@pytest.mark.parametrize(
    ("words", "to", "when"),
    [
        ("Trình. Nếu không đồng ý thì quay lại bước B2", "B2", "Nếu không đồng ý"),
        ("Trả. Trường hợp không đạt trở về Bước B1", "B1", "Trường hợp không đạt"),
        ("Xét, nếu không đồng ý chuyển trả lại B3", "B3", "nếu không đồng ý"),
        ("Ký. Nếu không đạt, quay lại bước 2", "B2", "Nếu không đạt"),
        ("Thẩm định. Không đạt thì chuyển lại B3", "B3", "Không đạt"),
        ("Thẩm định, không đạt trả về bước 2", "B2", "không đạt"),
        ("Nếu không đạt chuyển B1", "B1", "Nếu không đạt"),
        ("Ký nháy; không đồng ý → quay lại B3", "B3", "không đồng ý"),
        ("Ký nháy; không đồng ý → B3", "B3", "không đồng ý"),
        ("Ký nháy (không đồng ý: B3)", "B3", "Ký nháy (không đồng ý"),
        ("Trường hợp chưa đạt trả hồ sơ về bước 2", "B2", "Trường hợp chưa đạt"),
        ("Nếu chưa hợp lệ, chuyển hồ sơ lại cho chuyên viên ở bước 2 để hoàn thiện", "B2", "Nếu chưa hợp lệ"),
        ("Ký duyệt; quay lại B2 nếu không đồng ý", "B2", "nếu không đồng ý"),
        ("Ký duyệt, trả lại bước 3 để hoàn thiện nếu còn sai sót", "B3", "nếu còn sai sót"),
        ("Ký duyệt (quay lại B2 khi cần bổ sung)", "B2", "khi cần bổ sung"),
        ("Không phê duyệt thì quay trở lại Bước số 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay về bước thứ 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại bước hai", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì trở lại bước thứ nhất", "B1", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại bước (2)", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại bước “B2”", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại bước B.2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại (2)", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại mục 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại từ bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì thực hiện lại từ bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì thực hiện lại các bước từ B2 đến B3", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì làm lại bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì lặp lại B2-B3", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì hoàn trả B2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì gửi trả hồ sơ cho bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì chuyển trả về cho bộ phận thực hiện bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì gửi lại B2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì đưa về bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt thì lùi về B2", "B2", "Không phê duyệt"),
        ("Không phê duyệt: thực hiện theo bước 2", "B2", "Không phê duyệt"),
        ("Không phê duyệt trả B2", "B2", "Không phê duyệt"),
        ("Không phê duyệt => B2", "B2", "Không phê duyệt"),
        ("Nếu tại bước 3 chưa đủ thì quay lại bước 2", "B2", "Nếu tại bước 3 chưa đủ"),
        ("Không phê duyệt thì quay lại bước liền trước", "B3", "Không phê duyệt"),
        ("Không phê duyệt thì quay lại bước trước đó", "B3", "Không phê duyệt"),
        ("Không phê duyệt thì thực hiện lại từ bước đầu tiên", "B1", "Không phê duyệt"),
        ("Kiểm tra; trường hợp đủ điều kiện chuyển thẳng đến bước 6", "B6", "trường hợp đủ điều kiện"),
        ("Đạt thì chuyển B5, không đạt thì chuyển B2", "B2", "không đạt"),
        ("KHÔNG ĐẠT: QUAY LẠI BƯỚC B2", "B2", "KHÔNG ĐẠT"),
    ],
)
def test_a_wording_proposes_its_way_in_the_title_and_in_the_remarks(words: str, to: str, when: str) -> None:
    assert told(words) == ({to: when}, ["link_proposed"])
    assert told("Ký", words) == ({to: when}, ["link_proposed"])


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("Không đạt thì quay lại B2 hoặc B3", {"B2": "Không đạt", "B3": "Không đạt"}),
        ("Không đạt quay lại B1; cần sửa thì về lại bước 3", {"B1": "Không đạt", "B3": "cần sửa"}),
        ("Đồng ý: B5; không đồng ý: B2; thiếu → B1", {"B2": "không đồng ý", "B1": "thiếu"}),
    ],
)
def test_several_ways_in_one_cell_are_all_proposed(words: str, ways: dict[str, str]) -> None:
    assert told(words) == (ways, ["link_proposed"])


@pytest.mark.parametrize("numbers", ["{}", "Bước {}", "0{}", "B.{}"])
def test_the_number_is_found_however_the_column_writes_it(numbers: str) -> None:
    for words in ("Không đạt thì quay lại bước B2", "Không đạt thì quay lại bước 2", "Không đạt thì trả về B2"):
        assert told(words, numbers=numbers) == ({numbers.format(2): "Không đạt"}, ["link_proposed"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Không đạt thì quay lại bước 9", "link_unknown"),
        ("Không đạt chuyển B9", "link_unknown"),
        ("Không đạt thì làm lại bước 4", "link_itself"),
        ("Không đạt thì quay lại bước thẩm định", "link_without_number"),
        ("Nếu không đồng ý thì trả lại chuyên viên thụ lý", "link_without_number"),
        ("Nếu không ký thì chuyển trả lại để sửa", "link_without_number"),
        ("Không duyệt, yêu cầu dự thảo lại", "link_without_number"),
    ],
)
def test_a_way_that_cannot_be_set_is_doubted(words: str, code: str) -> None:
    assert told(words) == ({}, [code])
    assert told("Ký", words) == ({}, [code])


def test_a_way_between_steps_without_numbers_is_doubted() -> None:
    reading = read(
        "Thời hạn giải quyết: 03 ngày làm việc",
        table(
            ("Trình tự", "Trách nhiệm", "Thời gian"),
            ("B1. Nhận", "MC", "1 ngày"),
            ("Thẩm tra, không đạt quay lại B1", "CV", "1 ngày"),
            ("Ký", "LĐ", "1 ngày"),
        ),
    )
    assert [step.links for step in reading.procedures[0].variants[0].steps] == [(), (), ()]
    assert "link_unnumbered" in doubts(reading)


@pytest.mark.parametrize(
    "words",
    [
        "Kiểm tra kết quả của bước 2, chuyển B5",
        "Nếu đạt chuyển bước tiếp theo",
        "Nếu hợp lệ thực hiện tiếp bước 5",
        "Trả lại hồ sơ cho công dân nếu không hợp lệ",
        "Nếu hồ sơ chưa hợp lệ, trả lại người nộp và hướng dẫn bổ sung",
        "Chuyển kết quả về bộ phận Một cửa",
        "Kiểm tra lại hồ sơ theo Mẫu M01, phụ lục A2",
        "Tổng hợp ý kiến sau bước 2 và bước 3",
        "Lưu hồ sơ; trả 2 bản cho đơn vị",
    ],
)
def test_words_that_tell_no_way_are_left_alone(words: str) -> None:
    assert told(words) == ({}, [])


@pytest.mark.parametrize("in_table", [True, False])
def test_a_way_told_below_the_steps_is_asked_about_and_words_on_papers_are_not(in_table: bool) -> None:
    rows = [
        ("B1", "Nhận", "MC", "1 ngày", ""),
        ("B2", "Thẩm định", "CV", "1 ngày", ""),
        ("B3", "Ký", "LĐ", "1 ngày", ""),
    ]
    remark = "Ghi chú: Nếu không đạt tại bước B3 thì quay lại bước B2."
    table_rows = [*rows, (remark, *[LEFT] * 4)] if in_table else rows
    below = [] if in_table else [remark, "Hồ sơ lưu: phiếu trả lại hồ sơ Mẫu M02"]
    reading = read("Thời hạn giải quyết: 03 ngày làm việc", table(HEADS, *table_rows), *below)
    assert doubts(reading) == ["link_outside"]
    (doubt,) = reading.procedures[0].doubts
    assert "“quay lại bước B2” ở ngoài các bước" in doubt.message.text()
