"""Procedures and public services of the cast's agencies, in the database of every test beside the cast.

    qtxd03    Thanh Bình   version 01 in force (An has read it), 02 a draft
    qtnd01    Thanh Bình   adopted from qtkhcn01, version 01 of it; An has read it; the original has moved on
    qtcho     Thanh Bình   approved for 01/12/2026
    qttrinh   Thanh Bình   under review
    qtkhcn01  Sở KHCN      version 02 in force, 01 replaced
    qtkhcn02  Sở KHCN      in force, adopted by nobody

Of its two public services, Thanh Bình has a procedure in force for 1.013225 and none for 1.001193.
"""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from chuan.kernel.actor import Actor, machine
from chuan.organisations.agencies.models import Agency, AgencyKind
from chuan.organisations.people.models import Account
from chuan.organisations.people.queries import actor_for
from chuan.quality.models import Procedure, ProcedureVersion, PublicService
from chuan.quality.procedures import actions
from chuan.quality.procedures.content import stored
from chuan.quality.services.actions import add_service, give_service
from chuan.rules.procedure.structure import Component, Form, KeptRecord, Limit, Link, Step, TimeUnit, Variant
from chuan.rules.procedure.structure import Procedure as Written

from ..cast import HERE, SINCE

BEGAN_AT = datetime(2026, 2, 2, 8, 0, tzinfo=HERE)
BY = machine("tests", BEGAN_AT)


def version(key: str) -> ProcedureVersion:
    """Return the version as it is now."""
    return ProcedureVersion.objects.everywhere(reason="tests").select_related("procedure__agency").get(key=key)


def hours(amount: int) -> Limit:
    """Return an amount of working hours."""
    return Limit(Fraction(amount), TimeUnit.WORKING_HOUR)


STEPS = (
    Step("Kiểm tra, tiếp nhận hồ sơ; hẹn trả", "B1", "Công chức tiếp nhận", hours(4), output_or_form="Mẫu 01"),
    Step("Phân công xử lý", "B2", "Lãnh đạo Phòng Kinh tế", hours(4), output_or_form="Phiếu phân công"),
    Step("Thẩm định hồ sơ", "B3", "Chuyên viên Phòng Kinh tế", hours(24), output_or_form="Phiếu thẩm định"),
    Step(
        "Ký giấy phép",
        "B4",
        "Lãnh đạo UBND xã",
        hours(16),
        output_or_form="Giấy phép",
        links=(Link("B5"), Link("B3", "không đạt")),
    ),
    Step("Trả kết quả", "B5", "Công chức tiếp nhận", counted=False, output_or_form="Sổ theo dõi"),
)

WRITTEN = Written(
    (Variant(STEPS),),
    name="Cấp giấy phép xây dựng nhà ở riêng lẻ",
    service_code="1.013225",
    procedure_code="QT.XD.03",
    field="Xây dựng",
    committed=Limit(Fraction(6), TimeUnit.WORKING_DAY),
    legal=Limit(Fraction(15), TimeUnit.WORKING_DAY),
    purpose="Quy định cách cấp giấy phép.",
    components=(Component("Đơn đề nghị", "bản chính", 1, "Mẫu 01"),),
    sets=1,
    forms=(Form("Đơn đề nghị cấp giấy phép", "Mẫu 01"),),
    legal_basis=("Luật Xây dựng 50/2014/QH13", "Nghị định số 118/2025/NĐ-CP"),
    results=("Giấy phép xây dựng",),
    records=(KeptRecord("Hồ sơ cấp phép", "Phòng Kinh tế", "10 năm"),),
)
CONTROL = Step("Đối chiếu quy hoạch của xã", "B3a", "Công chức địa chính", hours(4), output_or_form="Phiếu đối chiếu")


def content(written: Written = WRITTEN, **changes: Any) -> dict[str, Any]:
    """Return a procedure as it is stored, with some facts changed."""
    return stored(replace(written, **changes))


