"""The pages of procedures: their buttons, refusals beside the field, downloads, lists and tasks."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuan.formats.xlsx import read_sheets
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.actions import send_back
from chuan.reading.procedures import read_procedures
from chuan.writing.marks import style_sheet

from ..cast import NOW, Cast
from ..quality.stage import version
from ..quality.test_services import NEW, workbook
from .looking import state, text, titles

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def test_a_draft_is_handed_over_approved_and_at_once_in_force_when_its_day_has_come(
    signed_in: SignedIn, cast: Cast
) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới, sẽ giảm sau"})
    assert "Phê duyệt QT.XD.03 Cấp giấy phép xây dựng nhà ở riêng lẻ" in titles(cast, "ha")
    decided = {"decision": "20/QĐ-UBND", "decided_on": "16/11/2026", "effective_on": "16/11/2026"}
    signed_in("ha").post("/phien-ban/qtxd03-02/phe-duyet/", decided)
    assert (state("qtxd03-01"), state("qtxd03-02")) == ("replaced", "in_force")


def test_a_version_whose_day_came_while_it_waited_is_brought_into_force_with_a_button(
    signed_in: SignedIn, cast: Cast
) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới, sẽ giảm sau"})
    decided = {"decision": "20/QĐ-UBND", "decided_on": "16/11/2026", "effective_on": "17/11/2026"}
    signed_in("ha").post("/phien-ban/qtxd03-02/phe-duyet/", decided)
    assert "Đưa vào áp dụng" not in text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        again = Client()
        again.force_login(cast.giang.account)  # her session of yesterday is over
        assert "Đưa vào áp dụng" in text(again, "/quy-trinh/qtxd03/?lan=2")
        again.post("/phien-ban/qtxd03-02/dua-vao-ap-dung/")
    assert (state("qtxd03-01"), state("qtxd03-02")) == ("replaced", "in_force")


def test_a_draft_with_wrong_points_is_handed_over_with_words_only(signed_in: SignedIn) -> None:
    answer = signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": ""})
    assert answer.status_code == 422
    assert "Còn 1 điểm sai chưa xử lý" in answer.content.decode()
    assert state("qtxd03-02") == "draft"


def test_a_draft_goes_back_with_its_reason_and_becomes_work_again(signed_in: SignedIn, cast: Cast) -> None:
    refused = signed_in("ha").post("/phien-ban/qttrinh-01/tra-lai/", {"note": ""})
    assert "Phải ghi lý do" in refused.content.decode()
    signed_in("ha").post("/phien-ban/qttrinh-01/tra-lai/", {"note": "Thiếu biểu mẫu ở B2"})
    assert "Sửa dự thảo bị trả lại: Công nhận gia đình văn hóa" in titles(cast, "giang")
    assert "Thiếu biểu mẫu ở B2" in text(signed_in("giang"), "/quy-trinh/qttrinh/")


def test_a_day_before_the_version_in_force_is_refused_beside_the_form(signed_in: SignedIn) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Vẫn trình"})
    decided = {"decision": "20", "decided_on": "01/01/2026", "signed_before": "on", "effective_on": "01/01/2026"}
    answer = signed_in("ha").post("/phien-ban/qtxd03-02/phe-duyet/", decided)
    assert answer.status_code == 422
    assert "Ngày có hiệu lực phải sau" in answer.content.decode()


def test_a_button_of_a_page_left_open_is_refused_in_words(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    client.post("/phien-ban/qtxd03-02/bo/")
    answer = client.post("/phien-ban/qtxd03-02/bo/", follow=True)
    assert "đang ở trạng thái “Đã bỏ”, do bạn chuyển" in answer.content.decode()


def test_a_waiting_version_cannot_be_pressed_into_force(signed_in: SignedIn) -> None:
    assert "Đưa vào áp dụng" not in text(signed_in("ha"), "/quy-trinh/qtcho/")
    answer = signed_in("ha").post("/phien-ban/qtcho-01/dua-vao-ap-dung/", follow=True)
    assert "Chưa đến ngày có hiệu lực" in answer.content.decode()
    assert state("qtcho-01") == "approved"


def test_reading_is_confirmed_with_one_button_and_the_work_is_gone(signed_in: SignedIn, cast: Cast) -> None:
    assert "Đọc quy trình Cấp giấy phép xây dựng nhà ở riêng lẻ" in titles(cast, "binh")
    client = signed_in("binh")
    assert "Tôi đã đọc" in text(client, "/quy-trinh/qtxd03/?lan=1")
    client.post("/phien-ban/qtxd03-01/da-doc/")
    assert "Đọc quy trình Cấp giấy phép xây dựng nhà ở riêng lẻ" not in titles(cast, "binh")
    page = text(client, "/quy-trinh/qtxd03/?lan=1")
    assert "Tôi đã đọc" not in page
    assert "2/4" in page


def test_a_page_opens_with_the_version_in_force_and_names_the_one_on_its_way_to_writers(signed_in: SignedIn) -> None:
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/")
    assert "Đối chiếu quy hoạch của xã" not in page
    assert "Bạn đang xem bản đang hiệu lực, lần ban hành 01" in page
    assert "Mở lần 02 (Dự thảo)" in page
    reader = text(signed_in("binh"), "/quy-trinh/qtxd03/")
    assert "lần ban hành 01" in reader
    assert "Mở lần 02" not in reader
    draft = text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")
    assert "Đối chiếu quy hoạch của xã" in draft
    assert "Xem bản đang hiệu lực" in draft


def test_everybody_inside_learns_of_a_version_that_waits_for_its_day(signed_in: SignedIn, cast: Cast) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    decided = {"decision": "20/QĐ-UBND", "decided_on": "16/11/2026", "effective_on": "01/12/2026"}
    signed_in("ha").post("/phien-ban/qtxd03-02/phe-duyet/", decided)
    assert "Lần 02 áp dụng từ 01/12/2026" in text(signed_in("binh"), "/quy-trinh/qtxd03/")


def test_the_figures_of_its_dossiers_stand_beside_the_version(signed_in: SignedIn) -> None:
    assert "/thuc-te/thucte/" in text(signed_in("chi"), "/quy-trinh/thucte/")
    assert "Chưa có hồ sơ nào được đối chiếu" in text(signed_in("an"), "/quy-trinh/qtxd03/")
    assert "Thực tế</h2>" not in text(signed_in("dung"), "/quy-trinh/thucte/")


def test_the_remark_stands_under_its_table_and_the_drawing_beside(signed_in: SignedIn) -> None:
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")
    assert "Thừa 4 giờ làm việc" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="diagram"' in page
    assert "style=" not in page


def test_the_word_file_of_a_version_reads_back_as_its_steps(signed_in: SignedIn) -> None:
    for kind in ("word", "ha-tinh"):
        answer = signed_in("dung").get(f"/phien-ban/qtxd03-01/tai/{kind}/")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        (read,) = read_procedures(answer.content, "qt.docx").procedures
        assert [step.no for step in read.variants[0].steps] == ["B1", "B2", "B3", "B4", "B5"]


def test_pdf_and_bpmn_are_what_they_say(signed_in: SignedIn) -> None:
    client = signed_in("an")
    assert client.get("/phien-ban/qtxd03-01/tai/pdf/").content.startswith(b"%PDF")
    assert b"bpmn:definitions" in client.get("/phien-ban/qtxd03-01/tai/bpmn/").content
    assert client.get("/phien-ban/qtxd03-01/tai/exe/").status_code == 404
    assert client.get("/phien-ban/qtxd03-01/tai/bpmn/?cach=7").status_code == 404


def test_a_procedure_is_found_without_diacritics_by_name_code_and_service(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    for words in ("nha o rieng le", "QT.XD", "1.013225"):
        assert "Cấp giấy phép xây dựng nhà ở riêng lẻ" in text(client, "/quy-trinh/", q=words)
    assert "Không có quy trình nào khớp" in text(client, "/quy-trinh/", q="ho chieu")
    assert "Cấp giấy phép xây dựng nhà ở riêng lẻ" in text(client, "/tim/", q="rieng le")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"xem": "in_force"}, {"qtxd03", "qtnd01"}),
        ({"xem": "draft"}, {"qtxd03"}),
        ({"xem": "review"}, {"qttrinh"}),
        ({"xem": "approved"}, {"qtcho"}),
        ({"linh-vuc": "Văn hóa"}, {"qttrinh"}),
        ({"xem": "chua-doc"}, {"qtxd03", "qtnd01"}),
        ({}, {"qtxd03", "qtnd01", "qtcho", "qttrinh"}),
    ],
)
def test_filters_show_what_they_say(query: dict[str, str], shown: set[str], signed_in: SignedIn) -> None:
    page = signed_in("giang").get("/quy-trinh/", query)
    assert {row.key for row, _standing in page.context["rows"]} == shown


def test_the_list_is_downloaded_as_it_is_filtered(signed_in: SignedIn) -> None:
    (sheet,) = read_sheets(signed_in("giang").get("/quy-trinh/danh-sach.xlsx", {"q": "nha o rieng le"}).content)
    (row,) = sheet.rows[1:]
    assert [row[0], row[4], row[5], row[6], row[7]] == ["QT.XD.03", 5, "Lần 01", "01/03/2026", "Lần 02: Dự thảo"]


def line(client: Client, name: str) -> str:
    """The words of the row of a procedure in the list."""
    (row,) = (one for one in re.findall(r"<tr>.*?</tr>", text(client, "/quy-trinh/"), re.DOTALL) if name in one)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def test_the_list_tells_the_steps_of_what_applies_today_as_its_page_does(signed_in: SignedIn) -> None:
    assert version("qtxd03-02").step_count == 6
    row = line(signed_in("giang"), "Cấp giấy phép xây dựng")
    assert "Xây dựng 5 Đang hiệu lực Lần 01" in row


def test_a_procedure_whose_only_draft_was_given_up_says_so_in_the_list(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("giang")
    send_back(version("qttrinh-01"), note="Thôi", by=cast.ha.actor, at=NOW)
    client.post("/phien-ban/qttrinh-01/bo/")
    assert "Văn hóa 5 Đã bỏ Lần 01" in line(client, "Công nhận gia đình")
    client.post("/phien-ban/qtxd03-02/bo/")
    assert line(client, "Cấp giấy phép xây dựng").endswith("Đang hiệu lực Lần 01, từ 01/03/2026")


def test_the_province_list_shows_no_draft_and_names_the_agency(signed_in: SignedIn) -> None:
    page = text(signed_in("dung"), "/quy-trinh/cac-co-quan/")
    assert "UBND xã Thanh Bình" in page
    assert "Chứng thực bản sao" not in page
    assert "Dự thảo</span>" not in page


def test_the_queries_of_the_list_do_not_grow_with_the_rows(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("giang")
    with CaptureQueriesContext(connection) as few:
        client.get("/quy-trinh/")
    made = Procedure.objects.add_many(
        Procedure(
            agency=cast.an.agency,
            code=f"N{n:05d}",
            name=f"Thủ tục {n}",
            created_at=NOW,
        )
        for n in range(300)
    )
    ProcedureVersion.objects.add_many(
        ProcedureVersion(procedure=one, number=1, state="draft", created_at=NOW) for one in made
    )
    with CaptureQueriesContext(connection) as many:
        page = client.get("/quy-trinh/").content.decode()
    assert len(many) <= len(few) <= 16
    assert "Đang xem 50/304 quy trình." in page


def test_two_versions_are_compared_step_by_step(signed_in: SignedIn) -> None:
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/so-sanh/?tu=1&den=2")
    assert "Thêm: <b>1</b>" in page
    assert "Đối chiếu quy hoạch của xã" in page


def test_a_draft_is_no_side_of_a_comparison_for_the_province(signed_in: SignedIn) -> None:
    assert "Đối chiếu quy hoạch" not in text(signed_in("dung"), "/quy-trinh/qtxd03/so-sanh/?tu=1&den=2")


def test_the_coverage_workbook_lists_every_service(signed_in: SignedIn) -> None:
    (sheet,) = read_sheets(signed_in("dung").get("/do-phu/thanhbinh/excel/").content)
    assert [row[0] for row in sheet.rows[1:]] == ["1.001193", "1.013225"]
    assert sheet.rows[1][3] == "Chưa có"
    assert "QT.XD.03" in str(sheet.rows[2][3])


def test_services_without_a_procedure_are_work_and_listed(signed_in: SignedIn, cast: Cast) -> None:
    assert "1 dịch vụ công chưa có quy trình" in titles(cast, "giang")
    page = text(signed_in("giang"), "/do-phu/thanhbinh/?xem=chua-co")
    assert "Đăng ký khai sinh" in page
    assert "Cấp giấy phép xây dựng mới" not in page


def test_the_catalogue_is_shown_before_it_is_imported(signed_in: SignedIn) -> None:
    client = signed_in("khanh")
    sent = {"workbook": SimpleUploadedFile("danh-muc.xlsx", workbook(NEW)), "to": "commune"}
    preview = client.post("/dich-vu-cong/nhap-excel/", sent)
    assert "Chứng thực" not in text(client, "/dich-vu-cong/")
    client.post("/dich-vu-cong/nhap-excel/", {"accepted": preview.context["accepted"]})
    assert "Chứng thực bản sao từ bản chính" in text(client, "/dich-vu-cong/")
    assert "2.000815" in text(signed_in("chi"), "/do-phu/dongha/")


def test_a_file_that_is_no_workbook_is_refused_beside_its_field(signed_in: SignedIn) -> None:
    sent = {"workbook": SimpleUploadedFile("danh-muc.xlsx", b"%PDF-1.4 khong phai"), "to": ""}
    answer = signed_in("khanh").post("/dich-vu-cong/nhap-excel/", sent)
    assert answer.status_code == 422
    assert 'class="error' in answer.content.decode() or "has-error" in answer.content.decode()


def test_the_template_of_the_catalogue_has_the_columns_that_are_read(signed_in: SignedIn) -> None:
    client = signed_in("khanh")
    assert "/dich-vu-cong/tep-mau/" in text(client, "/dich-vu-cong/nhap-excel/")
    (sheet,) = read_sheets(client.get("/dich-vu-cong/tep-mau/").content)
    assert sheet.rows[0][:2] == ["Mã TTHC", "Tên TTHC"]


def test_what_was_accepted_cannot_be_forged(signed_in: SignedIn) -> None:
    assert signed_in("khanh").post("/dich-vu-cong/nhap-excel/", {"accepted": "W10:x:y"}).status_code == 404


def test_a_duty_ends_with_a_button_of_its_own_agency_only(signed_in: SignedIn, cast: Cast) -> None:
    given = {"agency": "dongha", "from_on": "01/11/2026"}
    signed_in("chi").post("/dich-vu-cong/thutuc1/giao/", given)
    again = signed_in("chi").post("/dich-vu-cong/thutuc1/giao/", given)
    assert "Cơ quan đã được giao thủ tục này" in again.content.decode()
    page = text(signed_in("giang"), "/dich-vu-cong/thutuc1/")
    assert page.count("Thôi giao") == 1


def test_a_new_procedure_begins_with_name_and_code(signed_in: SignedIn) -> None:
    typed = {"agency": "thanhbinh", "name": "Đăng ký khai sinh", "code": "QT.HT.02", "service_code": "1.001193"}
    assert signed_in("giang").post("/quy-trinh/soan-moi/", typed).status_code == 302
    begun = Procedure.objects.everywhere(reason="tests").get(code="QT.HT.02")
    assert list(begun.service_links.values_list("service__key", flat=True)) == ["thutuc2"]


def test_the_page_links_the_style_sheet_of_the_drawings(signed_in: SignedIn) -> None:
    client = signed_in("an")
    address = re.search(r'href="([^"]+/chuan/diagram.css)"', text(client, "/quy-trinh/qtxd03/"))
    assert address is not None
    served = client.get(address[1])
    assert b"".join(served.streaming_content).decode() == style_sheet()  # type: ignore[attr-defined] # a file


def test_the_files_of_a_version_are_the_same_bytes_each_time(signed_in: SignedIn) -> None:
    client = signed_in("an")
    for kind in ("word", "pdf"):
        first, second = (client.get(f"/phien-ban/qtxd03-01/tai/{kind}/").content for _ in range(2))
        assert first == second
    with zipfile.ZipFile(io.BytesIO(client.get("/phien-ban/qtxd03-01/tai/word/").content)) as archive:
        assert "word/document.xml" in archive.namelist()
