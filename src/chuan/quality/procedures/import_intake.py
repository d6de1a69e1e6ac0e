"""Files of written procedures taken in: stored at once, then zips are unpacked and files read in the background.

A zip is first a file of its batch like any other; unpacking puts its members in its place. One bad file never stops the
others: it stays in its batch with the reason. Every original is kept as it was handed in.
"""

import io
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chuan.files.actions import forget, store
from chuan.files.kinds import Kind, sniff
from chuan.files.models import StoredFile
from chuan.files.queries import opened
from chuan.formats.archive import Archive
from chuan.formats.docx import refuse_other_kinds
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.procedures.content import step_count, stored
from chuan.quality.procedures.import_names import with_names_asked
from chuan.quality.procedures.import_outline import outline
from chuan.quality.procedures.import_questions import count_questions
from chuan.quality.procedures.models import ImportBatch, ImportedFile
from chuan.quality.procedures.notices import tell_of_reading
from chuan.reading.procedures import Reading, read_procedures
from chuan.reading.procedures.folders import is_junk
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput, Message, message
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

READABLE = frozenset({Kind.DOCX, Kind.XLSX, Kind.JSON, Kind.XML})
LARGEST_COLLECTION = 200 << 20
MOST_FILES = 500
_AT_ONCE = 20  # members of a zip that are unpacked in one transaction
_TAKEN = ".docx, .xlsx, .json, .bpmn, .zip"
_WORD_NAMES = (".doc", ".docx", ".pdf")
_WHY = "a job over one batch, asked for by who handed it in"
Status = ImportedFile.Status


class TooManyFiles(Refusal):
    """More files than one batch takes."""

    def __str__(self) -> str:
        return _("Mỗi lần nhập nhiều nhất %(count)d tệp. Hãy chia thành nhiều lần.") % {"count": MOST_FILES}


class NothingToRead(Refusal):
    """No file was handed in."""

    def __str__(self) -> str:
        return _("Không có tệp nào để đọc. Cần tệp .docx, .xlsx, .json, .bpmn, hoặc một tệp .zip gồm các tệp đó.")


def take_in(
    handed_in: Iterable[tuple[str, BinaryIO]], *, agency: Agency, name: str, by: Actor, at: datetime
) -> ImportBatch:
    """Store the files as a batch that waits to be unpacked and read. Raises TooManyFiles, NothingToRead.

    What cannot be stored (empty, a PDF named .docx, a damaged zip) is a refused row with its reason.
    """
    require(by, Permission.WRITE_PROCEDURE, agency)
    files = [(path, source) for path, source in handed_in if not is_junk(path)]
    if len(files) > MOST_FILES:
        raise TooManyFiles
    if not files:
        raise NothingToRead
    with transaction.atomic():
        batch = ImportBatch(agency=agency, name=clean(name)[:200] or _("Nhập quy trình")).put(by=by, at=at)
        rows = [_row(batch, path, source, by.ref, by.account_id, at) for path, source in files]
        ImportedFile.objects.add_many(rows)
        record("import_batch.take_in", by=by, at=at, subject=batch, facts={"agency": agency.key, "files": len(rows)})
    return batch


def _row(
    batch: ImportBatch, path: str, source: BinaryIO | BadInput, ref: str, account: int | None, at: datetime
) -> ImportedFile:
    row = ImportedFile(batch=batch, name=clean(path)[-300:] or "?", created_at=at, created_by_id=account)
    try:
        if isinstance(source, BadInput):
            raise source
        row.source = _stored(source, path, ref, at)
    except BadInput as problem:
        _refuse(row, problem)
    return row


def _stored(source: BinaryIO, path: str, ref: str, at: datetime) -> StoredFile:
    if sniff(source) is Kind.ZIP:
        return store(source, path, allowed={Kind.ZIP}, by=ref, at=at, limit=LARGEST_COLLECTION)
    if path.lower().endswith(_WORD_NAMES):
        refuse_other_kinds(source.read())
    try:
        return store(source, path, allowed=READABLE, by=ref, at=at)
    except BadInput as problem:
        said = problem.message
        if "wanted" in said.values:  # of all names that these kinds may have, those that hold a procedure
            raise BadInput(said.code, **{**said.values, "wanted": _TAKEN}) from problem
        raise


def _refuse(row: ImportedFile, problem: BadInput) -> None:
    """Keep the reason: as a sentence, and as a message that a page can word in another language."""
    row.status = Status.REFUSED
    _say(row, problem.message)


def _say(row: ImportedFile, said: Message) -> None:
    row.problem = said.text()
    row.reading = row.reading | {"said": {"code": said.code, "values": dict(said.values)}}


def zips_waiting(batch: str) -> list[ImportedFile]:
    """Return the zips of the batch with this key that are not unpacked yet."""
    rows = _rows(batch).filter(status=Status.WAITING, source__kind=Kind.ZIP)
    return list(rows.select_related("source", "batch").order_by("id"))


