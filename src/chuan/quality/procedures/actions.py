"""Writes on procedures: begin, save drafts, move versions along, bring into force, acknowledge, adopt."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.files.models import StoredFile
from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.kernel.scoping import require
from chuan.kernel.transitions import begin, move
from chuan.organisations.models import Agency
from chuan.quality.procedures.content import parsed, step_count
from chuan.quality.procedures.models import (
    Acknowledgement,
    DraftSaved,
    Procedure,
    ProcedureService,
    ProcedureVersion,
)
from chuan.quality.services.models import PublicService
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record

KEPT_SAVES = 100
_OWN_VERSIONS = "the procedure was checked; its versions are its parts"


class SavedMeanwhile(Refusal):
    """Somebody else saved the draft since it was opened."""

    def __str__(self) -> str:
        return _(
            "Người khác vừa lưu bản dự thảo này sau khi bạn mở. Phần bạn vừa gõ chưa mất: "
            "hãy tải lại trang để xem bản mới rồi nhập lại chỗ cần sửa."
        )


class NotADraft(Refusal):
    """Only a draft can be written."""

    def __str__(self) -> str:
        return _("Phiên bản này không còn là dự thảo nên không sửa được. Hãy tạo bản dự thảo mới.")


class NotYetInForce(Refusal):
    """The day of effect has not come."""

    def __str__(self) -> str:
        return _("Chưa đến ngày có hiệu lực đã ghi, nên chưa thể đưa vào áp dụng.")


class AlreadyBeingWritten(Refusal):
    """The procedure has a draft already."""

    def __str__(self) -> str:
        return _("Quy trình đang có một bản dự thảo; hãy sửa tiếp bản đó.")


def start_procedure(
    *,
    agency: Agency,
    code: str,
    content: dict[str, Any],
    services: Iterable[PublicService] = (),
    source: StoredFile | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> ProcedureVersion:
    """Begin a procedure of `agency` with a first draft; `content` has the JSON shape of docs/formats.md.

    Raises NotAllowed, BadInput (the content), ValidationError (code in use).
    """
    require(by, Permission.WRITE_PROCEDURE, agency)
    written = parsed(content)
    procedure = Procedure(agency=agency, code=clean(code), name=clean(written.name), field=clean(written.field))
    procedure.search_text = fold(f"{procedure.name} {procedure.code} {written.service_code}")[:700]
    with transaction.atomic():
        procedure.put(by=by, at=at)
        ProcedureService.objects.bulk_create(
            [ProcedureService(procedure=procedure, service=service) for service in services]
        )
        record("procedure.start", by=by, at=at, subject=procedure, facts={"agency": agency.key, "code": procedure.code})
        return _begin_version(procedure, 1, content, step_count(written), source, reason, by, at)


def draft_again(procedure: Procedure, *, reason: str = "", by: Actor, at: datetime) -> ProcedureVersion:
    """Begin the next version as a copy of the latest one. Raises AlreadyBeingWritten."""
    require(by, Permission.WRITE_PROCEDURE, procedure.agency)
    latest = procedure.versions.everywhere(reason=_OWN_VERSIONS).exclude(state="dropped").first()
    if latest is not None and latest.state in ("draft", "review"):
        raise AlreadyBeingWritten
    last = procedure.versions.everywhere(reason=_OWN_VERSIONS).first()
    content = latest.content if latest else {"name_vi": procedure.name, "variants": []}
    with transaction.atomic():
        number = last.number + 1 if last else 1
        return _begin_version(procedure, number, content, latest.step_count if latest else 0, None, reason, by, at)


def _begin_version(
    procedure: Procedure,
    number: int,
    content: dict[str, Any],
    steps: int,
    source: StoredFile | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> ProcedureVersion:
    version = ProcedureVersion(
        procedure=procedure, number=number, content=content, step_count=steps, source=source, reason=reason, saved_at=at
    )
    begin(version, by=by, at=at)
    return version


def save_draft(
    version: ProcedureVersion, *, content: dict[str, Any], started_from: int, by: Actor, at: datetime
) -> ProcedureVersion:
    """Save a draft that was opened at its save number `started_from`; the earlier text is kept for undo.

    Raises NotADraft, SavedMeanwhile (nothing is overwritten), BadInput (the content).
    """
    procedure = version.procedure
    require(by, Permission.WRITE_PROCEDURE, procedure.agency)
    written = parsed(content)
    with transaction.atomic():
        current = ProcedureVersion.objects.within(procedure.agency).select_for_update().get(pk=version.pk)
        if current.state != "draft":
            raise NotADraft
        if current.saved != started_from:
            raise SavedMeanwhile
        DraftSaved(version=current, saved=current.saved, content=current.content).put(by=by, at=at)
        current.change(content=content, step_count=step_count(written), saved=started_from + 1, saved_at=at)
        old = current.saves.filter(saved__lte=current.saved - KEPT_SAVES)
        old.delete()
        name = clean(written.name) or procedure.name
        search = fold(f"{name} {procedure.code} {written.service_code}")[:700]
        if current.number == 1 and (name != procedure.name or search != procedure.search_text):
            procedure.change(name=name, field=clean(written.field), search_text=search)
    return current


def restore_save(
    version: ProcedureVersion, *, saved: int, started_from: int, by: Actor, at: datetime
) -> ProcedureVersion:
    """Bring an earlier save of the draft back, as a new save on top (so that this too can be undone)."""
    earlier = version.saves.get(saved=saved)
    return save_draft(version, content=earlier.content, started_from=started_from, by=by, at=at)


def submit(version: ProcedureVersion, *, by: Actor, at: datetime, note: str = "") -> None:
    """Hand the draft over for review."""
    move(version, "review", agency=version.procedure.agency, by=by, at=at, note=note)


def send_back(version: ProcedureVersion, *, by: Actor, at: datetime, note: str = "") -> None:
    """Send the draft back to its writer, with the reason."""
    move(version, "draft", agency=version.procedure.agency, by=by, at=at, note=note)


def drop(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Give a draft up; it stays readable in the history."""
    move(version, "dropped", agency=version.procedure.agency, by=by, at=at)


