"""The forms of the one-stop shop as PDF/A, set by typst with the shipped Liberation Serif.

The same form gives the same bytes: only the shipped fonts are used, and the date is the day of issue.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from chuan.writing.blocks import Table
from chuan.writing.one_stop.content import (
    SHORT,
    Block,
    Heading,
    Line,
    PaperName,
    PrintedForm,
    Sentence,
    Signatures,
    Title,
)
from chuan.writing.one_stop.forms import Form
from chuan.writing.one_stop.layout import laid_out
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.qr import qr_png
from chuan.writing.pdf import shipped_fonts
from chuan.writing.word import FIXED_DAY

_KINDS: dict[type, str] = {
    Heading: "heading",
    Title: "title",
    Line: "line",
    Sentence: "sentence",
    Table: "table",
    Signatures: "signatures",
}


def write_form_pdf(form: Form, numbering: Numbering, paper: PaperName = "a5") -> bytes:
    """Return the form as PDF/A; the book is A4 whatever `paper` says."""
    return write_forms_pdf([form], numbering, paper)


def write_forms_pdf(forms: Sequence[Form], numbering: Numbering, paper: PaperName = "a5") -> bytes:
    """Return several forms (at least one) in one PDF/A, each from a page of its own and with page numbers of its own.

    Title and day of the file are those of the first form.
    """
    import typst  # heavy: loaded when a file is written

    printed = [laid_out(form, numbering, paper) for form in forms]
    moment = datetime.combine(printed[0].issued_on or FIXED_DAY, time.min, UTC)
    return bytes(
        typst.compile(
            _template(),
            format="pdf",
            font_paths=shipped_fonts(),
            sys_inputs={"data": _as_data(printed)},
            pdf_standards=["a-2b"],
            timestamp=int(moment.timestamp()),
        )
    )


@cache
def _template() -> bytes:
    return (files("chuan.writing") / "templates" / "one_stop.typ").read_bytes()


def _as_data(printed: Sequence[PrintedForm]) -> str:
    first = printed[0]
    on = first.issued_on or FIXED_DAY
    data = {
        "title": first.title,
        "author": first.author,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "forms": [_as_form(one) for one in printed],
    }
    return json.dumps(data, ensure_ascii=False)


def _as_form(printed: PrintedForm) -> dict[str, object]:
    paper, blocks = printed.paper, printed.blocks
    return {
        "paper": asdict(paper) | {"title": paper.title, "state_width": paper.state_width},
        "running": printed.running,
        "all_pages": printed.all_pages,
        "qr": list(qr_png(printed.code)) if printed.code else [],
        "blocks": [_as_entry(block, after) for block, after in zip_longest(blocks, blocks[1:])],
    }


def _as_entry(block: Block, after: Block | None) -> dict[str, object]:
    signed = isinstance(after, Signatures) and _letters(block) < SHORT
    return asdict(block) | {"kind": _KINDS[type(block)], "signed": signed}


def _letters(block: Block) -> int:
    match block:
        case Sentence(text=text):
            return len(text)
        case Line(fields=fields):
            return sum(len(field.value) for field in fields)
    return SHORT
