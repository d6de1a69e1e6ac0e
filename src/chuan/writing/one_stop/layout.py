"""A form as blocks: which writer, which paper."""

from dataclasses import replace
from textwrap import wrap

from chuan.writing.one_stop.content import (
    A4_LYING,
    CAPITAL,
    PAPERS,
    QR_ROOM,
    Block,
    Heading,
    Paper,
    PaperName,
    PrintedForm,
    Title,
)
from chuan.writing.one_stop.forms import (
    Apology,
    ControlSheet,
    DayBook,
    Form,
    PaperSlip,
    Receipt,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from chuan.writing.one_stop.letters import apology, stop_notice
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.registers import control_sheet, day_book
from chuan.writing.one_stop.slips import paper_slip, receipt, refusal, supplement_request
from chuan.writing.one_stop.words import bind, issuer, padded, unbind, word
from chuan.writing.phrases import printable


def laid_out(form: Form, numbering: Numbering, paper: PaperName = "a5") -> PrintedForm:
    """Return the form as blocks, under the number and name that `numbering` gives it.

    The book is A4 whatever `paper` says: its columns need the room.
    """
    sheet = A4_LYING if isinstance(form, DayBook) else PAPERS[paper]
    name, blocks = _written(form, numbering, sheet)
    code = "" if isinstance(form, DayBook | PaperSlip) else printable(form.dossier_code)
    return PrintedForm(
        title=f"{numbering.name(name)} {code}".strip(),
        author=issuer(form.letterhead),
        paper=sheet,
        running=_running(form, code) or numbering.name(name),
        blocks=tuple(_balanced(block, sheet) for block in blocks),
        issued_on=form.letterhead.issued_on,
        all_pages=isinstance(form, DayBook),
    )


def _balanced(block: Block, paper: Paper) -> Block:
    """Break the names of agency, unit and form into lines of about one length, not one full line and a word."""
    match block:
        case Heading(agency=agency, unit=unit):
            letters = (paper.text_width - paper.state_width) / (CAPITAL * paper.head)
            return replace(block, agency=_lines(agency, letters), unit=_lines(unit, letters))
        case Title(name=name, code=code):
            room = paper.text_width - (QR_ROOM if code else 0)
            return replace(block, name=_lines(name, room / (CAPITAL * paper.title)))
    return block


def _lines(text: str, letters: float) -> str:
    """Return `text` in as few lines of at most `letters` as it takes, and these as narrow as they can be."""
    full, bound = int(letters), bind(text)
    lines = len(_wrapped(bound, full))
    narrow = next(width for width in range(1, full + 1) if len(_wrapped(bound, width)) <= lines)
    return unbind("\n".join(_wrapped(bound, narrow)))


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _running(form: Form, code: str) -> str:
    if isinstance(form, DayBook):
        return word("book_running", year=form.year, book=padded(form.book))
    if isinstance(form, PaperSlip):
        return word("slip", number=form.number)
    return word("running", code=code) if code else ""


def _written(form: Form, numbering: Numbering, paper: Paper) -> tuple[str, tuple[Block, ...]]:
    match form:
        case Receipt():
            return "receipt", tuple(receipt(form, numbering, paper))
        case PaperSlip():
            return "receipt", tuple(paper_slip(form, numbering, paper))
        case SupplementRequest():
            return "supplement_request", tuple(supplement_request(form, numbering))
        case Refusal():
            return "refusal", tuple(refusal(form, numbering))
        case Apology():
            return "apology", tuple(apology(form, numbering))
        case StopNotice():
            return "stop_notice", tuple(stop_notice(form, numbering))
        case ControlSheet():
            return "control_sheet", tuple(control_sheet(form, numbering, paper))
        case DayBook():
            return "day_book", tuple(day_book(form, numbering))
