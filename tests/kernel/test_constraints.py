"""Every "never … without …" is refused by the form with a sentence, and by the database in any case."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from chuan.files.models import StoredFile
from chuan.organisations.agencies.models import Agency, Membership, QualitySystem, Succession, Unit
from chuan.organisations.people.models import Account, Delegation, Holding, Person, Position, RoleAssignment

from ..cast import NOW, SINCE, Cast

pytestmark = pytest.mark.django_db
EARLIER = date(2020, 1, 1)


def commune(cast: Cast, **values: Any) -> Agency:
    facts = {
        "province": cast.an.agency.province,
        "parent": cast.khanh.agency,
        "kind": "commune",
        "commune_type": "xa",
        "code": "MOI",
        "name": "UBND xã Mới",
        "valid_from": SINCE,
    }
    return Agency(**{**facts, **values})


def succession(cast: Cast, **values: Any) -> Succession:
    facts = {"predecessor": cast.chi.agency, "successor": cast.an.agency, "decision": "NQ 1", "effective_on": SINCE}
    return Succession(**{**facts, **values})


def person(cast: Cast, **values: Any) -> Person:
    return Person(**{"agency": cast.an.agency, "staff_code": "CC-MOI", "full_name": "Người Mới", **values})


def position(cast: Cast, **values: Any) -> Position:
    return Position(**{"agency": cast.an.agency, "code": "VT-MOI", "title": "Vị trí mới", **values})


def unit(cast: Cast, **values: Any) -> Unit:
    facts = {"agency": cast.an.agency, "code": "P1", "name": "Phòng Một", "valid_from": SINCE}
    return Unit(**{**facts, **values})


def holding(cast: Cast, **values: Any) -> Holding:
    facts = {"position": cast.an.position, "person": cast.binh.person, "from_on": SINCE}
    return Holding(**{**facts, **values})


def role(cast: Cast, **values: Any) -> RoleAssignment:
    return RoleAssignment(**{"position": cast.an.position, "role": "reader", "from_on": SINCE, **values})


def delegation(cast: Cast, **values: Any) -> Delegation:
    facts = {"holding": cast.an.holding, "to": cast.binh.person, "from_on": SINCE, "until_on": SINCE, "reason": "ốm"}
    return Delegation(**{**facts, **values})


def system(cast: Cast, **values: Any) -> QualitySystem:
    return QualitySystem(**{"owner": cast.chi.agency, "name": "HTQLCL", "state": "building", **values})


def account(cast: Cast, **values: Any) -> Account:
    new = person(cast)
    new.created_at = NOW
    new.save()
    return Account(**{"person": new, "username": "moi", "password": "x", "opened_at": NOW, **values})


CASES: dict[str, tuple[Callable[[Cast], models.Model], str]] = {
    "agency_code_once_in_province": (lambda c: commune(c, code="THANHBINH"), "Mã cơ quan đã được dùng"),
    "agency_one_people_s_committee": (
        lambda c: commune(c, kind="province", parent=None, commune_type=""),
        "Mỗi tỉnh chỉ có một",
    ),
    "agency_days_in_order": (lambda c: commune(c, valid_until=EARLIER), "Ngày kết thúc phải"),
    "agency_never_without_parent": (lambda c: commune(c, parent=None), "phải có cơ quan cấp trên"),
    "agency_commune_has_its_type": (lambda c: commune(c, commune_type=""), "xã, phường hay đặc khu"),
    "agency_obligation_never_without_source": (lambda c: commune(c, obligation="obliged"), "phải ghi căn cứ"),
    "succession_never_to_itself": (lambda c: succession(c, predecessor=c.an.agency), "kế thừa chính mình"),
    "succession_never_without_decision": (lambda c: succession(c, decision=""), "phải ghi quyết định"),
    "unit_code_once_in_agency": (lambda c: unit(c, code="TTPVHCC"), "Mã đơn vị đã được dùng"),
    "unit_days_in_order": (lambda c: unit(c, valid_until=EARLIER), "Ngày kết thúc phải"),
    "quality_system_state_known": (lambda c: system(c, state="perfect"), "Trạng thái không có"),
    "quality_system_never_declared_without_decision": (
        lambda c: system(c, state="redeclaration_due"),
        "phải có quyết định công bố",
    ),
    "person_staff_code_once_in_agency": (lambda c: person(c, staff_code="CC-AN"), "Số hiệu đã được dùng"),
    "person_never_without_name": (lambda c: person(c, full_name=""), "Phải ghi họ và tên"),
    "account_username_plain": (lambda c: account(c, username="Người"), "chữ thường không dấu"),
    "position_code_once_in_agency": (lambda c: position(c, code="VT-AN"), "Mã vị trí đã được dùng"),
    "position_never_without_title": (lambda c: position(c, title=""), "Phải ghi tên vị trí"),
    "role_known": (lambda c: role(c, role="citizen"), "không có trong bảng thẩm quyền"),
    "role_once_on_a_position": (lambda c: role(c, role="clerk"), "Vị trí đã có vai trò"),
    "role_days_in_order": (lambda c: role(c, until_on=EARLIER), "Ngày kết thúc phải"),
    "holding_once_at_a_time": (lambda c: holding(c, person=c.an.person), "đang giữ vị trí này rồi"),
    "holding_days_in_order": (lambda c: holding(c, until_on=EARLIER), "Ngày kết thúc phải"),
    "delegation_days_in_order": (lambda c: delegation(c, until_on=EARLIER), "Ngày kết thúc phải"),
    "delegation_never_without_reason": (lambda c: delegation(c, reason=""), "Phải ghi lý do"),
    "file_never_empty": (
        lambda c: StoredFile(sha256="0" * 64, size=0, kind="pdf", name="a.pdf", uploaded_at=NOW, uploaded_by="x"),
        "Tệp trống",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_form_says_what_is_wrong(cast: Cast, name: str) -> None:
    make, sentence = CASES[name]
    row = make(cast)
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints()
    assert any(sentence in message for message in caught.value.messages)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_it_in_any_case(cast: Cast, name: str) -> None:
    row = CASES[name][0](cast)
    if any(field.name == "created_at" for field in row._meta.fields):
        row.created_at = NOW  # type: ignore[attr-defined]  # entities have it
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_agency_is_never_its_own_parent(cast: Cast) -> None:
    agency = cast.an.agency
    agency.parent = agency
    with pytest.raises(ValidationError, match="cấp trên của chính mình"):
        agency.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        agency.save()


def test_an_agency_has_one_living_quality_system_and_belongs_to_one(cast: Cast) -> None:
    first, second = system(cast, created_at=NOW), system(cast, created_at=NOW)
    first.save()
    with pytest.raises(ValidationError, match="chỉ chủ trì một hệ thống"):
        second.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    member = {"quality_system": first, "agency": cast.khanh.agency, "from_on": SINCE, "created_at": NOW}
    Membership(**member).save()
    with pytest.raises(ValidationError, match="chỉ thuộc một hệ thống"):
        Membership(**member).validate_constraints()
    with pytest.raises(ValidationError, match="Ngày kết thúc phải"):
        Membership(**member, until_on=EARLIER).validate_constraints()


def test_one_succession_is_written_once(cast: Cast) -> None:
    succession(cast, created_at=NOW).save()
    with pytest.raises(ValidationError, match="đã được ghi"):
        succession(cast).validate_constraints()


def test_every_named_constraint_of_organisations_and_files_is_asked_here() -> None:
    asked = set(CASES) | {
        "agency_never_its_own_parent",
        "quality_system_one_living_per_owner",
        "membership_one_system_at_a_time",
        "membership_days_in_order",
        "succession_once",
    }
    rooms = [Agency, Membership, QualitySystem, Succession, Unit, Account, Delegation, Holding, Person, Position]
    rooms += [RoleAssignment, StoredFile]
    assert {constraint.name for model in rooms for constraint in model._meta.constraints} == asked
