"""An imported file as its page shows it: the original with letters, what was understood, the questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chuan.quality.procedures.drafting import TypedStep
from chuan.quality.procedures.drafting import shown as typed_rows
from chuan.quality.procedures.import_questions import (
    EDITED,
    Question,
    answered,
    open_questions,
    procedure_of,
    questions,
)
from chuan.quality.procedures.models import ImportedFile
from chuan.rules.procedure.remarks import Remark, Severity
from chuan.rules.procedure.structure import Procedure
from chuan.web.agency.procedures.words import limit_words, time_words, total_words
from chuan.web.kit.words import worded

CLEAR, LOOK, WRONG = "done", "soon", "late"
_ASKED_TOO = {"missing_time": "time", "missing_position": "role", "missing_title": "title", "no_total": "committed"}
"""Rules of the validator that say again what an open question asks for."""
_WANT_A_LOOK = frozenset({"zero_time"})
"""Remarks of the validator that a step shows although they may be right: the reading may have lost the amount."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its letter; `choice` is the answer given, "" while it is open."""

    letter: str
    question: Question
    text: str
    choice: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as understood, its time in words, its state, its questions, what is wrong with it or worth a look."""

    typed: TypedStep
    time: tuple[str, str]
    state: str
    asked: tuple[Asked, ...]
    wrong: tuple[str, ...]
    remarked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A part of the procedure besides the steps: what was understood; empty when the original does not say it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """Both halves of the page. `clear` of `items` steps and facts ask nothing."""

    procedure: Procedure
    facts: tuple[Fact, ...]
    asked: tuple[Asked, ...]
    variants: tuple[tuple[str, tuple[ShownStep, ...], str], ...]
    blocks: tuple[Mapping[str, Any], ...]
    wrong: tuple[str, ...]
    open: int
    answered: int


def shown_file(row: ImportedFile, remarks: Sequence[Remark]) -> ShownFile:
    """Return the page of a file that was read; `remarks` are the validator's on the answered procedure."""
    read = procedure_of(row)
    now = answered(read, row.answers)
    asked = _asked(read, row.answers)
    faults = [one for one in remarks if one.severity is Severity.WRONG and not _said_by_question(one, asked)]
    remarked = [one for one in remarks if one.rule in _WANT_A_LOOK]
    variants = tuple(
        (
            variant.name if len(now.variants) > 1 else "",
            tuple(
                _step(
                    typed,
                    time_words(variant.steps, index),
                    [a for a in asked if (a.question.variant, a.question.step) == (at, index)],
                    [worded(f.message) for f in faults if (f.variant, f.step) == (at, index)],
                    [worded(f.message) for f in remarked if (f.variant, f.step) == (at, index)],
                )
                for index, typed in enumerate(typed_rows(variant.steps))
            ),
            total_words(now, variant),
        )
        for at, variant in enumerate(now.variants)
    )
    return ShownFile(
        procedure=now,
        facts=tuple(_facts(now)),
        asked=tuple(one for one in asked if one.question.step < 0),
        variants=variants,
        blocks=tuple(_blocks(row.reading, asked)),
        wrong=tuple(worded(one.message) for one in faults if one.step is None),
        open=sum(not one.choice for one in asked),
        answered=sum(bool(one.choice) for one in asked),
    )


def _asked(read: Procedure, answers: Mapping[str, Any]) -> list[Asked]:
    still_open = {question.name for question in open_questions(read, answers)}

    def choice(name: str) -> str:
        return "" if name in still_open else answers.get(name, {}).get("choice", EDITED)

    return [
        Asked(letter(number), question, worded(question.doubt.message), choice(question.name))
        for number, question in enumerate(questions(read))
    ]


def _said_by_question(remark: Remark, asked: Sequence[Asked]) -> bool:
    """Return whether a question on the page says the same: a name of another agency is always one."""
    if remark.rule == "other_agency":
        return any(one.question.of_agency for one in asked)
    wanted = _ASKED_TOO.get(remark.rule)
    place = (-1, -1) if remark.step is None else (remark.variant, remark.step)
    return any(
        wanted and not one.choice and one.question.asks == wanted and (one.question.variant, one.question.step) == place
        for one in asked
    )


def letter(number: int) -> str:
    """Return a, b, … z, aa, ab …"""
    more, rest = divmod(number, 26)
    return (letter(more - 1) if more else "") + chr(ord("a") + rest)


def _step(
    typed: TypedStep, time: tuple[str, str], asked: list[Asked], wrong: list[str], remarked: list[str]
) -> ShownStep:
    look = remarked or any(not one.choice for one in asked)
    return ShownStep(
        typed, time, WRONG if wrong else LOOK if look else CLEAR, tuple(asked), tuple(wrong), tuple(remarked)
    )


def _facts(one: Procedure) -> list[Fact]:
    count = _("%(count)d mục")
    lists = (
        (_("Thành phần hồ sơ"), one.components),
        (_("Biểu mẫu"), one.forms),
        (_("Căn cứ pháp lý"), one.legal_basis),
        (_("Kết quả"), one.results),
        (_("Hồ sơ lưu"), one.records),
    )
    return [
        Fact(_("Tên quy trình"), one.name),
        Fact(_("Ký hiệu"), one.procedure_code),
        Fact(_("Lần ban hành"), one.issue),
        Fact(_("Ngày ban hành"), one.issued_on),
        Fact(_("Mã thủ tục hành chính"), one.service_code),
        Fact(_("Thời hạn cam kết"), one.committed_text or limit_words(one.committed)),
        Fact(_("Phí, lệ phí"), one.fee),
        *(Fact(name, count % {"count": len(entries)} if entries else "") for name, entries in lists),
    ]


def _blocks(reading: Mapping[str, Any], asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the blocks of the original with the letters of the questions at their places."""
    marks: dict[tuple[int, int], list[Asked]] = {}
    for one in asked:
        place = reading["places"].get(f"{one.question.variant}/{one.question.step}")
        if one.question.step < 0:
            place = [one.question.doubt.place, -1] if one.question.doubt.place >= 0 else None
        if place:
            marks.setdefault((place[0], place[1]), []).append(one)
    found = []
    for number, block in enumerate(reading["outline"]):
        if "rows" in block:
            rows = [(cells, marks.get((number, at), [])) for at, cells in enumerate(block["rows"])]
            found.append({"rows": rows, "marks": marks.get((number, -1), [])})
        elif block["text"]:
            found.append(block | {"marks": marks.get((number, -1), [])})
    return found
