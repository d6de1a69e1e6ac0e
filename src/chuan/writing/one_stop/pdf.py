"""The forms of the one-stop shop as PDF/A, set by typst with the shipped Liberation Serif.

The same form gives the same bytes: only the shipped fonts are used, and the date is the day of issue.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files

from chuan.writing.blocks import Table
from chuan.writing.one_stop.content import Block, Heading, Line, PrintedForm, Sentence, Signatures, Title
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


def write_form_pdf(form: Form, numbering: Numbering) -> bytes:
    """Return the form as PDF/A."""
    import typst  # heavy: loaded when a file is written

    printed = laid_out(form, numbering)
    moment = datetime.combine(printed.issued_on or FIXED_DAY, time.min, UTC)
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


def _as_data(printed: PrintedForm) -> str:
    on = printed.issued_on or FIXED_DAY
    data = {
        "title": printed.title,
        "author": printed.author,
        "paper": asdict(printed.paper),
        "running": printed.running,
        "all_pages": printed.all_pages,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "qr": list(qr_png(printed.code)) if printed.code else [],
        "blocks": [_as_entry(block) for block in printed.blocks],
    }
    return json.dumps(data, ensure_ascii=False)


def _as_entry(block: Block) -> dict[str, object]:
    return asdict(block) | {"kind": _KINDS[type(block)]}