def furnish() -> None:
    """Write the stage into the database of the cast."""
    home = _agency(key="thanhbinh")
    above = _agency(key="khcn")
    catalogue = _agency(kind=AgencyKind.PROVINCE)
    services = [
        _service("thutuc1", "1.013225", "Cấp giấy phép xây dựng mới", catalogue),
        _service("thutuc2", "1.001193", "Đăng ký khai sinh", catalogue),
    ]
    for service in services:
        give_service(service, home, from_on=SINCE, by=BY, at=BEGAN_AT)
    first = _begin(home, "qtxd03", "QT.XD.03", content(), services[:1])
    in_force(first, date(2026, 3, 1))
    draft = actions.draft_again(first.procedure, reason="Thêm bước đối chiếu", by=BY, at=BEGAN_AT)
    _name(draft, "qtxd03-02")
    longer = Variant((*STEPS[:3], CONTROL, *STEPS[3:]))
    actions.save_draft(draft, content=content(variants=(longer,)), started_from=0, by=BY, at=BEGAN_AT)
    _the_original_and_its_adoption(home, above)
    waiting = _begin(home, "qtcho", "QT.HT.01", content(name="Chứng thực bản sao", service_code=""))
    actions.submit(waiting, by=BY, at=BEGAN_AT)
    actions.approve(waiting, effective_on=date(2026, 12, 1), decision="15/QĐ-UBND", by=BY, at=BEGAN_AT)
    handed_in = _begin(home, "qttrinh", "QT.VH.01", content(name="Công nhận gia đình văn hóa", field="Văn hóa"))
    actions.submit(handed_in, by=BY, at=BEGAN_AT)
    in_force(_begin(above, "qtkhcn02", "QT.KH.02", content(name="Đăng ký sáng kiến", service_code="")), SINCE)


def _the_original_and_its_adoption(home: Agency, above: Agency) -> None:
    original = _begin(above, "qtkhcn01", "QT.KH.01", content(name="Cấp phép nghiên cứu", service_code=""))
    in_force(original, date(2026, 3, 1))
    adopted = actions.adopt(original.procedure, agency=home, code="QT.KH.01", by=BY, at=BEGAN_AT)
    _name(adopted, "qtnd01-01")
    _name(adopted.procedure, "qtnd01")
    in_force(adopted, date(2026, 4, 1))
    newer = actions.draft_again(original.procedure, reason="Rút ngắn", by=BY, at=BEGAN_AT)
    _name(newer, "qtkhcn01-02")
    quicker = Variant((STEPS[0], *STEPS[2:]))
    newer = actions.save_draft(
        newer, content=content(name="Cấp phép nghiên cứu", variants=(quicker,)), started_from=0, by=BY, at=BEGAN_AT
    )
    in_force(newer, date(2026, 10, 1))


def in_force(version: ProcedureVersion, on: date) -> None:
    """Lead a draft through all its states; An reads what her agency issues."""
    at = datetime(on.year, on.month, on.day, 8, 0, tzinfo=HERE)
    actions.submit(version, by=BY, at=at)
    actions.approve(version, effective_on=on, decision="12/QĐ-UBND", by=BY, at=at)
    actions.bring_into_force(version, by=BY, at=at)
    an = actor_for(Account.objects.get(username="an"), at)
    if version.procedure.agency_id in an.agencies:
        actions.acknowledge(version, by=an, at=at)


def _begin(
    agency: Agency, key: str, code: str, text: dict[str, Any], services: list[PublicService] | None = None
) -> ProcedureVersion:
    version = actions.start_procedure(
        agency=agency, code=code, content=text, services=services or (), by=BY, at=BEGAN_AT
    )
    _name(version.procedure, key)
    _name(version, f"{key}-01")
    return version


def _name(thing: Procedure | ProcedureVersion, key: str) -> None:
    thing.key = key
    thing.save(update_fields=["key"])


def _agency(**facts: str) -> Agency:
    return Agency.objects.everywhere(reason="tests").select_related("province").get(**facts)


def _service(key: str, code: str, name: str, catalogue: Agency) -> PublicService:
    service = PublicService(
        key=key, agency=catalogue, code=code, name=name, field="Xây dựng", valid_from=SINCE, **_limits()
    )
    return add_service(service, by=BY, at=BEGAN_AT)


def _limits() -> dict[str, str]:
    unit = TimeUnit.WORKING_DAY.value
    return {"legal_amount": "15", "legal_unit": unit, "committed_amount": "12", "committed_unit": unit}


def actor(name: str, at: datetime) -> Actor:
    """Return the actor that this member of the cast is at `at`."""
    return actor_for(Account.objects.get(username=name), at)
