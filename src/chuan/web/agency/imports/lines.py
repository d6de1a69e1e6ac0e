"""The lines of a worklist: each file with its state, what is doubtful in it and where, why it was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chuan.organisations.models import Agency
from chuan.quality.procedures.content import parsed
from chuan.quality.procedures.import_questions import Question, open_questions
from chuan.quality.procedures.models import ImportedFile, Procedure
from chuan.text.messages import Message
from chuan.web.kit.words import worded

Status = ImportedFile.Status
KINDS = {
    Status.WAITING: "doing",
    Status.READ: "done",
    Status.DOUBTFUL: "soon",
    Status.REFUSED: "late",
    Status.ACCEPTED: "done",
    Status.DROPPED: "todo",
}
"""The shape in which a state of a file is shown."""
SHOWN = 3  # doubts of a file in the list; the rest stand on its own page


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubt in the list: where it stands, its sentence, and the anchor of its question on the page of the file."""

    where: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """Why a file was not accepted with the others, and the code that was typed beside it."""

    name: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A file of the list. `steps` and `doubtful` are counts, "" for a file in which no step was found.

    `more` doubts are not shown; `no_code` and `code_taken` keep a clear file from being accepted with the others;
    `refused` says that it was tried.
    """

    row: ImportedFile
    folder: str
    name: str
    kind: str
    word: str
    why: str
    steps: str
    doubtful: str
    doubts: tuple[Doubtful, ...]
    more: int
    no_code: bool
    code_taken: str
    refused: NotAccepted | None

    @property
    def asks(self) -> bool:
        """Whether there is anything to do before the file is accepted."""
        return bool(self.no_code or self.code_taken or self.doubts or self.refused)


def lines_of(rows: Sequence[ImportedFile], agency: Agency, refused: Mapping[str, NotAccepted]) -> list[Line]:
    """Return the lines of rows that carry `understood` and `said` (see `batch.files_of`). One query."""
    codes = {row.pk: _read(row).get("procedure_code") or "" for row in rows if row.status == Status.READ}
    taken = set(Procedure.objects.within(agency).filter(code__in=codes.values()).values_list("code", flat=True))
    words = {status.value: str(status.label) for status in Status}
    return [_line(row, words[row.status], codes.get(row.pk), taken, refused.get(row.key)) for row in rows]


def _line(row: ImportedFile, word: str, code: str | None, taken: set[str], refused: NotAccepted | None) -> Line:
    found = _read(row)
    asked = open_questions(parsed(found), row.answers) if row.status == Status.DOUBTFUL else []
    folder, _, name = row.name.rpartition("/")
    steps = sum(len(variant.get("steps", ())) for variant in found.get("variants", ()))
    return Line(
        row=row,
        folder=folder,
        name=name,
        kind=KINDS[Status(row.status)],
        word=word,
        why=reason(row, getattr(row, "said", None)),
        steps=str(steps or ""),
        doubtful=str(row.doubts) if steps else "",
        doubts=tuple(map(_doubtful, asked[:SHOWN])),
        more=max(0, len(asked) - SHOWN),
        no_code=code == "",
        code_taken=code if code in taken else "",
        refused=refused,
    )


def _read(row: ImportedFile) -> dict[str, Any]:
    procedures: list[dict[str, Any]] = getattr(row, "understood", None) or [{}]
    return procedures[0]


def _doubtful(question: Question) -> Doubtful:
    return Doubtful(question.doubt.where, worded(question.doubt.message), question.anchor)


def reason(row: ImportedFile, said: Mapping[str, Any] | None) -> str:
    """Return why the file was refused or put aside, in the reader's language where the message was kept."""
    return worded(Message(said["code"], said["values"])) if said else row.problem
