"""The forms of the one-stop shop as Word files, from the same blocks as the PDF. The same form gives the same bytes."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

from chuan.writing.one_stop.content import PaperName, PrintedForm
from chuan.writing.one_stop.forms import Form
from chuan.writing.one_stop.layout import laid_out
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.word import FIXED_DAY, with_fixed_times


def write_form_word(form: Form, numbering: Numbering, paper: PaperName = "a5") -> bytes:
    """Return the form as a .docx; the book is A4 whatever `paper` says."""
    from docx import Document  # heavy: loaded when a file is written

    from chuan.writing.one_stop.word_blocks import add_block
    from chuan.writing.one_stop.word_page import set_form_page

    printed = laid_out(form, numbering, paper)
    document = Document()
    set_form_page(document, printed)
    for block in printed.blocks:
        add_block(document, block, printed.paper)
    _say_what_it_is(document, printed)
    raw = BytesIO()
    document.save(raw)
    return with_fixed_times(raw.getvalue())


def _say_what_it_is(document: Any, printed: PrintedForm) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = printed.title[:255], printed.author[:255], ""
    facts.comments, facts.language, facts.revision = "", "vi-VN", 1
    facts.created = facts.modified = datetime.combine(printed.issued_on or FIXED_DAY, time.min)