def approve(version: ProcedureVersion, *, effective_on: date, decision: str, by: Actor, at: datetime) -> None:
    """Approve the version by `decision`; it may take effect on a later day."""
    with transaction.atomic():
        require(by, Permission.APPROVE_PROCEDURE, version.procedure.agency)
        version.change(effective_on=effective_on, decision=clean(decision))
        move(version, "approved", agency=version.procedure.agency, by=by, at=at, note=version.decision)


def bring_into_force(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Let an approved version take effect; the one in force until now is replaced. Raises NotYetInForce."""
    procedure = version.procedure
    today = at.date()
    if version.effective_on is None or version.effective_on > today:
        raise NotYetInForce
    with transaction.atomic():
        current = (
            ProcedureVersion.objects.within(procedure.agency).filter(procedure=procedure, state="in_force").first()
        )
        if current is not None:
            current.change(ended_on=version.effective_on)
            move(current, "replaced", agency=procedure.agency, by=by, at=at)
        move(version, "in_force", agency=procedure.agency, by=by, at=at)
        if not procedure.in_force:
            procedure.change(in_force=True)


def acknowledge(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Write down that the actor has read the version; a second time changes nothing."""
    require(by, Permission.ACKNOWLEDGE_PROCEDURE, version.procedure.agency)
    if by.account_id is None:
        raise NotAllowed
    with transaction.atomic():
        if version.acknowledgements.within(version.procedure.agency).filter(account_id=by.account_id).exists():
            return
        Acknowledgement(version=version, account_id=by.account_id).put(by=by, at=at)
        record("procedure_version.acknowledge", by=by, at=at, subject=version)


def adopt(original: Procedure, *, agency: Agency, code: str, by: Actor, at: datetime) -> ProcedureVersion:
    """Take the province's procedure as the agency's own first draft, linked to the version it came from."""
    current = original.versions.visible_to(by).filter(state="in_force").get()
    with transaction.atomic():
        version = start_procedure(
            agency=agency,
            code=code,
            content=current.content,
            services=list(PublicService.objects.visible_to(by).filter(procedures=original)),
            reason=_("Áp dụng quy trình của %(agency)s, lần ban hành %(number)02d")
            % {"agency": original.agency, "number": current.number},
            by=by,
            at=at,
        )
        version.procedure.change(adopted_from=original, adopted_version=current)
    return version