def files_waiting(batch: str) -> list[str]:
    """Return the keys of the files of the batch that wait to be read, zips left out."""
    rows = _rows(batch).filter(status=Status.WAITING).exclude(source__kind=Kind.ZIP)
    return list(rows.order_by("id").values_list("key", flat=True))


def _rows(batch: str) -> QuerySet[ImportedFile]:
    return ImportedFile.objects.everywhere(reason=_WHY).filter(batch__key=batch)


def unpack(zipped: ImportedFile, *, begin: int, told: Callable[[int, int], None], at: datetime) -> None:
    """Put the members of a zip into its batch, from number `begin` on, some at a time; then the zip itself goes.

    `told(done, total)` is called in the transaction of each lot, so that cut off anywhere it goes on after the last.
    A zip that cannot be opened, or holds nothing or too much, is refused as a whole.
    """
    if (source := zipped.source) is None:
        return
    try:
        archive, names = _opened(source)
    except BadInput as problem:
        _refuse(zipped, problem)
        zipped.save(update_fields=["status", "problem", "reading"])
        return
    for start in range(begin, len(names), _AT_ONCE):
        with transaction.atomic():
            lot = [_member(zipped, archive, name, at) for name in names[start : start + _AT_ONCE]]
            ImportedFile.objects.add_many(lot)
            told(min(start + _AT_ONCE, len(names)), len(names))
    with transaction.atomic():
        zipped.delete()
        forget(source)


def _opened(source: StoredFile) -> tuple[Archive, list[str]]:
    with opened(source) as file:
        archive = Archive(file.read())
    names = sorted(name for name in archive.names if not is_junk(name))
    if not names:
        raise BadInput("archive.nothing_inside", name=source.name)
    if len(names) > MOST_FILES:
        raise BadInput("archive.too_many", count=len(names), limit=MOST_FILES)
    return archive, names


def _member(zipped: ImportedFile, archive: Archive, name: str, at: datetime) -> ImportedFile:
    source: BinaryIO | BadInput
    try:
        source = io.BytesIO(archive.read(name))
        if sniff(source) is Kind.ZIP:
            source = BadInput("archive.nested", name=name)
    except BadInput as problem:
        source = problem
    uploader = zipped.source.uploaded_by if zipped.source else ""
    return _row(zipped.batch, name, source, uploader, zipped.created_by_id, at)


def read_file(key: str, *, at: datetime) -> None:
    """Read a file that waits: what was understood, or why not, is written down. A second time changes nothing.

    The last file of a batch tells who handed it in, if there is something to look at.
    """
    rows = ImportedFile.objects.everywhere(reason=_WHY)
    row = rows.select_related("source").get(key=key)
    if row.status != Status.WAITING or row.source is None:
        return
    problem, reading = None, None
    try:
        reading = _read(row.source, row.name)
    except BadInput as refused:
        problem = refused
    with transaction.atomic():
        batches = ImportBatch.objects.everywhere(reason=_WHY).select_for_update(of=("self",)).select_related("agency")
        batch = batches.get(pk=row.batch_id)  # one by one: the last of a batch knows that it is the last
        row = rows.select_for_update(of=("self",)).select_related("source", "batch__agency").get(key=key)
        if row.status != Status.WAITING:
            return
        if reading is not None:
            _note(row, reading)
        elif problem is not None:
            _refuse(row, problem)
            row.save(update_fields=["status", "problem", "reading"])
        tell_of_reading(batch, at=at)


def _read(source: StoredFile, name: str) -> Reading:
    """Return what stands in the file; BadInput when nothing can be read or it has no step."""
    with opened(source) as file:
        data = file.read()
    reading = read_procedures(data, source.name)
    if not any(map(step_count, reading.procedures)):
        raise BadInput("procedures.no_steps_in_json", name=name)
    return reading


def _note(row: ImportedFile, reading: Reading) -> None:
    """Write down what was read: the first procedure in this row, further ones of the file in rows of their own.

    An exact copy of an earlier file of the batch is put aside, saying of which.
    """
    twin = _twin(row)
    blocks = outline(reading.document)
    with_steps = [(index, one) for index, one in enumerate(reading.procedures) if step_count(one)]
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
        target.reading = {
            "procedures": [stored(with_names_asked(one, row.batch.agency))],
            "places": places,
            "outline": blocks,
        }
        count_questions(target)
        if twin is not None:
            target.status = Status.DROPPED
            _say(target, message("files.same_as", name=twin.name))
    row.save(update_fields=["reading", "status", "doubts", "problem"])
    ImportedFile.objects.add_many(further)


def _twin(row: ImportedFile) -> ImportedFile | None:
    """Return an earlier file of the batch with the same bytes."""
    earlier = _rows(row.batch.key).filter(id__lt=row.pk, source__sha256=row.source.sha256 if row.source else "")
    return earlier.exclude(source=row.source).order_by("id").first()
