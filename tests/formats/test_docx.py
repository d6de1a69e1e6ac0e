"""Word files as a reader sees them, and the files that only pretend to be one."""

import io
import unicodedata
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.formats.document import Document, Paragraph, Table
from chuan.formats.docx import read_docx
from chuan.text.messages import BadInput

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


WIDE, RESTART = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'


def word(body: str, **parts: str) -> bytes:
    """Return a minimal Word file; `parts` are further files of word/, "__" in a name for ".xml"."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def paragraphs(document: Document) -> list[str]:
    return [block.visible for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[one.text for one in row] for row in table.rows]


def test_merged_cells_stand_at_each_of_their_places() -> None:
    document = read_docx(
        word(
            "<w:tbl>"
            f"<w:tr>{cell('wide', WIDE)}{cell('c', RESTART)}</w:tr>"
            f"<w:tr>{cell('a')}{cell('b')}{cell('', '<w:vMerge/>')}</w:tr>"
            f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('late')}{cell('', '<w:vMerge/>')}</w:tr>"
            "</w:tbl>"
        )
    )
    assert grid(document) == [["wide", "wide", "c"], ["a", "b", "c"], ["", "late", "c"]]
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert (table.rows[0][2].row_span, table.rows[0][0].column_span) == (3, 2)


def test_files_of_python_docx_and_nested_tables_are_read_in_order() -> None:
    made = docx.Document()
    made.add_heading("QUY TRÌNH", 1)
    outer = made.add_table(1, 1)
    outer.cell(0, 0).text = "ngoài"
    outer.cell(0, 0).add_table(1, 1).cell(0, 0).text = "trong"
    made.add_paragraph("cuối")
    buffer = io.BytesIO()
    made.save(buffer)
    document = read_docx(buffer.getvalue())
    heading, first, second, last = document.blocks
    assert isinstance(heading, Paragraph)
    assert (heading.level, heading.text) == (1, "QUY TRÌNH")
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (first.parent, second.parent) == (-1, 1)
    assert second.rows[0][0].text == "trong"
    assert isinstance(last, Paragraph)


def test_text_inside_content_controls_links_and_fields_counts() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('khối')}</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>trong </w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br/><w:t>dòng hai</w:t><w:tab/><w:t>cột</w:t></w:r></w:p>"
    )
    assert paragraphs(read_docx(word(body))) == ["khối", "trong liên kết\ndòng hai\tcột"]


def test_tracked_changes_are_read_as_accepted_and_noted() -> None:
    body = (
        "<w:p><w:r><w:t>02 </w:t></w:r><w:del><w:r><w:delText>năm</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>ngày</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('bỏ')}</w:tr><w:tr>{cell('giữ')}</w:tr></w:tbl>"
    )
    document = read_docx(word(body))
    assert paragraphs(document) == ["02 ngày"]
    assert grid(document) == [["giữ"]]
    assert [note.code for note in document.notes] == ["docx.note_inserted", "docx.note_deleted", "docx.note_hidden"]


def test_automatic_numbers_are_read_as_printed() -> None:
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='1'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='B%1'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='B%1%2.'/></w:lvl>"
        "</w:abstractNum>"
        "<w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='6'><w:abstractNumId w:val='1'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>"
    )

    def numbered(list_id: int, level: int, text: str = "") -> str:
        where = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr>"
        return p(text, f"<w:pPr>{where}</w:pPr>")

    body = "".join(numbered(*one) for one in ((5, 0), (5, 0), (5, 1, "phân công"), (5, 1), (5, 0), (6, 0)))
    assert paragraphs(read_docx(word(body, numbering=numbering))) == ["B1", "B2", "B2a. phân công", "B2b.", "B3", "B1"]


def test_text_in_nfd_comes_out_in_nfc() -> None:
    text = "Tiếp nhận hồ sơ"
    assert paragraphs(read_docx(word(p(unicodedata.normalize("NFD", text))))) == [text]


def test_soft_hyphens_are_no_part_of_the_words() -> None:
    assert paragraphs(read_docx(word(p("hồ s\u00adơ")))) == ["hồ sơ"]


def test_headers_are_read_apart_and_text_boxes_are_only_noted() -> None:
    header = f"<w:hdr {W}>{p('Mã hiệu: QT-01')}</w:hdr>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('hộp')}</w:txbxContent></w:pict></w:r></w:p>"
    document = read_docx(word(p("thân") + box, header1=header))
    assert document.headers == ("Mã hiệu: QT-01",)
    assert paragraphs(document) == ["thân", ""]
    assert [note.code for note in document.notes] == ["docx.note_text_boxes"]


def test_a_strict_file_and_an_equation_are_read() -> None:
    strict = word(
        "<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>"
        "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        "<w:r><w:t xml:space='preserve'> ngày</w:t></w:r></w:p>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(buffer, "w") as new:
        xml = old.read("word/document.xml")
        old_name = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        new.writestr("word/document.xml", xml.replace(old_name, b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert paragraphs(read_docx(buffer.getvalue())) == ["1/2 ngày"]


def test_a_bold_paragraph_is_known_as_bold() -> None:
    made = docx.Document()
    made.add_paragraph().add_run("đậm").bold = True
    made.add_paragraph("thường")
    made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}/>"))
    buffer = io.BytesIO()
    made.save(buffer)
    bold = [block.bold for block in read_docx(buffer.getvalue()).blocks if isinstance(block, Paragraph)]
    assert bold == [False, True, False]


def entity_bomb(kind: str) -> bytes:
    buffer = io.BytesIO()
    declared = {
        "expansion": '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">',
        "external": '<!ENTITY b SYSTEM "file:///etc/passwd">',
    }
    with zipfile.ZipFile(buffer, "w") as archive:
        text = f"<!DOCTYPE x [{declared[kind]}]><w:document {W}><w:body>{p('&b;')}</w:body></w:document>"
        archive.writestr("word/document.xml", text.encode("utf-16") if kind == "external" else text)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (30 << 20))
    return buffer.getvalue()


def empty_zip() -> bytes:
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "docx.empty"),
        (b"%PDF-1.7\n...", "docx.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "docx.old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "docx.encrypted"),
        (b"{\\rtf1 xin chao}", "docx.not_word"),
        (b"PK\x03\x04 broken", "archive.not_a_zip"),
        (empty_zip(), "docx.not_word"),
        (entity_bomb("expansion"), "xml.doctype"),
        (entity_bomb("external"), "xml.doctype"),
        (zip_bomb(), "archive.bomb"),
        (word("<w:p>"), "xml.broken"),
        (word(p("x"))[:200], "archive.not_a_zip"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_word_file_is_refused_with_a_message(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_docx(data)
    assert refusal.value.message.code == code
    assert all(refusal.value.message.text(language) for language in ("vi", "en"))


def test_a_document_of_absurd_width_or_depth_is_bounded() -> None:
    wide = "<w:tbl><w:tr>" + cell("x", '<w:gridSpan w:val="999999"/>') * 100 + "</w:tr></w:tbl>"
    table = read_docx(word(wide)).blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows[0]) < 300
    deep = "<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400
    with pytest.raises(BadInput):
        read_docx(word(deep))


_SOUND = word(p("Bước 1") + f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl>")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(_SOUND) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_but_never_a_crash(at: int, damage: bytes) -> None:
    try:
        read_docx(_SOUND[:at] + damage + _SOUND[at + len(damage) :])
    except BadInput as refusal:
        assert refusal.message.text("vi")
