"""The desk: a dossier is received once, on one screen; its papers come from it, the book of the year numbers it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from chuan.formats.xlsx import read_sheets
from chuan.organisations.people.actions import assign_role, hold
from chuan.organisations.people.models import Account, Position
from chuan.quality.dossiers.models import Applicant, Book, Dossier, OneStop
from chuan.quality.models import ProcedureVersion, PublicService, ServiceDuty
from chuan.quality.services.actions import change_service, give_service
from chuan.rules.authority import Role
from chuan.rules.procedure.structure import Component, Variant
from chuan.trail.models import Entry

from ..cast import NOW, SINCE, Cast
from ..quality.dossier_stage import agency, at
from ..quality.stage import BY, STEPS, content
from .looking import text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
FORM = "/tiep-nhan/thutuc1/"
ROWS = {"c-TOTAL_FORMS": "2", "c-INITIAL_FORMS": "1"}
FIRST = {"c-0-name": "Đơn đề nghị", "c-0-known": "True", "c-0-needed": "True", "c-0-given": "on", "c-0-copies": "1"}
USUAL = {"channel": "direct", "sets": "1", "request": "Nhà ông Đạt", "name": "Nguyễn Văn Đạt", "key": "mot-khoa"}


def sent(client: Client, url: str = FORM, **changes: str) -> Any:
    said = {**ROWS, **FIRST, "c-0-copy_type": "bản chính", **USUAL, **changes}
    return client.post(url, {name: value for name, value in said.items() if value})


def made(answer: HttpResponse) -> Dossier:
    """Return the dossier to whose page the answer leads."""
    found = re.fullmatch(r"/tiep-nhan/xong/(\w+)/(\?.*)?", answer.headers["Location"])
    assert found is not None, answer.headers["Location"]
    return Dossier.objects.everywhere(reason="tests").select_related("agency", "reception").get(key=found[1])


def errors(answer: Any) -> str:
    assert answer.status_code == 422
    return re.sub(r"\s+", " ", answer.content.decode())


def service(key: str) -> PublicService:
    return PublicService.objects.everywhere(reason="tests").get(key=key)


def write_components(*components: Component) -> None:
    """Let the procedure in force ask for these components."""
    rows = ProcedureVersion.objects.everywhere(reason="tests").filter(key="qtxd03-01")
    rows.update(content=content(components=components))


def test_a_dossier_is_received_with_one_press_and_its_page_says_code_and_appointment(signed_in: SignedIn) -> None:
    client = signed_in("an")
    answer = sent(client)
    one = made(answer)
    assert (one.code, one.state, one.request) == ("H99.132.05-261116-BX0001", "handling", "Nhà ông Đạt")
    assert one.components == [
        {"name": "Đơn đề nghị", "copy_type": "bản chính", "copies": 1, "replaced_by_database": "", "given": True}
    ]
    assert Applicant.objects.everywhere(reason="tests").get(dossier=one).name == "Nguyễn Văn Đạt"
    page = text(client, answer.headers["Location"])
    assert "H99.132.05-261116-BX0001" in page
    assert "17:00 25/11/2026" in page
    assert "data:image/png;base64," in page


def test_the_same_key_again_is_the_same_dossier(signed_in: SignedIn) -> None:
    client = signed_in("an")
    assert made(sent(client)).pk == made(sent(client, request="Sửa sau khi bấm Back")).pk
    assert made(sent(client, key="khoa-khac")).code.endswith("BX0002")


def test_the_form_shows_the_limits_before_anything_is_received(signed_in: SignedIn) -> None:
    page = text(signed_in("an"), FORM)
    assert "17:00 25/11/2026" in page, "six working days, 24/11 is a holiday"
    assert "17:00 08/12/2026" in page, "the limit of the law"
    assert "Theo quy trình QT.XD.03" in page
    told = text(signed_in("an"), f"{FORM}hen-tra/", received_at="8:00 13/11")
    assert "08:00 13/11/2026" in told
    assert "17:00 23/11/2026" in told
    assert "09:00 16/11/2026" in text(signed_in("an"), f"{FORM}hen-tra/", received_at="hôm qua"), "not a moment: now"


def test_what_is_received_after_three_is_due_on_the_next_working_day_and_that_is_said(signed_in: SignedIn) -> None:
    change_service(
        service("thutuc2"), committed_amount="1", committed_unit="same_working_day_cutoff_15h", by=BY, at=NOW
    )
    address = "/tiep-nhan/thutuc2/hen-tra/"
    assert "quá 15 giờ" not in text(signed_in("an"), address, received_at="14:59 16/11/2026")
    late = text(signed_in("an"), address, received_at="15:01 16/11/2026")
    assert "Đã quá 15 giờ" in late
    assert "17:00 17/11/2026" in late


def test_what_was_typed_is_kept_when_something_is_wrong(signed_in: SignedIn) -> None:
    answer = sent(signed_in("an"), channel="paper_slip", note="Hẹn gọi điện")
    said = errors(answer)
    assert "Hãy ghi số in trên phiếu giấy." in said
    assert "Hãy ghi giờ, ngày nhận trên phiếu giấy" in said
    assert 'value="Hẹn gọi điện"' in said
    assert 'value="mot-khoa"' in said
    assert not Dossier.objects.everywhere(reason="tests").filter(request="Nhà ông Đạt").exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": ""}, "Ô này cần được điền."),
        ({"received_at": "25:00 16/11/2026"}, "Không có giờ hoặc ngày như vậy"),
        ({"received_at": "sáng nay"}, "Hãy viết giờ rồi ngày"),
        ({"received_at": "10:00 16/11/2026"}, "chưa đến"),
        ({"channel": "online"}, "Hãy ghi lúc người dân nộp"),
        ({"channel": "online", "filed_at": "9:30 16/11/2026"}, "Lúc nộp không thể sau lúc tiếp nhận"),
        ({"c-0-copies": "0"}, "Hãy nhập số từ 1 đến 99."),
        ({"sets": "một"}, "Hãy nhập số từ 1 đến 99."),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(changes: dict[str, str], why: str, signed_in: SignedIn) -> None:
    assert why in errors(sent(signed_in("an"), **changes))


def test_an_incomplete_dossier_is_asked_about_before_it_is_received(signed_in: SignedIn) -> None:
    client = signed_in("an")
    said = errors(sent(client, **{"c-0-given": ""}))
    assert "Chưa đánh dấu đã nhận: Đơn đề nghị" in said
    one = made(sent(client, **{"c-0-given": ""}, complete="on"))
    assert [row["given"] for row in one.components] == [False]


def test_what_a_database_has_is_not_asked_for(signed_in: SignedIn) -> None:
    write_components(
        Component("Giấy khai sinh", replaced_by_database="CSDLQG về dân cư"),
        Component("Văn bản ủy quyền", conditional=True),
    )
    client = signed_in("an")
    page = text(client, FORM)
    assert "Không yêu cầu nộp: lấy từ CSDLQG về dân cư." in page
    assert "Chỉ nộp trong trường hợp phải có" in page
    assert not re.search(r'name="c-[01]-given"[^>]*checked', page), "neither is ticked beforehand"
    row = {"c-0-name": "Giấy khai sinh", "c-0-replaced_by_database": "CSDLQG về dân cư", "c-0-needed": "False"}
    one = made(sent(client, **row, **{"c-0-given": "", "c-0-copy_type": ""}))
    assert one.components[0]["replaced_by_database"] == "CSDLQG về dân cư"
    assert one.components[0]["given"] is False


def test_of_several_cases_one_is_chosen_by_hand(signed_in: SignedIn) -> None:
    variants = (Variant(STEPS, name="Nhà ở"), Variant(STEPS[:2], name="Công trình khác"))
    rows = ProcedureVersion.objects.everywhere(reason="tests").filter(key="qtxd03-01")
    rows.update(content=content(variants=variants))
    client = signed_in("an")
    assert "Công trình khác" in text(client, FORM)
    assert "Ô này cần được điền." in errors(sent(client)), "nothing is chosen by oversight"
    assert made(sent(client, variant="1")).variant == 1


def test_a_paper_can_be_added_by_hand_and_a_row_more_loses_nothing(signed_in: SignedIn) -> None:
    client = signed_in("an")
    more = sent(client, lam="them", **{"c-1-name": "Ảnh hiện trạng", "c-1-copies": "2"})
    assert more.status_code == 200
    page = more.content.decode()
    assert 'name="c-2-name"' in page
    assert 'value="Ảnh hiện trạng"' in page
    assert 'value="Nguyễn Văn Đạt"' in page
    one = made(sent(client, **{"c-1-name": "Ảnh hiện trạng", "c-1-copies": "2"}))
    assert one.components[1] == {
        "name": "Ảnh hiện trạng", "copy_type": "", "copies": 2, "replaced_by_database": "", "given": True,
    }  # fmt: skip


def test_a_slip_of_paper_keeps_both_times(signed_in: SignedIn) -> None:
    answer = sent(signed_in("an"), channel="paper_slip", paper_slip="017", received_at="7:40 13/11/2026")
    one = made(answer)
    act = one.acts.get(number=1)
    assert (one.paper_slip, act.at, act.entered_at) == ("017", at(13, "07:40"), NOW)
    assert one.code == "H99.132.05-261113-BX0001", "the code is of the day on the slip"
    page = text(signed_in("an"), answer.headers["Location"])
    assert "017" in page
    assert "nhập lúc 09:00 16/11/2026" in page


def test_what_was_filed_online_keeps_when(signed_in: SignedIn) -> None:
    one = made(sent(signed_in("an"), channel="online", filed_at="20:15 15/11/2026"))
    assert (one.filed_at, one.received_at) == (at(15, "20:15"), NOW)


def test_what_is_done_at_once_is_returned_without_a_receipt(signed_in: SignedIn) -> None:
    client = signed_in("an")
    assert "giải quyết và trả ngay" not in text(client, FORM), "six working days"
    change_service(
        service("thutuc2"), committed_amount="1", committed_unit="same_working_day_cutoff_15h", by=BY, at=NOW
    )
    assert "giải quyết và trả ngay" in text(client, "/tiep-nhan/thutuc2/")
    answer = sent(client, "/tiep-nhan/thutuc2/", lam="ngay")
    one = made(answer)
    assert (one.state, one.immediate, one.wants_receipt) == ("returned", True, False)
    assert "Đã tiếp nhận, giải quyết và trả kết quả" in text(client, answer.headers["Location"])
    assert client.get(f"/giay-to/{one.key}/tiep-nhan.pdf").status_code == 200, "a receipt for who asks for it"


def test_receiving_and_printing_leads_to_the_receipt_with_one_key(signed_in: SignedIn) -> None:
    answer = sent(signed_in("an"), lam="in")
    assert answer.headers["Location"].endswith("?in=1")
    page = text(signed_in("an"), answer.headers["Location"])
    assert re.search(r'href="/giay-to/\w+/tiep-nhan\.pdf" target="_blank" autofocus', page)


def test_a_service_of_another_agency_is_received_for_it(cast: Cast, signed_in: SignedIn) -> None:
    give_service(service("thutuc1"), agency("dongha"), from_on=SINCE, by=BY, at=NOW)
    client = signed_in("an")
    own = text(client, FORM)
    assert "Cơ quan giải quyết: <b>UBND xã Thanh Bình</b>" in own
    assert "Đổi cơ quan giải quyết" in own
    theirs = text(client, f"{FORM}?giai-quyet=dongha")
    assert "Cơ quan giải quyết: <b>UBND xã Đông Hạ</b>" in theirs
    assert "Chuyển hồ sơ giấy trước" in theirs
    one = made(sent(client, f"{FORM}?giai-quyet=dongha"))
    assert (one.agency, one.reception) == (agency("dongha"), agency("thanhbinh"))
    assert one.code.startswith("H99.132.05"), "the code is of the place of reception"
    assert signed_in("chi").get(f"/xu-ly/{one.key}/").status_code == 200
    assert signed_in("chi").get(f"/giay-to/{one.key}/tiep-nhan.pdf").status_code == 200
    assert signed_in("chi").get("/giay-to/hosohoi/tiep-nhan.pdf").status_code == 403, "she is only asked about that one"


def test_a_service_that_only_another_agency_handles_is_found_and_goes_to_it(signed_in: SignedIn) -> None:
    duties = ServiceDuty.objects.within(agency("thanhbinh")).filter(service=service("thutuc2"))
    duties.update(until_on=date(2026, 11, 1))
    give_service(service("thutuc2"), agency("dongha"), from_on=SINCE, by=BY, at=NOW)
    client = signed_in("an")
    assert "cơ quan khác trong tỉnh giải quyết" in text(client, "/tiep-nhan/")
    assert "Cơ quan giải quyết: <b>UBND xã Đông Hạ</b>" in text(client, "/tiep-nhan/thutuc2/")
    assert made(sent(client, "/tiep-nhan/thutuc2/")).agency == agency("dongha")


def test_without_an_identifier_it_is_said_where_to_write_it(signed_in: SignedIn) -> None:
    OneStop.objects.within(agency("thanhbinh")).update(identifier="")
    for address in ("/tiep-nhan/", FORM):
        assert "cơ quan chưa ghi mã định danh" in text(signed_in("an"), address)
    assert "chưa ghi mã định danh" in errors(sent(signed_in("an")))


def test_where_applicants_are_not_kept_nobody_is_asked_for_a_name(signed_in: SignedIn) -> None:
    OneStop.objects.within(agency("thanhbinh")).update(keeps_applicants=False)
    client = signed_in("an")
    page = text(client, FORM)
    assert "Cơ quan không lưu thông tin người nộp" in page
    assert 'name="name"' not in page
    answer = sent(client)
    assert not Applicant.objects.everywhere(reason="tests").filter(dossier=made(answer)).exists()
    assert "ghi tay vào giấy hẹn" in text(client, answer.headers["Location"])


def test_what_the_clerk_receives_most_stands_first_and_search_needs_no_diacritics(signed_in: SignedIn) -> None:
    client = signed_in("an")
    page = text(client, "/tiep-nhan/")
    assert page.index("Hay tiếp nhận nhất") < page.index("Cấp giấy phép xây dựng mới") < page.index("Thủ tục khác")
    assert page.index("Thủ tục khác") < page.index("Đăng ký khai sinh")
    found = client.get("/tiep-nhan/", {"q": "khai sinh"})
    assert found.headers["Location"] == "/tiep-nhan/thutuc2/", "one is left: Enter opens it"
    assert client.get("/tiep-nhan/", {"q": "1.013225"}).headers["Location"] == FORM
    typing = client.get("/tiep-nhan/", {"q": "khai sinh"}, headers={"HX-Request": "true"})
    assert "Đăng ký khai sinh" in typing.content.decode(), "while typing, nothing opens by itself"
    assert "Không thấy thủ tục nào như vậy" in text(client, "/tiep-nhan/", q="khong co gi")


def test_who_receives_at_two_desks_chooses_one(cast: Cast, signed_in: SignedIn) -> None:
    position = Position.objects.within(agency("dongha")).get(key="vitri-chi")
    assign_role(position, Role.CLERK, from_on=SINCE, by=BY, at=NOW)
    hold(position, cast.an.person, from_on=SINCE, by=BY, at=NOW)
    give_service(service("thutuc1"), agency("dongha"), from_on=SINCE, by=BY, at=NOW)
    client = signed_in("an")
    assert "?co-quan=dongha" in text(client, "/tiep-nhan/")
    one = made(sent(client, f"{FORM}?co-quan=dongha"))
    assert one.code.startswith("H99.133.06")


def test_what_is_not_received_gets_a_slip_and_leaves_no_dossier(signed_in: SignedIn) -> None:
    client, before = signed_in("an"), Dossier.objects.everywhere(reason="tests").count()
    begun = sent(client, f"{FORM}khong-nhan/", lam="khong-nhan", **{"c-0-given": ""})
    page = begun.content.decode()
    assert ">\nĐơn đề nghị</textarea>" in page, "what was not ticked is missing"
    assert 'name="c-0-name" value="Đơn đề nghị"' in page, "the form of reception is carried along"
    said = {"lam": "in", "kind": "supplement_request", "request": "Nhà", "items": ""}
    assert "ít nhất một giấy tờ" in errors(client.post(f"{FORM}khong-nhan/", said))
    assert "phải ghi lý do" in errors(client.post(f"{FORM}khong-nhan/", {**said, "kind": "refusal"}))
    slip = client.post(f"{FORM}khong-nhan/", {**said, "items": "Đơn\nBản vẽ", "applicant": "Trần Thị Kín"})
    assert slip.content.startswith(b"%PDF")
    assert Dossier.objects.everywhere(reason="tests").count() == before
    entry = Entry.objects.get(action="reception.turn_away")
    assert "supplement_request" in str(entry.facts)
    assert "Kín" not in str(entry.facts)
    back = sent(client, lam="lai")
    assert back.status_code == 200
    assert 'value="Nguyễn Văn Đạt"' in back.content.decode()


def test_each_paper_comes_as_pdf_and_word_and_only_when_there_is_occasion(signed_in: SignedIn) -> None:
    client = signed_in("an")
    for ext, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/giay-to/hosomo/kiem-soat.{ext}")
        assert answer.content.startswith(begins)
        assert answer.headers["Cache-Control"] == "private, no-store"
    none = client.get("/giay-to/hosomo/xin-loi.pdf")
    assert none.status_code == 409
    assert "chưa có lần xin lỗi" in none.content.decode()
    assert client.get("/giay-to/hosoxong/tu-choi.pdf").status_code == 200
    for address in ("/giay-to/hosomo/khac.pdf", "/giay-to/hosomo/tiep-nhan.odt"):
        assert client.get(address).status_code == 404


def test_a_pad_of_slips_is_numbered_on(signed_in: SignedIn) -> None:
    client = signed_in("an")
    pad = client.get("/tiep-nhan/phieu-giay.pdf", {"thu-tuc": "thutuc1", "so": "2", "tu": "51"})
    assert pad.content.startswith(b"%PDF")
    blank = client.get("/tiep-nhan/phieu-giay.pdf", {"so": "1"})
    assert blank.content.startswith(b"%PDF")


def test_the_book_shows_its_lines_and_comes_as_a_file(signed_in: SignedIn) -> None:
    client = signed_in("an")
    page = text(client, "/so-theo-doi/so2026/")
    assert "Quyển 1: số 1 đến 3" in page
    assert "Đang xem 3/3 hồ sơ" in page
    assert "Đang xem 1/1 hồ sơ" in text(client, "/so-theo-doi/so2026/", q="261109")
    sheet = next(iter(read_sheets(client.get("/so-theo-doi/so2026/so.xlsx").content)))
    assert [str(row[1]) for row in list(sheet.rows)[1:]] == [
        "H99.132.05-261109-BX0001",
        "H99.132.05-261102-BX0001",
        "H99.132.05-261112-BX0001",
    ]
    for ext, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"/so-theo-doi/so2026/so.{ext}", {"quyen": "1"}).content.startswith(begins)
    assert client.get("/so-theo-doi/so2026/so.pdf", {"quyen": "2"}).status_code == 404


def test_a_volume_begins_where_the_last_ended_and_never_twice_in_a_row(signed_in: SignedIn) -> None:
    client = signed_in("ha")
    assert client.post("/so-theo-doi/so2026/quyen-moi/").status_code == 302
    assert "quyển" in errors(client.post("/so-theo-doi/so2026/quyen-moi/")).lower()
    one = made(sent(signed_in("an")))
    assert (one.volume, one.number) == (2, 4)


def test_a_book_closes_when_its_year_is_over_and_a_late_slip_goes_into_the_next(signed_in: SignedIn) -> None:
    client = signed_in("ha")
    assert "31/12/2026" in errors(client.post("/so-theo-doi/so2026/khoa/"))
    january = datetime(2027, 1, 5, 9, 0, tzinfo=NOW.tzinfo)
    with time_machine.travel(january, tick=False):
        new_client = Client()
        new_client.force_login(Account.objects.get(username="ha"))
        assert new_client.post("/so-theo-doi/so2026/khoa/").status_code == 302
        page = text(new_client, "/so-theo-doi/so2026/")
        assert "ngày 05/01/2027, người khóa: Phạm Thu Hà" in page
        assert "Mở quyển mới" not in page
        clerk = Client()
        clerk.force_login(Account.objects.get(username="an"))
        late = made(sent(clerk, channel="paper_slip", paper_slip="9", received_at="16:30 31/12/2026"))
    assert (late.book.year, late.number) == (2027, 1)
    assert late.code == "H99.132.05-261231-BX0001", "the code is still of the day on the slip"
    assert Book.objects.within(agency("thanhbinh")).get(year=2026).closed_on == date(2027, 1, 5)


def test_a_number_that_is_missing_is_said_and_keeps_the_book_open(signed_in: SignedIn) -> None:
    Book.objects.within(agency("thanhbinh")).update(last=5)
    client = signed_in("ha")
    assert "Số đã cấp nhưng không có trong sổ: 4–5" in " ".join(text(client, "/so-theo-doi/so2026/").split())


def test_where_no_agency_handles_a_service_nothing_can_be_received(signed_in: SignedIn) -> None:
    ServiceDuty.objects.everywhere(reason="tests").filter(service=service("thutuc2")).update(until_on=date(2026, 11, 1))
    page = text(signed_in("an"), "/tiep-nhan/thutuc2/")
    assert "không cơ quan nào trong tỉnh giải quyết" in page
    assert "Đăng ký khai sinh" not in text(signed_in("an"), "/tiep-nhan/")


def test_going_back_after_a_reception_leads_to_the_same_dossier_and_not_to_a_second_one(signed_in: SignedIn) -> None:
    client = signed_in("an")
    page = client.get("/tiep-nhan/thutuc1/?lan=batdau1")
    assert 'value="batdau1"' in page.content.decode()
    one = made(sent(client, key="batdau1"))
    assert client.get("/tiep-nhan/thutuc1/?lan=batdau1").headers["Location"] == f"/tiep-nhan/xong/{one.key}/"
