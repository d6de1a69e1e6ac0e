"""The pages that write the organisation: agencies, their end, mergers and splits, units, many agencies from Excel."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from xlsxwriter import Workbook

from chuan.organisations.agencies.models import Agency, Succession, Unit
from chuan.trail.models import Entry

from ..cast import Cast
from .looking import text

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
HEADS = ("Mã cơ quan", "Tên cơ quan", "Loại", "Mã cơ quan cấp trên", "Từ ngày", "Diện áp dụng ISO", "Căn cứ")
NEW = {
    "name": "Sở  Xây dựng",
    "code": "SXD",
    "kind": "department",
    "commune_type": "",
    "valid_from": "01/03/2025",
    "obligation": "obliged",
    "obligation_source": "QĐ 19/2014/QĐ-TTg, Điều 2",
}


def agencies() -> dict[str, Agency]:
    rows = Agency.objects.everywhere(reason="tests").select_related("parent")
    return {agency.code: agency for agency in rows}


def workbook(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    target = io.BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet("Cơ quan")
        for number, row in enumerate((HEADS, *rows)):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("co-quan.xlsx", target.getvalue())


def above(cast: Cast) -> str:
    return cast.khanh.agency.key


def test_a_department_is_added_under_the_committee(cast: Cast, signed_in: ClientOf) -> None:
    signed_in("khanh").post("/co-quan/them/", NEW | {"parent": above(cast)})
    added = agencies()["SXD"]
    assert (added.name, added.parent) == ("Sở Xây dựng", cast.khanh.agency)
    assert (added.valid_from, added.obligation) == (date(2025, 3, 1), "obliged")


def test_what_the_database_refuses_stands_above_the_form(cast: Cast, signed_in: ClientOf) -> None:
    wrong = NEW | {"parent": above(cast), "code": "KHCN", "obligation_source": "", "commune_type": "xa"}
    answer = signed_in("khanh").post("/co-quan/them/", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Mã cơ quan đã được dùng trong tỉnh này." in page
    assert "Ghi diện áp dụng ISO thì phải ghi căn cứ" in page
    assert "Cơ quan cấp xã phải ghi là xã, phường hay đặc khu" in page


def test_a_new_name_is_found_by_the_search(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    typed = NEW | {"parent": above(cast), "name": "Sở Khoa học, Công nghệ và Chuyển đổi số", "code": "KHCN"}
    client.post("/co-quan/khcn/sua/", typed)
    assert "Chuyển đổi số" in client.get("/co-quan/?q=chuyen+doi+so").content.decode()
    assert Entry.objects.filter(action="agency.change", by="account:khanh").count() == 1


def test_an_agency_is_not_put_under_its_own_subordinate(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    client.post("/co-quan/them/", NEW | {"parent": "khcn", "code": "CC", "kind": "sub_department"})
    circle = NEW | {"parent": agencies()["CC"].key, "code": "KHCN"}
    assert "Cơ quan không thể đặt dưới chính mình" in client.post("/co-quan/khcn/sua/", circle).content.decode()


def test_what_is_open_is_shown_before_an_agency_ends(signed_in: ClientOf) -> None:
    page = signed_in("khanh").get("/co-quan/thanhbinh/ngung/").content.decode()
    for open_matter in ("4 vị trí", "4 lượt người đang giữ vị trí", "1 phòng, bộ phận", "quy trình đang hiệu lực"):
        assert open_matter in page


def test_an_agency_ends_and_that_is_taken_back(signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    client.post("/co-quan/dongha/ngung/", {"last_day": "31/10/2026"})
    assert agencies()["DONGHA"].valid_until == date(2026, 10, 31)
    assert "Đông Hạ" in client.get("/co-quan/?loai=cu").content.decode()
    client.post("/co-quan/dongha/mo-lai/")
    assert agencies()["DONGHA"].valid_until is None


def test_an_agency_does_not_end_while_others_stand_under_it(cast: Cast, signed_in: ClientOf) -> None:
    answer = signed_in("khanh").post(f"/co-quan/{above(cast)}/ngung/", {"last_day": "31/10/2026"})
    assert "Còn 3 cơ quan trực thuộc" in answer.content.decode()
    assert agencies()["UBND"].valid_until is None


def test_two_agencies_are_merged_after_a_look_at_what_is_open(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    for code in ("XA1", "XA2"):
        typed = NEW | {"parent": above(cast), "code": code, "kind": "commune", "commune_type": "xa"}
        client.post("/co-quan/them/", typed | {"name": f"UBND xã {code}", "valid_from": "01/01/2020"})
    client.post("/co-quan/them/", NEW | {"parent": agencies()["XA1"].key, "code": "TRAM", "kind": "public_unit"})
    chosen = [agencies()[code].key for code in ("XA1", "XA2")]
    merger = {"chosen": chosen, "effective_on": "01/07/2025", "decision": "NQ 1678/NQ-UBTVQH15", "ends": "on"}
    address = "/co-quan/thanhbinh/sap-nhap/"
    assert "1 cơ quan trực thuộc" in client.post(address, merger | {"xem": "1"}).content.decode()
    assert agencies()["XA1"].valid_until is None
    client.post(address, merger | {"confirmed": "1"})
    assert {agencies()[code].valid_until for code in ("XA1", "XA2")} == {date(2025, 6, 30)}
    assert agencies()["TRAM"].parent == cast.an.agency
    assert "Kế thừa từ UBND xã XA1" in " ".join(signed_in("an").get("/co-quan/thanhbinh/").content.decode().split())
    assert "Chuyển thành" in client.get(f"/co-quan/{chosen[0]}/").content.decode()


def test_a_search_keeps_what_was_ticked(signed_in: ClientOf) -> None:
    page = signed_in("khanh").post("/co-quan/thanhbinh/sap-nhap/", {"q": "khoa hoc", "chosen": ["dongha"], "loc": "1"})
    shown = dict(_boxes(page.content.decode()))
    assert shown == {"dongha": True, "khcn": False}


def _boxes(page: str) -> list[tuple[str, bool]]:
    boxes = [part.split(">")[0] for part in page.split('type="checkbox" name="chosen" value="')[1:]]
    return [(box.split('"')[0], "checked" in box) for box in boxes]


def test_one_agency_is_split_and_goes_on(signed_in: ClientOf) -> None:
    typed = {"chosen": ["dongha", "khcn"], "effective_on": "01/01/2026", "decision": "QĐ 1/QĐ-UBND", "confirmed": "1"}
    signed_in("khanh").post("/co-quan/thanhbinh/chia-tach/", typed)
    rows = Succession.objects.everywhere(reason="tests").select_related("successor")
    assert {row.successor.key for row in rows.filter(predecessor__key="thanhbinh")} == {"dongha", "khcn"}
    assert agencies()["THANHBINH"].valid_until is None


def test_nothing_goes_over_into_an_agency_that_is_not_there_yet(signed_in: ClientOf) -> None:
    typed = {"chosen": ["dongha"], "effective_on": "01/01/2020", "decision": "QĐ 1/QĐ-UBND", "confirmed": "1"}
    answer = signed_in("khanh").post("/co-quan/thanhbinh/sap-nhap/", typed)
    assert "chưa hoặc không còn hoạt động vào ngày đó" in answer.content.decode()
    assert not Succession.objects.everywhere(reason="tests").exists()


def test_a_merger_written_by_mistake_is_removed(signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    typed = {"chosen": ["dongha"], "effective_on": "01/01/2026", "decision": "QĐ 1/QĐ-UBND", "confirmed": "1"}
    client.post("/co-quan/thanhbinh/sap-nhap/", typed)
    wrong = Succession.objects.everywhere(reason="tests").get()
    assert signed_in("giang").post(f"/ke-thua/{wrong.key}/bo/").status_code == 403
    client.post(f"/ke-thua/{wrong.key}/bo/")
    assert not Succession.objects.everywhere(reason="tests").exists()
    assert "QĐ 1/QĐ-UBND" in Entry.objects.get(action="agency.undo_succession").facts


def test_a_merger_is_taken_back_from_its_message_and_the_ended_agency_works_again(signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    typed = {"chosen": ["dongha"], "effective_on": "01/01/2026", "decision": "QĐ 1/QĐ-UBND", "ends": "on"}
    said = client.post("/co-quan/thanhbinh/sap-nhap/", typed | {"confirmed": "1"}, follow=True).content.decode()
    assert agencies()["DONGHA"].valid_until == date(2025, 12, 31)
    (undo,) = set(re.findall(r'action="(/ke-thua/[^"]+/bo/)"', said))
    said = client.post(undo, follow=True).content.decode()
    assert "UBND xã Đông Hạ hoạt động như trước." in said
    assert agencies()["DONGHA"].valid_until is None


def test_an_agency_that_had_ended_before_stays_so_when_its_merger_is_removed(signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    client.post("/co-quan/dongha/ngung/", {"last_day": "30/09/2025"})
    typed = {"chosen": ["dongha"], "effective_on": "01/01/2026", "decision": "QĐ 1/QĐ-UBND", "confirmed": "1"}
    client.post("/co-quan/thanhbinh/sap-nhap/", typed)
    wrong = Succession.objects.everywhere(reason="tests").get()
    said = client.post(f"/ke-thua/{wrong.key}/bo/", follow=True).content.decode()
    assert "UBND xã Đông Hạ vẫn ngừng hoạt động." in said


def test_people_without_a_position_are_found_from_their_agency(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("giang")
    client.post("/co-quan/thanhbinh/them-nguoi/", {"full_name": "Vũ Thị Mới", "staff_code": "CB99"})
    link = "/con-nguoi/?co-quan=thanhbinh"
    assert link in text(client, "/co-quan/thanhbinh/")
    assert "Vũ Thị Mới" in text(client, link)
    assert link not in text(signed_in("dung"), "/co-quan/thanhbinh/")
    others = text(signed_in("khanh"), "/con-nguoi/?co-quan=dongha")
    assert cast.chi.person.full_name in others
    assert "Vũ Thị Mới" not in others


def test_a_unit_is_added_renamed_ended_and_opened_again(cast: Cast, signed_in: ClientOf) -> None:
    client, units = signed_in("giang"), Unit.objects.within(cast.an.agency)
    typed = {"name": "Phòng Kinh tế", "code": "KT", "kind": "division", "valid_from": "01/07/2025"}
    client.post("/co-quan/thanhbinh/them-don-vi/", typed)
    unit = units.get(code="KT")
    client.post(f"/don-vi/{unit.key}/sua/", {"name": "Phòng Kinh tế, Hạ tầng", "kind": "division"})
    client.post(f"/don-vi/{unit.key}/ngung/", {"last_day": "31/10/2026"})
    shown = units.get(code="KT")
    assert (shown.name, shown.valid_until) == ("Phòng Kinh tế, Hạ tầng", date(2026, 10, 31))
    client.post(f"/don-vi/{unit.key}/mo-lai/")
    assert units.get(code="KT").valid_until is None


def test_many_agencies_are_shown_first_and_written_when_accepted(signed_in: ClientOf) -> None:
    client, address = signed_in("khanh"), "/co-quan/nhap-excel/"
    rows = (("CCPT", "Chi cục Phát triển", "Chi cục", "SNN"), ("SNN", "Sở Nông nghiệp", "Sở", "", "01/03/2025"))
    shown = client.post(address, {"workbook": workbook(*rows)})
    assert "SNN" not in agencies()
    client.post(address, {"accepted": shown.context["accepted"]})
    parent = agencies()["CCPT"].parent
    assert parent is not None
    assert (parent.code, parent.valid_from) == ("SNN", date(2025, 3, 1))
    again = client.post(address, {"workbook": workbook(*rows)})
    assert (again.context["outcome"].added, again.context["outcome"].unchanged) == (0, 2)
    assert "không còn gì để ghi" in again.content.decode()
    assert "Ghi các dòng này" not in again.content.decode()


def test_bad_rows_are_named_and_nothing_is_written(signed_in: ClientOf) -> None:
    rows = workbook(
        ("S1", "Sở Một", "Bộ"),
        ("S2", "Sở Hai", "Sở", "KHONGCO"),
        ("S3", "Sở Ba", "Sở", "", "31/02/2025"),
        ("S4", "Sở Bốn", "Sở", "", "", "Bắt buộc", ""),
        ("S5", "Chi cục Năm", "Chi cục", "S1"),
        ("S6", "Chi cục Sáu", "Chi cục", "S7"),
        ("S7", "Chi cục Bảy", "Chi cục", "S6"),
        ("S8", "UBND phường Tám", "Phường"),
    )
    page = signed_in("khanh").post("/co-quan/nhap-excel/", {"workbook": rows})
    problems = page.context["outcome"].problems
    assert {problem.row for problem in problems} == {2, 3, 4, 5, 7}
    reasons = " ".join(problem.reason for problem in problems)
    for reason in ("Không có loại cơ quan «Bộ»", "mã «KHONGCO»", "«31/02/2025»", "phải ghi căn cứ", "thành vòng"):
        assert reason in reasons
    assert "S8" not in agencies()


def test_the_sample_workbook_is_read_back(signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    empty = SimpleUploadedFile("mau.xlsx", client.get("/co-quan/tep-mau/").content)
    shown = client.post("/co-quan/nhap-excel/", {"workbook": empty})
    assert (shown.context["outcome"].added, shown.context["outcome"].problems) == (0, ())
    assert "Tệp chưa có dòng nào" in shown.content.decode()
    assert "Ghi các dòng này" not in shown.content.decode()


def test_the_sample_workbook_offers_the_words_of_a_column_that_has_only_some(signed_in: ClientOf) -> None:
    with zipfile.ZipFile(io.BytesIO(signed_in("khanh").get("/co-quan/tep-mau/").content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'sqref="([A-Z])2:\1\d+"><formula1>"([^"]+)"', sheet.replace("&quot;", '"')) == [
        ("C", "Sở,Chi cục,Xã,Phường,Đặc khu,Đơn vị sự nghiệp,Ngành dọc,Khác"),
        ("F", "Bắt buộc,Khuyến khích,Tự nguyện,Chưa xác định"),
    ]


def test_who_may_separate_writing_from_approving_finds_it_at_the_agency(signed_in: ClientOf) -> None:
    link = reverse("four_eyes", args=["thanhbinh"])
    shown = {name: link in text(signed_in(name), "/co-quan/thanhbinh/") for name in ("khanh", "ha", "an")}
    assert shown == {"khanh": True, "ha": True, "an": False}
