"""The catalogue of public services: from Excel, who handles what, and the words it is found by."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from xlsxwriter import Workbook

from chuan.kernel.errors import NotAllowed
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.quality.models import PublicService, ServiceDuty
from chuan.quality.services import actions
from chuan.quality.services.importing import Outcome, import_services
from chuan.quality.services.queries import services, services_of, with_code
from chuan.text.messages import BadInput

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db
HEADS = ("Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Thời hạn giải quyết")
NEW = ("2.000815", "Chứng thực bản sao từ bản chính", "Hộ tịch", "01 ngày làm việc")


def workbook(*rows: tuple[str, ...]) -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Danh mục")
        for number, row in enumerate((HEADS, *rows)):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def province() -> Agency:
    return Agency.objects.everywhere(reason="tests").get(kind=AgencyKind.PROVINCE)


def imported(cast: Cast, data: bytes, *, keep: bool = True, to: tuple[Agency, ...] = ()) -> Outcome:
    return import_services(data, province(), to=to, keep=keep, by=cast.khanh.actor, at=NOW)


def test_looking_at_a_workbook_writes_nothing(cast: Cast) -> None:
    outcome = imported(cast, workbook(NEW), keep=False)
    assert (outcome.added, outcome.written) == (1, False)
    assert not services(cast.khanh.actor, words="chung thuc")


def test_importing_twice_is_importing_once(cast: Cast) -> None:
    assert imported(cast, workbook(NEW)).added == 1
    again = imported(cast, workbook(NEW))
    assert (again.added, again.changed, again.unchanged, again.written) == (0, 0, 1, True)


def test_a_new_name_changes_the_service_and_its_search(cast: Cast) -> None:
    imported(cast, workbook(NEW))
    outcome = imported(cast, workbook((NEW[0], "Sao y bản chính", *NEW[2:])))
    assert outcome.changed == 1
    assert [one.code for one in services(cast.an.actor, words="sao y")] == ["2.000815"]


def test_a_bad_row_stops_the_whole_and_is_named(cast: Cast) -> None:
    outcome = imported(cast, workbook(NEW, ("không phải mã", "Tên", "", "")))
    assert not outcome.written
    assert [problem.row for problem in outcome.problems] == [3]
    assert not with_code(cast.an.actor, "2.000815")


def test_services_are_given_to_agencies_with_the_import(cast: Cast) -> None:
    communes = tuple(Agency.objects.everywhere(reason="tests").filter(kind=AgencyKind.COMMUNE))
    assert imported(cast, workbook(NEW), to=communes).given == 2
    assert imported(cast, workbook(NEW), to=communes).given == 0
    assert "2.000815" in [one.code for one in services_of(cast.chi.agency, NOW.date())]


def test_a_workbook_without_a_list_is_refused(cast: Cast) -> None:
    with pytest.raises(BadInput):
        imported(cast, b"not a workbook")


def test_an_iso_secretary_does_not_write_in_the_catalogue_of_the_province(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        import_services(workbook(NEW), province(), keep=True, by=cast.giang.actor, at=NOW)


def test_a_duty_begins_and_ends_with_a_day(cast: Cast) -> None:
    service = PublicService.objects.everywhere(reason="tests").get(key="thutuc1")
    duty = actions.give_service(service, cast.chi.agency, from_on=date(2026, 1, 1), by=cast.chi.actor, at=NOW)
    with pytest.raises(ValidationError, match="Cơ quan đã được giao thủ tục này"):
        actions.give_service(service, cast.chi.agency, from_on=date(2026, 2, 1), by=cast.chi.actor, at=NOW)
    actions.take_service_back(duty, last_day=date(2026, 10, 31), by=cast.chi.actor, at=NOW)
    assert list(services_of(cast.chi.agency, date(2026, 10, 31))) == [service]
    assert list(services_of(cast.chi.agency, date(2026, 11, 1))) == []


def test_a_secretary_gives_services_to_the_own_agency_only(cast: Cast) -> None:
    service = PublicService.objects.everywhere(reason="tests").get(key="thutuc1")
    with pytest.raises(NotAllowed):
        actions.give_service(service, cast.an.agency, from_on=NOW.date(), by=cast.chi.actor, at=NOW)
    assert ServiceDuty.objects.within(cast.chi.agency).count() == 0


def test_the_suffix_of_a_province_makes_no_other_service(cast: Cast) -> None:
    assert [one.key for one in with_code(cast.an.actor, " 1.013225.H61 ")] == ["thutuc1"]
    assert with_code(cast.an.actor, "") == []


TYPED = {
    "code": "2.000815",
    "name": "Chứng thực bản sao từ bản chính",
    "legal_amount": "0,5",
    "legal_unit": "working_day",
    "valid_from": "01/07/2025",
    "components": "Bản chính\nBản sao",
}


def test_a_service_is_added_by_hand_with_its_parts(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("khanh")
    client.post("/dich-vu-cong/them/", TYPED)
    (added,) = services(cast.an.actor, words="chung thuc")
    assert (added.legal_amount, added.parts) == ("1/2", {"components": "Bản chính\nBản sao"})
    page = client.get(f"/dich-vu-cong/{added.key}/").content.decode()
    assert "0,5 ngày làm việc" in page
    assert "Thành phần, số lượng hồ sơ" in page


def test_what_was_typed_comes_back_unchanged(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("khanh")
    client.post("/dich-vu-cong/them/", TYPED)
    (added,) = services(cast.an.actor, words="chung thuc")
    form = client.get(f"/dich-vu-cong/{added.key}/sua/").context["form"]
    again = {name: form[name].value() or "" for name in form.fields} | {"valid_from": "01/07/2025"}
    client.post(f"/dich-vu-cong/{added.key}/sua/", again)
    (same,) = services(cast.an.actor, words="chung thuc")
    assert (same.legal_amount, same.legal_unit, same.parts) == (added.legal_amount, added.legal_unit, added.parts)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "TTHC 1"}, "không đúng dạng"),
        ({"legal_amount": "vài"}, "Chỉ ghi số"),
        ({"legal_amount": "0"}, "Thời hạn phải lớn hơn 0"),
        ({"legal_unit": ""}, "Thời hạn phải có đơn vị"),
        ({"committed_amount": "2", "committed_unit": "working_day"}, "không được dài hơn thời hạn theo luật"),
        ({"code": "1.013225"}, "Mã thủ tục đã có trong danh mục"),
    ],
)
def test_what_is_wrong_in_a_service_is_said(
    typed: dict[str, str], said: str, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    PublicService.objects.everywhere(reason="tests").filter(key="thutuc1").update(code="1.013225")
    answer = signed_in("khanh").post("/dich-vu-cong/them/", TYPED | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_repeal_ends_the_duties_and_is_taken_back_with_them(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client, address = signed_in("khanh"), "/dich-vu-cong/thutuc1/"
    before = sorted(one.code for one in services_of(cast.an.agency, NOW.date()))
    assert "quy trình đang hiệu lực phục vụ" in client.get(f"{address}bai-bo/").content.decode()
    client.post(f"{address}bai-bo/", {"last_day": "15/11/2026", "decision": "QĐ 99/QĐ-UBND ngày 10/11/2026"})
    assert "QĐ 99/QĐ-UBND" in signed_in("an").get(address).content.decode()
    assert "thutuc1" not in [one.key for one in services_of(cast.an.agency, NOW.date())]
    client.post(f"{address}khoi-phuc/")
    assert sorted(one.code for one in services_of(cast.an.agency, NOW.date())) == before


def test_a_repeal_needs_its_decision(cast: Cast) -> None:
    service = PublicService.objects.everywhere(reason="tests").get(key="thutuc1")
    with pytest.raises(ValidationError, match="phải ghi quyết định"):
        actions.repeal_service(service, last_day=NOW.date(), decision=" ", by=cast.khanh.actor, at=NOW)


def test_a_secretary_repeals_nothing_in_the_catalogue_of_the_province(signed_in: Callable[[str], Client]) -> None:
    typed = {"last_day": "15/11/2026", "decision": "QĐ 99/QĐ-UBND"}
    assert signed_in("giang").post("/dich-vu-cong/thutuc1/bai-bo/", typed).status_code == 403
