"""The written procedures of the demo: the secretary writes, the deputy reviews, the head approves; some go on.

Every piece leaves alone what is there, so it may be cut off anywhere and called again.
"""

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from chuan.demo.agencies import Told, agencies
from chuan.demo.days import morning
from chuan.demo.staff import Staff, staff_of
from chuan.demo.work import Work, works
from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Agency, AgencyKind
from chuan.quality.models import Procedure, ProcedureVersion, PublicService
from chuan.quality.procedures import actions

IN_FORCE_SINCE = date(2025, 10, 1)
COMING_LAW = "Luật Hộ tịch 03/2026/QH16"
COMING = date(2027, 3, 1)  # a law takes effect then, and a version waits for it
_DISTRICT = "UBND quận"  # a step of a published procedure is the district's; there are none since 1 July 2025


def load_procedures(told: Told, *, by: Actor, at: datetime) -> None:
    """Write the procedures and bring them into force; one has a draft, one is under review, one waits for a law."""
    known = agencies()
    every = list(works())
    for number, work in enumerate(every, start=1):
        agency = known[work.agency]
        if not Procedure.objects.within(agency).filter(code=work.code).exists():
            with transaction.atomic():
                procedure = _procedure(work, agency, known)
                if (work.agency, work.code) in _GOING_ON:
                    _GOING_ON[work.agency, work.code](procedure, staff_of(agency, at), at)
        told(number, len(every))


def _procedure(work: Work, agency: Agency, known: dict[str, Agency]) -> Procedure:
    service = PublicService.objects.within(known["UBND"]).get(code=work.service)
    at = begun(IN_FORCE_SINCE)
    staff = staff_of(agency, at)
    content = content_of(work, known)
    reason = "Ban hành lần đầu"
    version = actions.start_procedure(
        agency=agency, code=work.code, content=content, services=[service], reason=reason, by=staff.secretary, at=at
    )
    issuer = "UBND" if agency.kind == AgencyKind.COMMUNE else agency.code
    issue(version, staff, decision=f"{100 + len(work.code)}/QĐ-{issuer}", in_force=IN_FORCE_SINCE)
    return version.procedure


def begun(in_force: date) -> datetime:
    """Return when the writing of what is in force from a day on begins."""
    return morning(in_force - timedelta(days=20))


def issue(version: ProcedureVersion, staff: Staff, *, decision: str, in_force: date) -> None:
    """Hand the draft over, review and approve it in the weeks before it takes effect, and let it take effect."""
    submitted, reviewed, approved = (morning(in_force - timedelta(days=days), days - 2) for days in (16, 14, 12))
    actions.submit(version, by=staff.secretary, at=submitted)
    _review(version, staff, reviewed)
    actions.approve(version, effective_on=in_force, decision=decision, by=staff.head, at=approved)
    actions.bring_into_force(version, by=staff.secretary, at=morning(in_force, 8))


def _review(version: ProcedureVersion, staff: Staff, at: datetime) -> None:
    if staff.deputy is not None:
        actions.review(version, by=staff.deputy, at=at, note="Đủ bước, đúng thẩm quyền, trong thời hạn; đồng ý trình.")


def _draft(procedure: Procedure, staff: Staff, at: datetime) -> None:
    actions.draft_again(procedure, reason="Sửa theo việc thật", by=staff.secretary, at=at)


def _under_review(procedure: Procedure, staff: Staff, at: datetime) -> None:
    reason = "Bỏ bước của UBND quận: từ 01/07/2025 không còn cấp huyện"
    draft = actions.draft_again(procedure, reason=reason, by=staff.secretary, at=at)
    content = deepcopy(draft.content)
    for variant in content["variants"]:
        variant["steps"] = [step for step in variant["steps"] if step.get("role") != _DISTRICT]
    draft = actions.save_draft(draft, content=content, started_from=draft.saved, by=staff.secretary, at=at)
    actions.submit(draft, by=staff.secretary, at=at)
    _review(draft, staff, at)


def _waiting_for_its_law(procedure: Procedure, staff: Staff, at: datetime) -> None:
    reason = f"Theo {COMING_LAW}, hiệu lực 01/03/2027"
    draft = actions.draft_again(procedure, reason=reason, by=staff.secretary, at=at)
    content = {**draft.content, "legal_basis": [*draft.content.get("legal_basis", ()), COMING_LAW]}
    draft = actions.save_draft(draft, content=content, started_from=draft.saved, by=staff.secretary, at=at)
    actions.submit(draft, by=staff.secretary, at=at)
    _review(draft, staff, at)
    actions.approve(draft, effective_on=COMING, decision="212/QĐ-UBND", by=staff.head, at=at)


_GOING_ON = {
    ("BX", "QT.XD.03"): _draft,
    ("BX", "QT.BT.02"): _under_review,
    ("BX", "QT.HT.01"): _waiting_for_its_law,
}
"""What has a second version: (agency, code of the procedure) -> what happens with it."""


def content_of(work: Work, known: dict[str, Agency]) -> dict[str, Any]:
    """Return the procedure's text: the agency's own name on it, or (planted) another agency's."""
    content = deepcopy(work.content)
    name = known[work.copied_from or work.agency].name
    content["processing_agency"] = name
    content["scope"] = f"Áp dụng tại {name}."
    for key in ("id", "province", "issuing_decision"):
        content.pop(key, None)
    basis = content.get("legal_basis") or ["NĐ 118/2025/NĐ-CP", "TT 03/2025/TT-VPCP"]
    content["legal_basis"] = [*basis, "TT 01/2018/TT-VPCP"] if work.expired_basis else basis
    return content
