"""The pages of quality systems: founded, built, applied, confirmed, declared; members; the list of the province."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from chuan.organisations.agencies.models import Agency, Membership, QualitySystem
from chuan.web.agency.tasks.quality_systems import systems_to_declare

from ..cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_system")]
ClientOf = Callable[[str], Client]
SCOPE = {"standard": "TCVN ISO 9001:2015", "scope_note": "Mọi thủ tục hành chính của xã"}


def system() -> QualitySystem:
    return QualitySystem.objects.everywhere(reason="tests").select_related("owner").get()


def founded(client: Client) -> QualitySystem:
    client.post("/co-quan/thanhbinh/he-thong/lap/", {"name": "HTQLCL xã Thanh Bình", **SCOPE})
    return system()


def moved(client: Client, name: str, **typed: str) -> int:
    return client.post(f"/he-thong/{system().key}/chuyen/{name}/", {"note": "QĐ 7/QĐ-UBND", **typed}).status_code


@pytest.fixture
def declared(signed_in: ClientOf) -> QualitySystem:
    head = signed_in("ha")
    founded(head)
    for name in ("build", "apply", "confirm"):
        moved(head, name)
    moved(head, "declare", decision="45/QĐ-UBND", declared_on="01/10/2026")
    return system()


def test_a_system_goes_all_the_way_to_its_declaration(declared: QualitySystem, signed_in: ClientOf) -> None:
    assert (declared.state, declared.declaration, declared.declared_on) == (
        "declared",
        "45/QĐ-UBND",
        date(2026, 10, 1),
    )
    page = signed_in("an").get("/co-quan/thanhbinh/he-thong/").content.decode()
    assert page.count("QĐ 7/QĐ-UBND") == 3
    assert "Chủ tịch UBND xã" in page
    assert "Thư ký ISO" in page


def test_a_secretary_does_not_let_a_system_be_applied(signed_in: ClientOf) -> None:
    secretary = signed_in("giang")
    founded(secretary)
    assert moved(secretary, "build") == 302
    assert moved(secretary, "apply") == 403
    assert system().state == "building"


def test_a_move_that_the_stage_does_not_have_is_not_found(signed_in: ClientOf) -> None:
    founded(signed_in("ha"))
    assert moved(signed_in("ha"), "dissolve") == 404


def test_a_declaration_of_tomorrow_is_refused(signed_in: ClientOf) -> None:
    head = signed_in("ha")
    founded(head)
    for name in ("build", "apply", "confirm"):
        moved(head, name)
    assert moved(head, "declare", decision="45/QĐ-UBND", declared_on="17/11/2026") == 422
    assert system().state == "confirmed_effective"


def test_another_scope_needs_another_declaration(declared: QualitySystem, signed_in: ClientOf) -> None:
    client, address = signed_in("giang"), f"/he-thong/{declared.key}/sua/"
    client.post(address, {"name": "Tên khác", **SCOPE})
    assert system().state == "declared"
    client.post(address, {"name": "Tên khác", **SCOPE, "scope_note": "Cả hoạt động nội bộ"})
    assert system().state == "redeclaration_due"
    assert [task.title for task in systems_to_declare(Cast().giang.actor)] == ["Cần công bố lại hệ thống"]


def test_a_member_sees_whose_system_it_applies_until_it_leaves(declared: QualitySystem, signed_in: ClientOf) -> None:
    client = signed_in("giang")
    client.post(f"/he-thong/{declared.key}/thanh-vien/", {"agency": "dongha", "from_on": "01/11/2026"})
    assert "UBND xã Thanh Bình" in signed_in("chi").get("/co-quan/dongha/he-thong/").content.decode()
    membership = Membership.objects.everywhere(reason="tests").get()
    assert signed_in("chi").post(f"/thanh-vien/{membership.key}/thoi/", {"last_day": "10/11/2026"}).status_code == 403
    client.post(f"/thanh-vien/{membership.key}/thoi/", {"last_day": "10/11/2026"})
    assert "chưa có hệ thống" in signed_in("chi").get("/co-quan/dongha/he-thong/").content.decode()


def test_an_agency_with_a_system_of_its_own_joins_no_other(declared: QualitySystem, signed_in: ClientOf) -> None:
    signed_in("chi").post("/co-quan/dongha/he-thong/lap/", {"name": "HTQLCL xã Đông Hạ", **SCOPE})
    answer = signed_in("giang").post(
        f"/he-thong/{declared.key}/thanh-vien/", {"agency": "dongha", "from_on": "01/11/2026"}
    )
    assert "đã thuộc một hệ thống quản lý chất lượng khác" in answer.content.decode()


def test_a_member_founds_no_system_of_its_own(declared: QualitySystem, signed_in: ClientOf) -> None:
    signed_in("giang").post(f"/he-thong/{declared.key}/thanh-vien/", {"agency": "dongha", "from_on": "01/11/2026"})
    answer = signed_in("chi").post("/co-quan/dongha/he-thong/lap/", {"name": "HTQLCL", **SCOPE})
    assert answer.status_code == 422


def test_a_dissolved_system_lets_its_members_go(declared: QualitySystem, signed_in: ClientOf) -> None:
    head = signed_in("ha")
    signed_in("giang").post(f"/he-thong/{declared.key}/thanh-vien/", {"agency": "dongha", "from_on": "01/11/2026"})
    moved(head, "suspend")
    moved(head, "dissolve")
    assert Membership.objects.everywhere(reason="tests").get().until_on == date(2026, 11, 16)
    assert signed_in("chi").post("/co-quan/dongha/he-thong/lap/", {"name": "HTQLCL", **SCOPE}).status_code == 302


def listed(client: Client, query: str) -> list[str]:
    return [row.agency.code for row in client.get(f"/he-thong/{query}").context["rows"]]


def test_the_province_sees_who_has_declared_and_who_has_not(declared: QualitySystem, signed_in: ClientOf) -> None:
    inspector = signed_in("dung")
    assert listed(inspector, "?xem=da-cong-bo") == ["THANHBINH"]
    assert listed(inspector, "?xem=chua-cong-bo") == ["KHCN", "DONGHA", "UBND"]
    assert listed(inspector, "?xem=bat-buoc-chua") == ["UBND"]
    assert listed(inspector, "?loai=commune&q=thanh+binh") == ["THANHBINH"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(inspector.get("/he-thong/tai-ve/?xem=da-cong-bo").content))
    cells = sheet.get_sheet_by_index(0).to_python()
    assert [row[0] for row in cells] == ["Mã cơ quan", "THANHBINH"]
    assert cells[1][-2:] == ["45/QĐ-UBND", "01/10/2026"]


def test_members_count_as_declared_and_the_list_costs_the_same(
    declared: QualitySystem, signed_in: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    signed_in("giang").post(f"/he-thong/{declared.key}/thanh-vien/", {"agency": "khcn", "from_on": "01/11/2026"})
    client = signed_in("dung")
    client.get("/he-thong/")
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager; four are the session's
        rows = client.get("/he-thong/").context["rows"]
    assert {row.agency.code: row.state for row in rows}["KHCN"] == "Cần công bố lại"


def test_an_obliged_agency_without_a_declared_system_has_that_to_do(cast: Cast) -> None:
    assert list(systems_to_declare(cast.giang.actor)) == []
    Agency.objects.within(cast.an.agency).update(obligation="obliged", obligation_source="QĐ 19/2014/QĐ-TTg")
    (task,) = systems_to_declare(cast.giang.actor)
    assert task.title == "Chưa công bố hệ thống quản lý chất lượng"
    assert task.url == "/co-quan/thanhbinh/he-thong/"
