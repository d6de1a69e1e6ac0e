"""Procedures as PDF: the same blocks as the Word file, set by typst with the shipped Liberation Serif.

The same procedure and cover give the same bytes: only the shipped fonts are used, and the date is the day of issue.
The words go in as data, never as markup.
"""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from chuan.rules.procedure.structure import Procedure
from chuan.writing.blocks import Block, Body, Caption, Heading, NationalHeading, PageBreak, Printed, Table, Title
from chuan.writing.cover import Cover
from chuan.writing.word import FIXED_DAY, Layout, laid_out

if TYPE_CHECKING:
    from typst import Fonts

_KINDS: dict[type, str] = {
    Heading: "heading",
    Body: "body",
    Caption: "caption",
    Table: "table",
    NationalHeading: "national",
    Title: "title",
    PageBreak: "page",
}


def write_pdf(procedure: Procedure, cover: Cover, *, layout: Layout = "classic") -> bytes:
    """Return the procedure as PDF/A. BadInput `writing.no_steps` when it has none."""
    return printed_as_pdf(laid_out(procedure, cover, layout), cover.issued_on or FIXED_DAY)


def printed_as_pdf(printed: Printed, on: date) -> bytes:
    """Return the blocks as PDF/A, dated `on`."""
    import typst  # heavy: loaded when a file is written

    return bytes(
        typst.compile(
            _template(),
            format="pdf",
            font_paths=shipped_fonts(),
            sys_inputs={"data": _as_data(printed, on)},
            pdf_standards=["a-2b"],
            timestamp=int(datetime.combine(on, time.min, UTC).timestamp()),
        )
    )


@cache
def shipped_fonts() -> "Fonts":
    """Return the fonts that come with the program: no file depends on those of the machine."""
    from typst import Fonts

    with as_file(files("chuan.data") / "fonts") as fonts:
        return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])


@cache
def _template() -> bytes:
    return (files("chuan.writing") / "templates" / "procedure.typ").read_bytes()


def _as_data(printed: Printed, on: date) -> str:
    data = {
        "title": printed.title,
        "running": asdict(printed.running),
        "mark": printed.mark,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "blocks": [_as_entry(block) for block in printed.blocks],
    }
    return json.dumps(data, ensure_ascii=False)


def _as_entry(block: Block) -> dict[str, object]:
    entry = asdict(block)
    if isinstance(block, Title):
        entry["title_kind"] = entry.pop("kind")
    return entry | {"kind": _KINDS[type(block)]}
