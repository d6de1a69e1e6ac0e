"""A form as blocks: which writer, which paper."""

from chuan.writing.one_stop.content import A4, A4_LYING, A5, Block, Paper, PrintedForm
from chuan.writing.one_stop.forms import (
    Apology,
    ControlSheet,
    DayBook,
    Form,
    Receipt,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from chuan.writing.one_stop.letters import apology, stop_notice
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.registers import control_sheet, day_book
from chuan.writing.one_stop.slips import receipt, refusal, supplement_request
from chuan.writing.one_stop.words import issuer, padded, word
from chuan.writing.phrases import printable


def laid_out(form: Form, numbering: Numbering) -> PrintedForm:
    """Return the form as blocks, under the number and name that `numbering` gives it."""
    name, paper, blocks = _written(form, numbering)
    book = isinstance(form, DayBook)
    code = "" if isinstance(form, DayBook) else printable(form.dossier_code)
    return PrintedForm(
        title=f"{numbering.name(name)} {code}".strip(),
        author=issuer(form.letterhead),
        paper=paper,
        running=_running(form, code),
        blocks=blocks,
        issued_on=form.letterhead.issued_on,
        all_pages=book,
    )


def _running(form: Form, code: str) -> str:
    if isinstance(form, DayBook):
        return word("book_running", year=form.year, book=padded(form.book))
    return word("running", code=code) if code else ""


def _written(form: Form, numbering: Numbering) -> tuple[str, Paper, tuple[Block, ...]]:
    match form:
        case Receipt():
            return "receipt", A5, tuple(receipt(form, numbering))
        case SupplementRequest():
            return "supplement_request", A5, tuple(supplement_request(form, numbering))
        case Refusal():
            return "refusal", A5, tuple(refusal(form, numbering))
        case Apology():
            return "apology", A5, tuple(apology(form, numbering))
        case StopNotice():
            return "stop_notice", A5, tuple(stop_notice(form, numbering))
        case ControlSheet():
            return "control_sheet", A4, tuple(control_sheet(form, numbering))
        case DayBook():
            return "day_book", A4_LYING, tuple(day_book(form, numbering))
