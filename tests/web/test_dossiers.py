"""Lists of dossiers with their filters and Excel, the page of one dossier, and the limits it is held against."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from chuan.analytics.findings.models import Choice
from chuan.analytics.logs.actions import add_source, hand_in, set_mapping, take_in
from chuan.formats.xlsx import read_sheets
from chuan.quality.models import ProcedureVersion, PublicService
from chuan.quality.services.actions import change_service

from ..analytics.world import ALL, BY, CODE, STEPS, World, at, content, row, story, world
from ..cast import NOW, Cast
from .looking import rows_in, text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
SLOW = ("09/11/2026 08:00", "12/11/2026 16:00", "13/11/2026 16:00", "13/11/2026 16:30")


@pytest.fixture
def here(cast: Cast) -> World:
    made = world(cast)
    made.take_in(ALL)
    made.read()
    return made


def test_the_legal_limit_of_the_catalogue_is_used_where_the_text_states_none_and_that_is_said(
    here: World, signed_in: SignedIn
) -> None:
    service = PublicService.objects.everywhere(reason="tests").get(code=CODE)
    change_service(service, legal_amount="3", legal_unit="working_day", by=BY, at=NOW)
    here.read()
    late = here.dossiers()["H2"]
    assert (late.legal_due_at, here.dossiers()["H1"].legal_due_at) == (at("05 17:00"), at("05 17:00"))
    client = signed_in("an")
    page = text(client, reverse("reality", args=[here.procedure.key]))
    assert "Trong hạn luật 3 ngày làm việc" in page
    assert "Xem 1 hồ sơ quá hạn luật" in page
    for each in (page, text(client, reverse("dossier", args=[late.key]))):
        assert "Quy trình không ghi; lấy của danh mục dịch vụ công." in each
    answer = client.get(reverse("reality_download", args=[here.procedure.key, "bao-cao"])).content.decode()
    assert "hạn luật lấy của danh mục dịch vụ công" in answer


def test_the_legal_limit_of_the_text_goes_before_that_of_the_catalogue(cast: Cast) -> None:
    made = world(cast)
    services = PublicService.objects.everywhere(reason="tests")
    services.filter(code=CODE).update(legal_amount="9", legal_unit="working_day")
    written = content(legal_time={"days": 3, "unit": "working_day"})
    ProcedureVersion.objects.within(made.agency).filter(pk=made.version.pk).update(content=written)
    made.take_in(ALL)
    made.read()
    assert made.dossiers()["H1"].legal_due_at == at("05 17:00")


def test_dossiers_that_are_in_no_denominator_are_counted_and_listed(here: World, signed_in: SignedIn) -> None:
    days = [f"D{n};{CODE};0{n}/11/2026;04/11/2026;" for n in (2, 3)] + [f"D4;{CODE};02/11/2026;;Đã rút hồ sơ"]
    taken_in_whole(here, "Mã hồ sơ;Mã thủ tục;Ngày tiếp nhận;Ngày có kết quả;Tình trạng", *days)
    client = signed_in("an")
    page = text(client, reverse("reality", args=[here.procedure.key]))
    said = re.findall(r'<a href="([^"]+)">\s*(\d) hồ sơ (không ghi các bước|chưa xét được hạn)\s*</a>', page)
    assert [(count, words) for _href, count, words in said] == [
        ("3", "không ghi các bước"), ("1", "chưa xét được hạn"),
    ]  # fmt: skip
    assert all(rows_in(text(client, href)) == int(count) for href, count, _words in said)
    listed = text(client, reverse("realities"))
    assert "3 hồ sơ không ghi các bước" in listed
    assert "1 hồ sơ chưa xét được hạn" in listed


def test_the_list_of_dossiers_can_be_taken_as_excel(here: World, signed_in: SignedIn) -> None:
    answer = signed_in("an").get(reverse("dossiers_export") + "?tinh-trang=late")
    rows = read_sheets(answer.content)[0].rows
    assert [line[0] for line in rows][1:] == ["H2"]


def test_the_list_as_excel_has_dates_and_says_procedure_service_and_source(here: World, signed_in: SignedIn) -> None:
    sheet = read_sheets(signed_in("an").get(reverse("dossiers_export") + "?tinh-trang=late").content)[0]
    said = dict(zip(sheet.rows[0], sheet.rows[1], strict=True))
    assert said["Tiếp nhận"] == datetime(2026, 11, 2, 8, 0)  # noqa: DTZ001 - a sheet has no zones
    assert (said["Ký hiệu quy trình"], said["Mã thủ tục"]) == ("QT.01", "9.000001.H99")
    assert said["Nguồn dữ liệu"] == "Một cửa"


def test_a_dossier_differs_in_as_many_points_in_the_list_in_excel_and_on_its_page(
    here: World, signed_in: SignedIn
) -> None:
    here.take_in([row("H7", day, step, "Văn thư") for day, step in zip(SLOW, STEPS, strict=True)], "cham.csv")
    here.read()
    client, one = signed_in("an"), here.dossiers()["H7"]
    page = text(client, reverse("dossier", args=[one.key]))
    points = page.split("Khác quy trình ở đâu")[1].split("</ul>")[0].count("<li>")
    assert points == 6, "four wrong positions, two steps over their limits"
    listed = text(client, f"{reverse('dossiers')}?q=H7")
    assert re.search(rf'data-label="Số điểm khác">{points}</td>', listed)
    sheet = read_sheets(client.get(reverse("dossiers_export") + "?q=H7").content)[0]
    assert sheet.rows[1][sheet.rows[0].index("Số điểm khác")] == points
    book = client.get(reverse("reality_download", args=[here.procedure.key, "khac-quy-trinh"])).content
    deviations, dossiers = read_sheets(book)[:2]
    assert [cells[0] for cells in deviations.rows].count("H7") == points
    (own,) = [cells for cells in dossiers.rows if cells[0] == "H7"]
    assert own[dossiers.rows[0].index("Số điểm khác")] == points


def test_a_list_says_what_it_is_of_and_each_filter_can_be_left_out(here: World, signed_in: SignedIn) -> None:
    client = signed_in("an")
    page = text(client, f"{reverse('dossiers')}?qt={here.procedure.key}&nguon={here.source.key}&ky=2026-Q4&lan=1")
    assert re.search(r"<h1>Hồ sơ · QT.01 Cấp giấy xác nhận thử</h1>", page)
    chips = re.findall(r'<a href="([^"]+)" aria-current="true" title="Bỏ điều kiện này">([^<]+) ✕', page)
    assert [word for _href, word in chips] == [
        "QT.01 Cấp giấy xác nhận thử", "lần ban hành 1", "Một cửa", "Quý 4/2026",
    ]  # fmt: skip
    assert all(rows_in(text(client, href)) == 4 for href, _word in chips)
    assert "Quá hạn (1)" in page
    assert re.search(rf'<option value="{here.source.key}" selected>', page) is None, "one source is no choice"
    assert re.search(rf'<option value="{here.procedure.key}" selected>', page)


def test_the_newest_received_dossiers_stand_first_whatever_file_they_came_in(here: World, signed_in: SignedIn) -> None:
    here.take_in(story("H0", "01 08:00", steps=STEPS[:1]), "cu.csv")
    here.read()
    page = text(signed_in("an"), reverse("dossiers"))
    assert re.findall(r">(H\d)</a>", page) == ["H4", "H3", "H2", "H1", "H0"]


def test_dossiers_are_found_by_their_code(here: World, signed_in: SignedIn) -> None:
    assert reverse("dossier", args=[here.dossiers()["H3"].key]) in text(signed_in("an"), "/tim/?q=h3")
    assert reverse("dossier", args=[here.dossiers()["H3"].key]) not in text(signed_in("chi"), "/tim/?q=h3")


def test_an_open_dossier_shows_what_is_still_to_come_and_until_when_is_known(here: World, signed_in: SignedIn) -> None:
    client = signed_in("binh")
    still_open, done = (text(client, reverse("dossier", args=[here.dossiers()[code].key])) for code in ("H4", "H1"))
    assert (still_open.count('class="span planned"'), still_open.count('class="now"')) == (3, 1)
    assert "B2 Thẩm định hồ sơ: 08:00 05/11/2026 – 08:00 06/11/2026" in still_open, "a working day after reception"
    assert "Xét đến 14:00 06/11/2026" in still_open
    assert 'class="span planned"' not in done
    assert 'class="now"' not in done


def test_a_dossier_that_was_supplemented_is_complete_when_its_count_begins_anew(
    here: World, signed_in: SignedIn
) -> None:
    asked, given = (
        row("H5", "03/11/2026 08:00", "Yêu cầu bổ sung hồ sơ"),
        row("H5", "05/11/2026 09:15", "Đã bổ sung"),
    )
    here.take_in([*story("H5", "02 08:00", steps=STEPS[:1]), asked, given], "bosung.csv")
    here.read()
    page = text(signed_in("an"), reverse("dossier", args=[here.dossiers()["H5"].key]))
    assert re.search(r"Nhận đủ hồ sơ</p><p class=\"value\">09:15 05/11/2026</p>", page)
    assert "Lần nhận thứ nhất: 08:00 02/11/2026" in page
    assert "Chờ bổ sung: nhận đủ lúc 09:15 05/11/2026, hạn tính lại từ đầu" in page


def taken_in_whole(here: World, heading: str, *lines: str) -> None:
    """Take in, from a source of its own, a file that has a row for each dossier, and judge them."""
    source = add_source(agency=here.agency, name="Dịch vụ công", by=BY, at=NOW)
    set_mapping(source, {"columns": {}}, by=BY, at=NOW)
    upload = hand_in(source, "\n".join([heading, *lines]).encode(), "tong.csv", by=BY, at=NOW)
    take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    here.read()


def test_a_day_without_an_hour_is_shown_as_a_day(here: World, signed_in: SignedIn) -> None:
    heading = "Mã hồ sơ;Mã thủ tục;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả"
    taken_in_whole(here, heading, f"D1;{CODE};02/11/2026;05/11/2026;04/11/2026")
    page = text(signed_in("an"), reverse("dossier", args=[here.dossiers()["D1"].key]))
    assert re.search(r"Hạn ghi trong dữ liệu: 05/11/2026", page)
    assert re.search(r'Có kết quả</p><p class="value">04/11/2026</p>', page)
    assert "00:00" not in page.split("Dòng thời gian và các hạn")[0]


def test_a_procedure_whose_dossiers_tell_no_steps_says_so_instead_of_empty_tables(
    cast: Cast, signed_in: SignedIn
) -> None:
    made = world(cast)
    taken_in_whole(made, "Mã hồ sơ;Mã thủ tục;Ngày tiếp nhận;Ngày có kết quả", f"D1;{CODE};02/11/2026;04/11/2026")
    page = text(signed_in("an"), reverse("reality", args=[made.procedure.key]))
    assert "Dữ liệu không ghi các bước của hồ sơ nên không vẽ được đường đi" in page
    assert "Từng bước" not in page


def test_the_calendar_is_said_in_words_and_its_version_in_small_print(here: World, signed_in: SignedIn) -> None:
    for address in (
        reverse("reality", args=[here.procedure.key]),
        reverse("dossier", args=[here.dossiers()["H1"].key]),
    ):
        page = re.sub(r"\s+", " ", text(signed_in("an"), address))
        assert re.search(r'Tính theo lịch: Giờ hành chính[^<]*<span class="fine">Phiên bản lịch vn \d', page)


def test_a_way_on_asks_only_for_what_it_needs(here: World, signed_in: SignedIn) -> None:
    client, address = signed_in("ha"), reverse("choose", args=[here.procedure.key]) + "?diem=skipped:B2"
    again, practice = (text(client, f"{address}&cach={way}") for way in ("look_again", "change_practice"))
    assert 'name="position"' not in again
    assert 'name="position"' in practice
    client.post(f"{address}&cach=look_again", {"kind": "look_again"})
    made = Choice.objects.within(here.agency).get()
    assert made.sample
    said = client.post(reverse("withdraw_choice", args=[made.key]), follow=True).content.decode()
    assert "Đã bỏ lựa chọn." in said
    assert "dự thảo vẫn còn" not in said


def test_right_after_intake_a_file_says_that_its_dossiers_are_being_judged(cast: Cast, signed_in: SignedIn) -> None:
    made = world(cast)
    upload = made.take_in([*ALL, row("H8", "02/11/2026 08:00", STEPS[0], service="8.888888")])
    client, address = signed_in("an"), reverse("log_upload", args=[upload.key])
    before = re.sub(r"\s+", " ", text(client, address))
    assert "Đang xét theo QT.01 Cấp giấy xác nhận thử; tải lại trang sau ít phút · 4 hồ sơ" in before
    assert "Chưa được xét theo quy trình nào: mã thủ tục 8.888888 · 1 hồ sơ" in before
    made.read()
    assert "Đang xét theo" not in text(client, address)
