"""The papers of living dossiers: each is made from what was done, under the numbers of the text the agency chose."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

import pytest

from chuan.quality.dossiers import actions
from chuan.quality.dossiers.day_books import Volume, gaps_in, printed, volumes_of
from chuan.quality.dossiers.hand_overs import CITIZEN
from chuan.quality.dossiers.models import Book, Dossier, OneStop
from chuan.quality.dossiers.papers import NoOccasion, fitting, numbering_of, paper, shop_of, slip, turned_away
from chuan.quality.dossiers.queries import one_stop_of
from chuan.rules.procedure.structure import Component, Limit, TimeUnit
from chuan.writing.blocks import Table
from chuan.writing.one_stop import (
    Apology,
    ControlSheet,
    Form,
    HandOver,
    Receipt,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from chuan.writing.one_stop.content import Field, Heading, Line, PrintedForm, Sentence, Title
from chuan.writing.one_stop.layout import laid_out

from ..cast import NOW, Cast
from .dossier_stage import agency, an, at, dossier, press, received

DESK = "Bộ phận Một cửa"
CLERK = "Công chức tiếp nhận và trả kết quả"


def texts(form: Form, shop: OneStop | None = None) -> str:
    """Return what the form says, line by line."""
    said = laid_out(form, numbering_of(shop or one_stop_of(agency("thanhbinh"))))
    return "\n".join(_said(said))


def _said(said: PrintedForm) -> Sequence[str]:
    found = []
    for block in said.blocks:
        if isinstance(block, Line):
            found += [_field(one) for one in block.fields]
        elif isinstance(block, Sentence):
            found.append(block.text)
        elif isinstance(block, Title):
            found.append(block.name.replace("\n", " "))
        elif isinstance(block, Heading):
            found += [block.form_number, block.number, block.place_and_day]
        elif isinstance(block, Table):
            found += [" | ".join(cell.text for cell in row) for row in block.rows]
        else:
            found += [text for one in block.columns for text in (*one.lines, one.name)]
    return found


def _field(one: Field) -> str:
    return f"{one.label}: {'…' if one.by_hand else one.value}"


def rows(one: Dossier, as_of: datetime = NOW) -> list[tuple[str, ...]]:
    sheet = paper("control_sheet", dossier(one.key), as_of)
    assert isinstance(sheet, ControlSheet)
    return [_short(row) for row in sheet.hand_overs]


def _short(row: HandOver) -> tuple[str, ...]:
    return (row.giver, row.taker, f"{row.at.astimezone(NOW.tzinfo):%d/%m %H:%M}", row.punctuality.value, row.note)


def test_a_receipt_says_what_was_handed_in_and_when_the_result_is_due(cast: Cast) -> None:
    one = dossier("hosomo")
    form = paper("receipt", one, NOW)
    assert isinstance(form, Receipt)
    said = texts(form)
    assert "Mẫu số 01 (Thông tư 03/2025/TT-VPCP)" in said
    assert f"Số: {one.number:02d}/TNHS" in said
    assert "Thanh Bình, ngày 09 tháng 11 năm 2026" in said
    assert "Tiếp nhận hồ sơ của: Trần Thị Dân" in said
    assert "2 | Bản vẽ | bản sao | 02" in said
    assert "Thời gian giải quyết hồ sơ theo quy định: 06 ngày làm việc" in said
    assert "Thời gian nhận hồ sơ: 08 giờ 00 phút, ngày 09 tháng 11 năm 2026" in said
    assert "Thời gian trả kết quả: 17 giờ 00 phút, ngày 17 tháng 11 năm 2026" in said
    assert f"Số thứ tự: {one.number:02d}" in said
    assert "Nguyễn Thị An" in said


def test_without_kept_applicants_a_receipt_has_room_to_write_the_name(cast: Cast) -> None:
    actions.set_one_stop(agency("thanhbinh"), keeps_applicants=False, by=cast.ha.actor, at=NOW)
    said = texts(paper("receipt", received("kin", at(16), applicant={"name": "Lê Văn Kín"}), NOW))
    assert "Tiếp nhận hồ sơ của: …" in said
    assert "Kín" not in said


def test_what_is_in_a_database_is_named_with_it_and_has_no_copies_unless_it_was_handed_in(cast: Cast) -> None:
    one = received("csdl", at(16))
    one.components = [
        {"name": "Đơn", "copy_type": "bản chính", "copies": 1, "replaced_by_database": "", "given": True},
        {"name": "Giấy khai sinh", "copies": 1, "replaced_by_database": "CSDLQG về dân cư", "given": False},
        {"name": "Giấy kết hôn", "copies": 1, "replaced_by_database": "CSDL hộ tịch", "given": True},
        {"name": "Giấy ủy quyền", "copies": 1, "replaced_by_database": "", "given": False},
    ]
    one.save()
    said = texts(paper("receipt", one, NOW))
    assert "2 | Giấy khai sinh (khai thác từ CSDLQG về dân cư) |  | " in said
    assert "3 | Giấy kết hôn |  | 01" in said
    assert "ủy quyền" not in said


def test_each_request_for_supplement_has_a_slip_of_its_own(cast: Cast) -> None:
    one = dossier("hosomo")
    for number, item in enumerate(("Bản vẽ", "Giấy ủy quyền")):
        actions.ask_supplement(
            one, [item], why=f"Thiếu {item}", press=press(one, f"a{number}"), by=an(at(10)), at=at(10)
        )
        actions.take_supplement(one, [item], press=press(one, f"b{number}"), by=an(at(11)), at=at(11))
    one = dossier("hosomo")
    last, first = paper("supplement_request", one, NOW), paper("supplement_request", one, NOW, act=3)
    assert isinstance(last, SupplementRequest)
    assert isinstance(first, SupplementRequest)
    assert (first.items, last.items) == (("Bản vẽ",), ("Giấy ủy quyền",))
    said = texts(first)
    assert "Mẫu số 02" in said
    assert "Số: ......../PBS" in said
    assert "1. Bản vẽ" in said
    assert "Lý do: Thiếu Bản vẽ" in said
    assert "xin liên hệ Nguyễn Thị An, Bộ phận Một cửa để được hướng dẫn" in said


def test_a_refusal_an_apology_and_a_stop_are_printed_from_their_acts(cast: Cast) -> None:
    refused = paper("refusal", dossier("hosoxong"), NOW)
    assert isinstance(refused, Refusal)
    assert "Lý do không tiếp nhận: Không thuộc thẩm quyền" in texts(refused)
    one, by = dossier("hosomo"), an(NOW)
    actions.apologise(one, why="Chờ đo đạc", new_due=at(20, "17:00"), press=press(one, "x"), by=by, at=NOW)
    sorry = paper("apology", dossier("hosomo"), NOW)
    assert isinstance(sorry, Apology)
    said = texts(sorry)
    assert "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 17 tháng 11 năm 2026" in said
    assert "Thời gian hẹn trả kết quả mới: 17 giờ 00 phút, ngày 20 tháng 11 năm 2026" in said
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nPhạm Thu Hà" in said, "a letter is signed by the head"
    assert "UBND xã Thanh Bình xin lỗi" in said
    actions.stop(one, why="Đất có tranh chấp", press=press(one, "d"), by=by, at=NOW)
    stopped = paper("stop_notice", dossier("hosomo"), NOW)
    assert isinstance(stopped, StopNotice)
    assert "Lý do dừng: Đất có tranh chấp" in texts(stopped)


def test_a_paper_without_its_act_is_refused_also_once_the_act_was_taken_back(cast: Cast) -> None:
    one = dossier("hosomo")
    assert fitting(one) == ("receipt", "control_sheet")
    for form in ("supplement_request", "refusal", "apology", "stop_notice"):
        with pytest.raises(NoOccasion):
            paper(form, one, NOW)
    actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu", press=press(one, "a"), by=an(at(10)), at=at(10))
    assert fitting(dossier("hosomo")) == ("receipt", "supplement_request", "control_sheet")
    actions.take_back(one, press=press(one, "lui"), by=an(at(10)), at=at(10))
    with pytest.raises(NoOccasion, match="chưa có lần yêu cầu bổ sung"):
        paper("supplement_request", dossier("hosomo"), NOW)


def test_the_numbers_are_those_of_the_text_that_the_agency_chose(cast: Cast) -> None:
    sheet = paper("control_sheet", dossier("hosomo"), NOW)
    assert "Mẫu số 06 (Thông tư 03/2025/TT-VPCP)" in texts(sheet)
    actions.set_one_stop(agency("thanhbinh"), forms="01/2018/TT-VPCP", by=cast.ha.actor, at=NOW)
    old = texts(sheet, shop_of("control_sheet", dossier("hosomo")))
    assert "Mẫu số 05 (Thông tư 01/2018/TT-VPCP)" in old


def test_the_control_sheet_is_the_trace_of_the_steps_each_judged_by_its_own_time(cast: Cast) -> None:
    one = received("di", at(16, "08:30"))
    actions.do_step(one, 1, press=press(one, "b1"), by=an(at(16, "10:00")), at=at(16, "10:00"))
    actions.do_step(one, 2, press=press(one, "b2"), by=an(at(20)), at=at(20))
    actions.do_step(one, 3, press=press(one, "b3"), by=an(at(23)), at=at(23))
    actions.return_result(one, press=press(one, "tra"), by=an(at(23, "14:00")), at=at(23, "14:00"))
    assert rows(one, at(23, "15:00")) == [
        (DESK, CLERK, "16/11 08:30", "on_time", ""),
        (CLERK, CLERK, "16/11 10:00", "on_time", ""),
        (CLERK, CLERK, "20/11 08:00", "late", ""),
        (CLERK, DESK, "23/11 08:00", "early", ""),
        (DESK, CITIZEN, "23/11 14:00", "early", "Trả kết quả"),
    ]


def test_waiting_for_the_citizen_and_opinions_of_others_stand_in_the_control_sheet(cast: Cast) -> None:
    one = dossier("hosohoi")
    part = one.participations.get(role="consulted")
    actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu", press=press(one, "a"), by=an(at(13)), at=at(13))
    actions.take_supplement(one, ["Bản vẽ"], press=press(one, "b"), by=an(at(16)), at=at(16))
    actions.answer(one, part.act, content="Không vướng", press=press(one, "c"), by=an(NOW), at=NOW)
    assert rows(one)[1:] == [
        ("UBND xã Thanh Bình", "UBND xã Đông Hạ", "12/11 09:00", "not_judged", "Lấy ý kiến"),
        ("Công chức tiếp nhận và trả kết quả", CITIZEN, "13/11 08:00", "not_judged", "Yêu cầu bổ sung hồ sơ"),
        (CITIZEN, "Công chức tiếp nhận và trả kết quả", "16/11 08:00", "not_judged", "Đã bổ sung hồ sơ"),
        ("UBND xã Đông Hạ", "UBND xã Thanh Bình", "16/11 09:00", "on_time", "Trả lời ý kiến"),
    ]
    sheet = paper("control_sheet", dossier("hosohoi"), NOW)
    assert isinstance(sheet, ControlSheet)
    assert sheet.coordinating_agencies == ("UBND xã Đông Hạ",)


def test_what_was_entered_from_paper_says_both_times(cast: Cast) -> None:
    one = received("giay", at(16, "08:05"))
    actions.do_step(one, 1, press=press(one, "b"), happened_at=at(16, "08:30"), by=an(NOW), at=NOW)
    assert rows(one)[1][2:] == ("16/11 08:30", "on_time", "Nhập lúc 09:00 16/11/2026")


def test_what_was_not_received_gets_a_slip_without_a_code(cast: Cast) -> None:
    home = agency("thanhbinh")
    said = {"request": "Cấp giấy phép xây dựng mới", "reason": "Thiếu bản vẽ", "applicant": "", "by": "Nguyễn Thị An"}
    away = turned_away("supplement_request", home, one_stop_of(home), items=["Bản vẽ"], on=NOW.date(), **said)
    assert "1. Bản vẽ" in texts(away)
    assert "Hồ sơ của: …" in texts(away)
    away = turned_away("refusal", home, one_stop_of(home), items=[], on=NOW.date(), **said)
    assert "Lý do không tiếp nhận: Thiếu bản vẽ" in texts(away)


def test_a_slip_for_when_the_network_is_down_lists_what_to_hand_in(cast: Cast) -> None:
    home, one = agency("thanhbinh"), dossier("hosomo")
    said = texts(slip(home, one_stop_of(home), one.service, [Component("Đơn", "bản chính")], "06 ngày làm việc"))
    assert "1 | Đơn (bản chính) | □ | " in said
    assert "Thời gian giải quyết hồ sơ theo quy định: 06 ngày làm việc" in said


def test_the_book_prints_its_lines_volume_by_volume_and_who_closed_it(cast: Cast) -> None:
    book = Book.objects.within(agency("thanhbinh")).get()
    first = book.last
    actions.begin_book_volume(book, by=cast.ha.actor, at=NOW)
    one = received("moi", at(16))
    book.refresh_from_db()
    assert [(one.first, one.last, one.count) for one in volumes_of(book)] == [
        (1, first, first),
        (first + 1, first + 1, 1),
    ]
    assert gaps_in(book) == ()
    shop = one_stop_of(agency("thanhbinh"))
    second = printed(book, volumes_of(book)[1], shop)
    assert [line.dossier_code for line in second.entries] == [one.code]
    actions.close_book(book, on=at(31, month=12).date(), by=cast.ha.actor, at=at(31, month=12))
    book.refresh_from_db()
    said = texts(printed(book, volumes_of(book)[1], shop))
    assert "Khóa sổ ngày 31/12/2026" in said
    assert "CHỦ TỊCH\nPhạm Thu Hà" in said
    assert "Khóa sổ" not in texts(printed(book, volumes_of(book)[0], shop))


def test_a_very_long_volume_comes_in_parts_that_nobody_takes_for_the_whole(cast: Cast) -> None:
    assert Volume(1, 1, 2000).parts == ((1, 2000),)
    assert Volume(2, 501, 2700).parts == ((501, 1500), (1501, 2500), (2501, 2700))
    book = Book.objects.within(agency("thanhbinh")).get()
    long = Volume(1, 1, 2500)
    assert [line.number for line in printed(book, long, None, 1).entries] == [1, 2, 3]
    assert printed(book, long, None, 1001).entries == ()


def test_a_number_that_stands_in_no_line_is_said(cast: Cast) -> None:
    book = Book.objects.within(agency("thanhbinh")).get()
    Book.objects.within(agency("thanhbinh")).update(last=book.last + 2)
    book.refresh_from_db()
    assert gaps_in(book) == ((book.last - 1, book.last),)


def test_a_part_of_another_agency_is_judged_by_its_own_limit(cast: Cast) -> None:
    one, limit = dossier("hosomo"), Limit(Fraction(4), TimeUnit.WORKING_HOUR)
    by = an(at(10))
    actions.consult(one, body="Công an xã", content="Xác nhận", limit=limit, press=press(one, "h"), by=by, at=at(10))
    assert rows(one)[-1] == ("UBND xã Thanh Bình", "Công an xã", "10/11 08:00", "not_judged", "Lấy ý kiến")
    sheet = paper("control_sheet", dossier("hosomo"), NOW)
    assert isinstance(sheet, ControlSheet)
    assert sheet.coordinating_agencies == ("Công an xã",)
