"""Files of written procedures that were read: their questions answered, accepted as drafts, put aside, and back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.procedures.actions import draft_again, drop, save_draft, start_procedure
from chuan.quality.procedures.content import stored
from chuan.quality.procedures.import_questions import (
    EDITED,
    RIGHT,
    answered,
    count_questions,
    procedure_of,
    questions,
    value_meant,
)
from chuan.quality.procedures.models import ImportedFile, Procedure, ProcedureVersion
from chuan.quality.services.models import PublicService
from chuan.rules.authority import Permission
from chuan.rules.procedure.structure import Procedure as Written
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

Status = ImportedFile.Status


class NotReadYet(Refusal):
    """The file is not in a state in which it can be accepted."""

    def __str__(self) -> str:
        return _("Tệp này chưa đọc xong, không đọc được, hoặc đã nhận rồi.")


class NoAnswer(Refusal):
    """A question that wants a value was answered without one, or with words that say none."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        if self.words:
            words = _("Chưa hiểu “%(words)s”. Hãy ghi số kèm đơn vị, ví dụ “0,5 ngày làm việc”, “4 giờ”.")
            return words % {"words": self.words}
        return _("Chỗ này bản gốc không cho biết nên không thể trả lời “Đúng vậy”. Hãy ghi vào ô, hoặc để sửa sau.")


class CodeTaken(Refusal):
    """The agency has a procedure with this code; a new draft of it must be wished for."""

    def __str__(self) -> str:
        return _(
            "Cơ quan đã có quy trình mang ký hiệu này. Hãy chọn tạo bản dự thảo mới của quy trình ấy, hoặc đổi ký hiệu."
        )


class NoCode(Refusal):
    """A procedure needs a code."""

    def __str__(self) -> str:
        return _("Quy trình cần một ký hiệu, ví dụ QT.XD.03.")


class NoName(Refusal):
    """A procedure needs a name."""

    def __str__(self) -> str:
        return _("Không thấy tên quy trình trong tệp. Hãy ghi tên rồi nhận.")


class WrittenSince(Refusal):
    """The draft was changed, or moved on, since it was accepted."""

    def __str__(self) -> str:
        return _(
            "Bản dự thảo đã được sửa hoặc đã trình, nên không hoàn tác được nữa. Có thể bỏ bản ấy ở trang quy trình."
        )


def answer(row: ImportedFile, answers: dict[str, Any], *, by: Actor) -> ImportedFile:
    """Write down answers to questions by name ({"choice": …, "typed": …}); None takes an answer back.

    Raises NotReadYet, NoAnswer.
    """
    require(by, Permission.WRITE_PROCEDURE, row.batch.agency)
    with transaction.atomic():
        current = ImportedFile.objects.within(row.batch.agency).select_for_update(of=("self",)).get(pk=row.pk)
        if current.status not in (Status.READ, Status.DOUBTFUL):
            raise NotReadYet
        _require_values(current, answers)
        merged = {**current.answers, **answers}
        current.answers = {name: value for name, value in merged.items() if value is not None}
        count_questions(current)
        current.save(update_fields=["answers", "status", "doubts"])
    return current


def _require_values(row: ImportedFile, answers: dict[str, Any]) -> None:
    for question in questions(procedure_of(row)):
        given = answers.get(question.name) or {}
        if given.get("choice") == RIGHT and not question.confirmable:
            raise NoAnswer("")
        if given.get("choice") == EDITED and question.asks:
            words = clean(given["typed"].get(question.asks, ""))
            if not value_meant(question, words):
                raise NoAnswer(words)


