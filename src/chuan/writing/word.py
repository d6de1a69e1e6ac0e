"""Procedures as Word files: the blocks of a layout with the typography of NĐ 30/2020/NĐ-CP, Annex I.

The same procedure and cover give the same bytes: times in the archive and in the properties are fixed.
"""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Literal

from chuan.rules.procedure.structure import Procedure
from chuan.text.messages import BadInput
from chuan.writing.blocks import Printed
from chuan.writing.classic import classic
from chuan.writing.cover import Cover
from chuan.writing.hatinh import hatinh

Layout = Literal["classic", "hatinh"]
LAYOUTS: dict[Layout, Callable[[Procedure, Cover], Printed]] = {"classic": classic, "hatinh": hatinh}
FIXED_DAY = date(2020, 1, 1)
_FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_word(procedure: Procedure, *, cover: Cover, layout: Layout = "classic") -> bytes:
    """Return the procedure as a .docx. BadInput `writing.no_steps` when it has none."""
    return printed_as_word(laid_out(procedure, cover, layout), cover)


def laid_out(procedure: Procedure, cover: Cover, layout: Layout) -> Printed:
    """Return the blocks of the layout. BadInput `writing.no_steps` when no variant has steps."""
    if not any(variant.steps for variant in procedure.variants):
        raise BadInput("writing.no_steps")
    return LAYOUTS[layout](procedure, cover)


def printed_as_word(printed: Printed, cover: Cover) -> bytes:
    """Return the blocks as a .docx."""
    from docx import Document  # heavy: loaded when a file is written

    from chuan.writing.word_blocks import add_block
    from chuan.writing.word_page import set_page, set_styles

    document = Document()
    set_styles(document)
    set_page(document, printed.running, printed.mark)
    for block in printed.blocks:
        add_block(document, block)
    when = datetime.combine(cover.issued_on or FIXED_DAY, time.min)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = printed.title[:255], printed.running.agency[:255], ""
    facts.comments, facts.language, facts.revision = "", "vi-VN", 1
    facts.created = facts.modified = when
    raw = BytesIO()
    document.save(raw)
    return with_fixed_times(raw.getvalue())


def with_fixed_times(archive: bytes) -> bytes:
    """Return the zip with the same parts, none of them dated by the hour of writing."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIXED_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return result.getvalue()
