"""Written procedures from files: taken in, read one by one in the background, looked at beside the original, accepted.

One bad file never stops the others: it stays in its batch with the reason. The original is kept as it was handed in.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.files.actions import store
from chuan.files.kinds import Kind
from chuan.files.models import StoredFile
from chuan.files.queries import opened
from chuan.formats.archive import Archive
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.procedures.actions import draft_again, drop, save_draft, start_procedure
from chuan.quality.procedures.content import parsed, step_count, stored
from chuan.quality.procedures.import_outline import outline
from chuan.quality.procedures.import_questions import answered, open_questions
from chuan.quality.procedures.models import ImportBatch, ImportedFile, Procedure, ProcedureVersion
from chuan.quality.services.models import PublicService
from chuan.reading.models import read_bpmn_procedure
from chuan.reading.procedures import Reading, read_procedures
from chuan.reading.procedures.folders import KINDS, is_collection
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

READABLE = frozenset({Kind.DOCX, Kind.XLSX, Kind.JSON, Kind.XML})
LARGEST_COLLECTION = 200 << 20
MOST_FILES = 500
_SKIPPED = ("~", ".")
Status = ImportedFile.Status


class TooManyFiles(Refusal):
    """More files than one batch takes."""

    def __str__(self) -> str:
        return _("Mỗi lần nhập nhiều nhất %(count)d tệp. Hãy chia thành nhiều lần.") % {"count": MOST_FILES}


class NothingToRead(Refusal):
    """No file, or a zip without one that could be a procedure."""

    def __str__(self) -> str:
        return _("Không có tệp nào để đọc. Cần tệp .docx, .xlsx, .json, .bpmn, hoặc một tệp .zip gồm các tệp đó.")


class NotReadYet(Refusal):
    """The file is not in a state in which it can be accepted."""

    def __str__(self) -> str:
        return _("Tệp này chưa đọc xong, không đọc được, hoặc đã nhận rồi.")


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


class WrittenSince(Refusal):
    """The draft was changed, or moved on, since it was accepted."""

    def __str__(self) -> str:
        return _(
            "Bản dự thảo đã được sửa hoặc đã trình, nên không hoàn tác được nữa. Có thể bỏ bản ấy ở trang quy trình."
        )


def take_in(
    handed_in: Iterable[tuple[str, bytes]], *, agency: Agency, name: str, by: Actor, at: datetime
) -> ImportBatch:
    """Store the files (a zip as the files in it) as a batch that waits to be read. Raises TooManyFiles, NothingToRead.

    What cannot be stored (empty, a PDF named .docx, a damaged zip) is a refused row with its reason.
    """
    require(by, Permission.WRITE_PROCEDURE, agency)
    with transaction.atomic():
        batch = ImportBatch(agency=agency, name=clean(name)[:200] or _("Nhập quy trình")).put(by=by, at=at)
        rows: list[ImportedFile] = []
        for path, content in _each(handed_in):
            if len(rows) == MOST_FILES:
                raise TooManyFiles
            rows.append(_row(batch, path, content, by, at))
        if not rows:
            raise NothingToRead
        ImportedFile.objects.add_many(rows)
        record("import_batch.take_in", by=by, at=at, subject=batch, facts={"agency": agency.key, "files": len(rows)})
    return batch


def _each(handed_in: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes | BadInput]]:
    for name, data in handed_in:
        try:
            collection = is_collection(data)
        except BadInput as problem:
            yield name, problem
            continue
        if collection:
            yield from _members(data)
        else:
            yield name, data


def _members(data: bytes) -> Iterator[tuple[str, bytes | BadInput]]:
    archive = Archive(data)
    for name in sorted(archive.names):
        last = PurePosixPath(name).name
        if "__MACOSX" in name or last.startswith(_SKIPPED) or not last.lower().endswith((*KINDS, ".bpmn")):
            continue
        try:
            yield name, archive.read(name)
        except BadInput as problem:
            yield name, problem


def _row(batch: ImportBatch, path: str, content: bytes | BadInput, by: Actor, at: datetime) -> ImportedFile:
    row = ImportedFile(batch=batch, name=clean(path)[-300:] or "?", created_at=at, created_by_id=by.account_id)
    try:
        if isinstance(content, BadInput):
            raise content
        row.source = store(content, path, allowed=READABLE, by=by.ref, at=at)
    except BadInput as problem:
        row.status, row.problem = Status.REFUSED, str(problem)
    return row


def read_file(key: str) -> None:
    """Read a file that waits: what was understood, or why not, is written down. A second time changes nothing."""
    rows = ImportedFile.objects.everywhere(reason="a job over one file, asked for by who handed it in")
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).select_related("source", "batch").get(key=key)
        if row.status != Status.WAITING or row.source is None:
            return
        try:
            reading = _read(row.source)
        except BadInput as problem:
            row.status, row.problem = Status.REFUSED, str(problem)
            row.save(update_fields=["status", "problem"])
            return
        _note(row, reading)


def _read(source: StoredFile) -> Reading:
    with opened(source) as file:
        data = file.read()
    if source.kind == Kind.XML:
        return Reading((read_bpmn_procedure(data, source.name),))
    return read_procedures(data, source.name)


def _note(row: ImportedFile, reading: Reading) -> None:
    """Write down what was read: the first procedure in this row, further ones of the file in rows of their own."""
    blocks = outline(reading.document)
    with_steps = [(index, one) for index, one in enumerate(reading.procedures) if step_count(one)]
    if not with_steps:
        raise BadInput("procedures.no_steps_in_json", name=row.name)
    further = []
    for number, (index, one) in enumerate(with_steps):
        target = row if number == 0 else ImportedFile(batch=row.batch, source=row.source, created_at=row.created_at)
        if number:
            target.created_by_id = row.created_by_id
            target.name = f"{row.name[:280]} ({number + 1}/{len(with_steps)})"
            further.append(target)
        places = {
            name.partition("/")[2]: [place.block, place.row]
            for name, place in reading.places.items()
            if name.partition("/")[0] == str(index)
        }
        target.reading = {"procedures": [stored(one)], "places": places, "outline": blocks}
        _count(target)
    row.save(update_fields=["reading", "status", "doubts"])
    ImportedFile.objects.add_many(further)


def _count(row: ImportedFile) -> None:
    row.doubts = len(open_questions(procedure_of(row), row.answers))
    row.status = Status.DOUBTFUL if row.doubts else Status.READ


def procedure_of(row: ImportedFile) -> Any:
    """Return the procedure as it was read, before any answer."""
    return parsed(row.reading["procedures"][0])


def answer(row: ImportedFile, answers: dict[str, Any], *, by: Actor) -> ImportedFile:
    """Write down answers to questions by name ({"choice": …, "typed": …}); None takes an answer back."""
    require(by, Permission.WRITE_PROCEDURE, row.batch.agency)
    with transaction.atomic():
        current = ImportedFile.objects.within(row.batch.agency).select_for_update(of=("self",)).get(pk=row.pk)
        if current.status not in (Status.READ, Status.DOUBTFUL):
            raise NotReadYet
        merged = {**current.answers, **answers}
        current.answers = {name: value for name, value in merged.items() if value is not None}
        _count(current)
        current.save(update_fields=["answers", "status", "doubts"])
    return current


def accept(row: ImportedFile, *, code: str, again: bool, by: Actor, at: datetime) -> ProcedureVersion:
    """Make a procedure with a first draft of the file; with `again`, a new draft of the procedure with that code.

    Raises NotReadYet, NoCode, CodeTaken, AlreadyBeingWritten.
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
        content = stored(written) | {"procedure_code": words}
        known = Procedure.objects.within(agency).filter(code=words).first()
        if known is not None and not again:
            raise CodeTaken
        reason = _("Nhập từ tệp %(name)s") % {"name": current.name}
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
        _count(current)
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
        allowed = (Status.READ, Status.DOUBTFUL, Status.REFUSED) if aside else (Status.DROPPED,)
        if current.status not in allowed:
            raise NotReadYet
        if aside:
            current.status = Status.DROPPED
        elif current.reading:
            _count(current)
        else:
            current.status = Status.REFUSED
        current.save(update_fields=["status", "doubts"])
    return current
