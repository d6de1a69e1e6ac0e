"""The forms of the staff pages: they act once, and say beside the field what is wrong."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from xlsxwriter import Workbook

from chuan.organisations.agencies.models import Unit
from chuan.organisations.people.models import Account, Delegation, Holding, Person, RoleAssignment
from chuan.trail.models import Entry

from ..cast import Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


def workbook(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    target = io.BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet("Đơn vị")
        for number, row in enumerate((("Mã đơn vị", "Tên đơn vị", "Loại"), *rows)):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("don-vi.xlsx", target.getvalue())


def test_a_person_is_added(cast: Cast, signed_in: ClientOf) -> None:
    form = {"full_name": "Lý Văn  Em", "staff_code": "CC-99", "email": ""}
    answer = signed_in("giang").post("/co-quan/thanhbinh/them-nguoi/", form)
    added = Person.objects.within(cast.an.agency).get(staff_code="CC-99")
    assert added.full_name == "Lý Văn Em"
    assert answer.headers["Location"] == f"/con-nguoi/{added.key}/"


def test_a_staff_code_in_use_is_said_beside_the_form(signed_in: ClientOf) -> None:
    form = {"full_name": "Lý Văn Em", "staff_code": "CC-AN", "email": ""}
    answer = signed_in("giang").post("/co-quan/thanhbinh/them-nguoi/", form)
    assert answer.status_code == 422
    assert "Số hiệu đã được dùng cho người khác trong cơ quan." in answer.content.decode()


def test_a_position_gets_a_holder_and_a_day_is_typed_as_we_write_it(cast: Cast, signed_in: ClientOf) -> None:
    form = {"person": "binh", "from_on": "01/12/2026", "decision": "QĐ 12/QĐ-UBND"}
    signed_in("giang").post("/vi-tri/vitri-an/cu-nguoi/", form)
    assert (
        Holding.objects.within(cast.an.agency).get(person=cast.binh.person, position=cast.an.position).until_on is None
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2026", "Không có ngày 31/02/2026 trong lịch."),
        ("30-2-2026", "Không có ngày 30-2-2026 trong lịch."),
        ("12.2026", "Ngày phải viết dạng 31/12/2026."),
    ],
)
def test_a_day_that_does_not_exist_is_told_from_one_that_cannot_be_read(
    typed: str, said: str, signed_in: ClientOf
) -> None:
    answer = signed_in("giang").post("/vi-tri/vitri-an/cu-nguoi/", {"person": "binh", "from_on": typed})
    assert said in answer.content.decode()


def test_an_iso_secretary_is_not_offered_roles_that_she_may_not_give(signed_in: ClientOf) -> None:
    page = signed_in("giang").get("/vi-tri/vitri-an/vai-tro/").content.decode()
    assert 'value="reader"' in page
    assert 'value="head"' not in page
    assert 'value="system_administrator"' not in page


def test_a_role_is_given_and_taken_away(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("giang")
    client.post("/vi-tri/vitri-binh/vai-tro/", {"role": "clerk", "from_on": "16/11/2026"})
    given = RoleAssignment.objects.within(cast.an.agency).get(position=cast.binh.position, role="clerk")
    client.post(f"/giao-vai-tro/{given.key}/thoi/", {"last_day": "30/11/2026"})
    given.refresh_from_db(from_queryset=RoleAssignment.objects.within(cast.an.agency))
    assert given.until_on is not None


def test_a_holder_lets_somebody_stand_in_for_herself(cast: Cast, signed_in: ClientOf) -> None:
    form = {"to": "binh", "from_on": "16/11/2026", "until_on": "20/11/2026", "reason": "Nghỉ phép"}
    signed_in("an").post(f"/giu-vi-tri/{cast.an.holding.key}/lam-thay/", form)
    assert Delegation.objects.within(cast.an.agency).get().to == cast.binh.person


def test_standing_in_for_oneself_is_refused_in_words(cast: Cast, signed_in: ClientOf) -> None:
    form = {"to": "an", "from_on": "16/11/2026", "until_on": "20/11/2026", "reason": "Nghỉ phép"}
    answer = signed_in("an").post(f"/giu-vi-tri/{cast.an.holding.key}/lam-thay/", form)
    assert "Không thể ủy quyền cho chính mình." in answer.content.decode()


def test_nobody_lets_others_stand_in_for_a_colleague(cast: Cast, signed_in: ClientOf) -> None:
    form = {"to": "binh", "from_on": "16/11/2026", "until_on": "20/11/2026", "reason": "Nghỉ phép"}
    assert signed_in("an").post(f"/giu-vi-tri/{cast.ha.holding.key}/lam-thay/", form).status_code == 403


def test_a_new_password_is_shown_once_and_never_kept_by_the_browser(signed_in: ClientOf, cast: Cast) -> None:
    answer = signed_in("khanh").post("/con-nguoi/an/dat-lai-mat-khau/")
    assert "no-store" in answer.headers["Cache-Control"]
    shown = answer.content.decode().split("<code>")[2].split("<")[0]
    assert Account.objects.get(username="an").check_password(shown)


def test_an_account_is_closed_and_reopened(signed_in: ClientOf, cast: Cast) -> None:
    client = signed_in("khanh")
    client.post("/con-nguoi/an/khoa/")
    assert not cast.an.account.is_active
    client.post("/con-nguoi/an/mo-khoa/")
    assert cast.an.account.is_active


@pytest.mark.parametrize("member", ["giang", "ha", "dung"])
def test_only_administrators_reset_passwords(member: str, signed_in: ClientOf) -> None:
    assert signed_in(member).post("/con-nguoi/an/dat-lai-mat-khau/").status_code == 403


def test_a_workbook_is_shown_first_and_written_when_accepted(cast: Cast, signed_in: ClientOf) -> None:
    client, address = signed_in("giang"), "/co-quan/thanhbinh/nhap-excel/"
    shown = client.post(address, {"workbook": workbook(("KT", "Phòng Kinh tế", "Phòng"))})
    assert not Unit.objects.within(cast.an.agency).filter(code="KT").exists()
    client.post(address, {"accepted": shown.context["accepted"]})
    assert Unit.objects.within(cast.an.agency).get(code="KT").name == "Phòng Kinh tế"


def test_a_workbook_with_a_mistake_names_the_row_and_writes_nothing(cast: Cast, signed_in: ClientOf) -> None:
    rows = workbook(("KT", "Phòng Kinh tế", "Phòng"), ("VX", "", "Phòng"))
    page = signed_in("giang").post("/co-quan/thanhbinh/nhap-excel/", {"workbook": rows}).content.decode()
    assert "Còn 1 chỗ sai, chưa ghi dòng nào." in page
    assert '<td class="figure">3</td>' in page
    assert "accepted" not in page


def test_a_file_that_is_no_workbook_is_refused_beside_its_field(signed_in: ClientOf) -> None:
    wrong = SimpleUploadedFile("don-vi.xlsx", b"%PDF-1.7 not a workbook")
    answer = signed_in("giang").post("/co-quan/thanhbinh/nhap-excel/", {"workbook": wrong})
    assert answer.status_code == 422
    assert "không đúng với đuôi tên tệp" in answer.content.decode()


def test_a_workbook_accepted_for_one_agency_is_not_written_into_another(signed_in: ClientOf) -> None:
    shown = signed_in("giang").post("/co-quan/thanhbinh/nhap-excel/", {"workbook": workbook(("KT", "Phòng", "Phòng"))})
    answer = signed_in("chi").post("/co-quan/dongha/nhap-excel/", {"accepted": shown.context["accepted"]})
    assert answer.status_code == 404


def rows_of_trail(client: Client, query: str = "") -> list[str]:
    page = client.get("/nhat-ky/" + query).content.decode()
    return page[page.index("<tbody>") : page.index("</tbody>")].split("</tr>")


def test_the_trail_names_people_and_things_and_leads_to_them(signed_in: ClientOf) -> None:
    form = {"person": "binh", "from_on": "01/12/2026", "decision": "QĐ 12/QĐ-UBND"}
    signed_in("giang").post("/vi-tri/vitri-an/cu-nguoi/", form)
    newest = rows_of_trail(signed_in("khanh"), "?viec=position.hold")[0]
    assert "<td>Lê Hương Giang</td>" in newest
    assert '<a href="/vi-tri/vitri-an/">Công chức tiếp nhận và trả kết quả</a><small>vị trí</small>' in newest
    assert "<small>từ ngày: 01/12/2026</small><small>người: Trần Văn Bình</small>" in newest
    assert "account:giang · position.hold · position:vitri-an" in newest  # the record itself, for an investigation


def test_the_trail_names_no_inner_matter_to_the_administrator(signed_in: ClientOf) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/bo/")
    query = "?viec=procedureversion.drop"
    hers, his = (rows_of_trail(signed_in(name), query)[0] for name in ("ha", "khanh"))
    assert "từ: Dự thảo" in hers
    assert ">QT.XD.03, 2</a><small>lần ban hành</small>" in hers
    assert "lần ban hành" in his
    assert "QT.XD.03" not in his


def test_the_trail_of_an_agency_shows_what_its_own_people_did(cast: Cast, signed_in: ClientOf) -> None:
    form = {"full_name": "Lý Văn Em", "staff_code": "CC-99", "email": ""}
    signed_in("giang").post("/co-quan/thanhbinh/them-nguoi/", form)
    assert "account:giang" in signed_in("ha").get("/nhat-ky/").content.decode()
    assert "account:giang" not in signed_in("chi").get("/nhat-ky/").content.decode()
    assert Entry.objects.filter(by="account:giang", action="person.add").count() == 1


def test_a_role_of_the_whole_province_is_never_chosen_beforehand(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("khanh")
    offered = client.get("/vi-tri/vitri-an/vai-tro/").content.decode()
    assert offered.index('<option value=""') < offered.index("Chỉ trong cơ quan này") < offered.index('value="head"')
    assert offered.index("Trên mọi cơ quan của tỉnh") < offered.index('value="system_administrator"')
    assert client.post("/vi-tri/vitri-an/vai-tro/", {"role": "", "from_on": "01/12/2026"}).status_code == 422
    assert RoleAssignment.objects.within(cast.an.agency).filter(position=cast.an.position).count() == 1


def test_who_keeps_many_agencies_chooses_the_one_that_gets_a_service(signed_in: ClientOf) -> None:
    several = signed_in("khanh").get("/dich-vu-cong/thutuc1/giao/").content.decode()
    assert several.index('<option value=""') < several.index('value="thanhbinh"')
    assert '<option value=""' not in signed_in("chi").get("/dich-vu-cong/thutuc1/giao/").content.decode()


def test_the_province_reads_that_a_position_is_held_but_not_by_whom(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("dung")
    seen = [client.get(url).content.decode() for url in ("/co-quan/thanhbinh/", "/vi-tri/", "/vi-tri/vitri-an/")]
    assert ["Nguyễn Thị An" in page for page in seen] == [False, False, False]
    assert ["Tên chỉ hiện trong cơ quan" in page for page in seen[:2]] == [True, True]
    assert "Chưa có ai" not in seen[0] + seen[1]
    assert "Hôm nay có người giữ vị trí này." in seen[2]
    Holding.objects.within(cast.an.agency).filter(position=cast.an.position).update(until_on="2026-10-01")
    assert "Công chức tiếp nhận" in client.get("/vi-tri/?xem=trong").content.decode()
    assert "Hôm nay chưa có ai giữ vị trí này." in client.get("/vi-tri/vitri-an/").content.decode()
    assert "Công chức văn hóa" not in client.get("/vi-tri/?xem=trong").content.decode()
