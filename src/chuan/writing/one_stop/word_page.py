"""Page, styles and running head of a form as a Word file."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from chuan.writing.one_stop.content import PrintedForm
from chuan.writing.word_page import CELL_STYLES, add_field, set_styles


def set_form_page(document: Any, printed: PrintedForm) -> None:
    """Set paper, margins, sizes of type, and the running head with the number of the page."""
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
    """Whose page it is on the left, the number upright in the middle (NĐ 30/2020/NĐ-CP, Annex I)."""
    paper = printed.paper
    stops = paragraph.paragraph_format.tab_stops
    for default in (Mm(76.2), Mm(152.4)):  # those of the built-in style, so that the next one is ours
        stops.add_tab_stop(default, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(paper.text_width / 2), WD_TAB_ALIGNMENT.CENTER)
    paragraph.add_run(f"{printed.running}\t").font.size = Pt(min(paper.text - 2, 11))
    number = paragraph.add_run()
    number.font.size = Pt(paper.text)
    add_field(number, "PAGE")
