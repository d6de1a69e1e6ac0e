"""Every layout family as offices change it: tables split, columns turned, changes tracked, automatic numbers."""

import copy
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

from chuan.reading.procedure_json import to_json
from chuan.reading.procedures import read_procedures

from .test_layouts import BIRTH, MINERALS, TWO_CASES, facts, layouts

FAMILIES = [family for family in layouts.FAMILIES if family not in ("one_table", "van_xuoi_buoc")]


def step_tables(document: Document) -> Iterator[Table]:
    """Yield the tables of steps: those with a column of times, not of how long a record is kept."""
    for table in document.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if any(head.startswith(("Thời gian", "Thời hạn")) and "lưu" not in head for head in heads):
            yield table


def word(xml: str) -> Any:
    """Return a piece of WordprocessingML."""
    return parse_xml(re.sub(r"(?=[\s/>])", f" {nsdecls('w')}", xml, count=1))


def rows(table: Table) -> list[Any]:
    return list(table._tbl.tr_lst)


def split(document: Document, heading: bool, between: str) -> None:
    """Cut each table behind every second row, as a page break does."""
    for table in list(step_tables(document)):
        for cut in range(len(rows(table)) - 1 - len(rows(table)) % 2, 1, -2):
            rest = copy.deepcopy(table._tbl)
            for row in rest.tr_lst[int(heading) : cut]:
                rest.remove(row)
            for row in rows(table)[cut:]:
                table._tbl.remove(row)
            words = document.add_paragraph(between)._p
            table._tbl.addnext(words)
            words.addnext(rest)


def split_with_heading(document: Document) -> None:
    split(document, True, "")


def split_without_heading(document: Document) -> None:
    split(document, False, "(tiếp theo)")


def number_last(document: Document) -> None:
    for table in step_tables(document):
        for row in rows(table):
            if len(row.tc_lst) > 1:
                row.append(row.tc_lst[0])


def two_heading_rows(document: Document) -> None:
    for table in step_tables(document):
        second = copy.deepcopy(rows(table)[0])
        rows(table)[0].addnext(second)
        for above, below in zip(table.rows[0].cells, table.rows[1].cells, strict=True):
            role = above.text.startswith(("Trách nhiệm", "Đơn vị", "Phân công"))
            below.text = "Cá nhân" if role else ""
            if not role:
                above.merge(below)


def changes_tracked(document: Document) -> None:
    """Mark every third run as inserted, with deleted words and a deleted step behind."""
    for table in step_tables(document):
        for run in list(table._tbl.iter(qn("w:r")))[::3]:
            inserted = word('<w:ins w:id="1" w:author="An"/>')
            deleted = word('<w:del w:id="2" w:author="An"><w:r><w:delText>chữ cũ</w:delText></w:r></w:del>')
            run.addprevious(inserted)
            inserted.append(run)
            inserted.addnext(deleted)


def decomposed_with_line_breaks(document: Document) -> None:
    for table in step_tables(document):
        for text in list(table._tbl.iter(qn("w:t"))):
            first, _, rest = unicodedata.normalize("NFD", text.text or "").partition(" ")
            text.text = first
            if rest:
                more = copy.deepcopy(text)
                more.text = rest
                text.addnext(more)
                text.addnext(word("<w:br/>"))


def empty_rows_and_a_total(document: Document) -> None:
    for table in step_tables(document):
        for row in rows(table)[1:]:
            empty = copy.deepcopy(rows(table)[0])
            for text in empty.iter(qn("w:t")):
                text.text = ""
            row.addnext(empty)
        total = copy.deepcopy(rows(table)[0])
        rows(table)[-1].addnext(total)
        for place, text in enumerate(total.iter(qn("w:t"))):
            text.text = "" if place else "Tổng cộng"


CHANGES = [
    *(split_with_heading, split_without_heading, number_last, two_heading_rows),
    *(changes_tracked, decomposed_with_line_breaks, empty_rows_and_a_total),
]


def changed(data: bytes, change: Callable[[Document], None]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    made: bytes = layouts.saved(document)
    return made


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("procedure", [BIRTH, MINERALS, TWO_CASES], ids=["birth", "minerals", "two_cases"])
def test_a_changed_file_of_any_family_is_read_the_same(
    change: Callable[[Document], None], procedure: dict[str, Any]
) -> None:
    wrong = []
    for family in FAMILIES:
        data = changed(layouts.FAMILIES[family](procedure), change)
        read = to_json(read_procedures(data, "quy-trinh.docx").procedures)
        if [facts(one) for one in read["procedures"]] != [facts(procedure)]:
            wrong.append(family)
    assert wrong == []


@pytest.mark.parametrize(("label", "number"), [("B%1", "B{}"), ("Bước %1:", "Bước {}"), ("%1.", "{}")])
def test_automatic_numbers_are_the_numbers_of_the_steps(label: str, number: str) -> None:
    def numbered(document: Document) -> None:
        numbering = document.part.numbering_part.element
        level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{label}"/></w:lvl>'
        numbering.insert(0, word(f'<w:abstractNum w:abstractNumId="77">{level}</w:abstractNum>'))
        numbering.append(word('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for table in step_tables(document):
            for row in table.rows[1:]:
                row.cells[0].text = ""
                properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
                properties.append(word('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))

    for family in FAMILIES:
        data = changed(layouts.FAMILIES[family](BIRTH), numbered)
        steps = read_procedures(data, "quy-trinh.docx").procedures[0].variants[0].steps
        assert [one.no for one in steps] == [number.format(place) for place in (1, 2, 3, 4)], family