def accept(
    row: ImportedFile,
    *,
    code: str,
    name: str = "",
    service_code: str | None = None,
    again: bool,
    by: Actor,
    at: datetime,
) -> ProcedureVersion:
    """Make a procedure with a first draft of the file; with `again`, a new draft of the procedure with that code.

    `name` and `service_code` stand in place of those that were read. The issue and day of the original are kept in
    the reason: the draft gets a number of its own and the day of its approval. Raises NotReadYet, NoCode, NoName,
    CodeTaken, AlreadyBeingWritten, ValidationError (code or name too long).
    """
    agency = row.batch.agency
    require(by, Permission.WRITE_PROCEDURE, agency)
    with transaction.atomic():
        current = ImportedFile.objects.within(agency).select_for_update(of=("self",)).get(pk=row.pk)
        if current.status not in (Status.READ, Status.DOUBTFUL):
            raise NotReadYet
        if not (words := clean(code)):
            raise NoCode
        written = answered(procedure_of(current), current.answers)
        reason = _reason(current, written)
        written = replace(
            written,
            name=clean(name) or written.name,
            service_code=written.service_code if service_code is None else clean(service_code),
            issue="",
            issued_on="",
        )
        if not written.name:
            raise NoName
        content = stored(written) | {"procedure_code": words}
        known = Procedure.objects.within(agency).filter(code=words).first()
        if known is not None and not again:
            raise CodeTaken
        if known is not None:
            version = draft_again(known, reason=reason, by=by, at=at)
            version.change(source=current.source)
            version = save_draft(version, content=content, started_from=version.saved, by=by, at=at)
        else:
            services = _services(agency, written.service_code)
            version = start_procedure(
                agency=agency,
                code=words,
                content=content,
                services=services,
                source=current.source,
                reason=reason,
                by=by,
                at=at,
            )
        current.change(status=Status.ACCEPTED, procedure=version.procedure)
        record("imported_file.accept", by=by, at=at, subject=current, facts={"procedure": version.procedure.key})
    return version


def _reason(row: ImportedFile, written: Written) -> str:
    """Return why the draft was begun: the file, with the issue and the day that it says of itself."""
    said = _("Nhập từ tệp %(name)s") % {"name": row.name}
    if written.issue:
        said += _(", bản gốc lần ban hành %(issue)s") % {"issue": written.issue}
    if written.issued_on:
        said += _(", ngày ban hành %(day)s") % {"day": written.issued_on}
    return said


def _services(agency: Agency, code: str) -> list[PublicService]:
    catalogue = PublicService.objects.everywhere(reason="the catalogue of the province is its agencies' too")
    return list(catalogue.filter(agency__province_id=agency.province_id, code=code)) if code else []


def take_back(row: ImportedFile, *, by: Actor, at: datetime) -> ImportedFile:
    """Undo the acceptance while the draft is as it was accepted. Raises NotReadYet, WrittenSince.

    A procedure that began with it goes too; a new draft of an older one is dropped.
    """
    agency = row.batch.agency
    require(by, Permission.WRITE_PROCEDURE, agency)
    with transaction.atomic():
        current = ImportedFile.objects.within(agency).select_for_update(of=("self",)).get(pk=row.pk)
        if current.status != Status.ACCEPTED or current.procedure is None:
            raise NotReadYet
        procedure = current.procedure
        versions = ProcedureVersion.objects.within(agency).filter(procedure=procedure)
        draft = versions.filter(state="draft", source=current.source).first()
        if draft is None or draft.saved > (0 if draft.number == 1 else 1):
            raise WrittenSince
        current.procedure = None
        count_questions(current)
        current.save(update_fields=["procedure", "status", "doubts"])
        record("imported_file.take_back", by=by, at=at, subject=current, facts={"procedure": procedure.key})
        if versions.count() == 1 and draft.number == 1:
            procedure.delete()
        else:
            drop(draft, by=by, at=at)
    return current


def set_aside(row: ImportedFile, *, aside: bool, by: Actor) -> ImportedFile:
    """Drop a file of the worklist, or (`aside` False) take it up again."""
    require(by, Permission.WRITE_PROCEDURE, row.batch.agency)
    with transaction.atomic():
        current = ImportedFile.objects.within(row.batch.agency).select_for_update(of=("self",)).get(pk=row.pk)
        allowed = (Status.WAITING, Status.READ, Status.DOUBTFUL, Status.REFUSED) if aside else (Status.DROPPED,)
        if current.status not in allowed:
            raise NotReadYet
        if aside:
            current.status = Status.DROPPED
        elif "procedures" in current.reading:
            count_questions(current)
        else:
            current.status = Status.REFUSED if current.problem else Status.WAITING
        current.save(update_fields=["status", "doubts"])
    return current
