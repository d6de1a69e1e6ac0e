"""Page, styles and running head of a form as a Word file."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from chuan.writing.one_stop.content import PrintedForm
from chuan.writing.word_page import CELL_STYLES, add_field, set_styles


def set_form_page(document: Any, printed: PrintedForm) -> None:
    """Set paper, margins, sizes of type, and the running head with page x/y."""
    paper = printed.paper
    set_styles(document)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(paper.text), Pt(2)
    for name, _ in CELL_STYLES.values():
        cell = document.styles[name]
        cell.font.size = Pt(paper.cell)
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(0.5)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.header_distance = section.footer_distance = Mm(5)
    section.different_first_page_header_footer = not printed.all_pages
    paragraph = section.header.paragraphs[0]
    paragraph.style = normal
    _running_head(paragraph, printed)


def _running_head(paragraph: Any, printed: PrintedForm) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(printed.paper.text_width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{printed.running}\t")
    add_field(paragraph.add_run(), "PAGE")
    paragraph.add_run("/")
    add_field(paragraph.add_run(), "NUMPAGES")
    for run in paragraph.runs:
        run.font.size = Pt(min(printed.paper.text - 2, 11))
