"""Page, styles and running header of a Word file: A4, margins 20/20/30/15 mm, Times New Roman, page number on top.

Source: NĐ 30/2020/NĐ-CP, Annex I: margins top and bottom 20–25 mm, left 30–35, right 15–20; number in the middle of the
top margin, size 13–14, not on the first page.
"""

from importlib.resources import files
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chuan.writing.blocks import Align, Running

FONT = "Times New Roman"
BODY, CELL, NUMBER, RUNNING = 13, 12, 13, 12
TEXT_WIDTH = 165
MARK_WIDTH = 620  # points
_VML = {"v": "urn:schemas-microsoft-com:vml"}
CELL_STYLES = {
    Align.LEFT: ("Cell", WD_ALIGN_PARAGRAPH.LEFT),
    Align.CENTRE: ("CellCentred", WD_ALIGN_PARAGRAPH.CENTER),
}


def set_styles(document: Any) -> None:
    """Set the body style: 13 pt, single line, 6 pt after, in every script."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(6)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for level in (1, 2):
        _set_heading(document.styles[f"Heading {level}"])
    for name, alignment in CELL_STYLES.values():
        cell = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style, cell.font.size = style, Pt(CELL)
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(3)
        cell.paragraph_format.alignment = alignment


def _set_heading(style: Any) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(BODY), True, False
    style.font.color.rgb = None
    properties = style.element.get_or_add_rPr()
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(6), Pt(6), True


def set_page(document: Any, running: Running, mark: str = "") -> None:
    """Set paper, margins, header from page 2 (page x/y, then agency, code, issue, a rule), the mark of all pages."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(9), Mm(9)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    _running_line(section.header.add_paragraph(), running)
    if mark:
        for header in (section.first_page_header, section.header):
            _mark(header.paragraphs[0], mark)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.tab_stops.clear_all()
    for field in ("PAGE", "/", "NUMPAGES"):
        run = paragraph.add_run("/" if field == "/" else "")
        run.font.size = Pt(NUMBER)
        if field != "/":
            add_field(run, field)


def add_field(run: Any, name: str) -> None:
    """Put a field of Word ("PAGE") into the run."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:t" if kind == "text" else "w:instrText")
            mark.text = text
        run._r.append(mark)


def _running_line(paragraph: Any, running: Running) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run = paragraph.add_run(f"{running.agency}\t{running.code}\t{running.issue}")
    run.font.size = Pt(RUNNING)
    paragraph.paragraph_format.space_after = Pt(8)
    rule(paragraph, "bottom")


def _mark(paragraph: Any, mark: str) -> None:
    """Draw the mark across the page, from the header; as wide as its letters want, at most the page's diagonal."""
    picture: Any = parse_xml((files("chuan.writing") / "templates" / "mark.xml").read_bytes())
    shape = picture.find("v:shape", _VML)
    shape.set("style", f"width:{min(40 * len(mark), MARK_WIDTH)}pt;{shape.get('style')}")
    shape.find("v:textpath", _VML).set("string", mark)
    paragraph.add_run()._r.append(picture)


def rule(paragraph: Any, side: str) -> None:
    """Draw a thin line along one side of the paragraph."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
