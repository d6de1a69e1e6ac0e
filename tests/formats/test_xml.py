"""XML from outside is parsed without its dangers."""

import pytest

from chuan.formats.xml import parse, refuse_doctype
from chuan.text.messages import BadInput


def test_plain_xml_is_parsed_in_any_encoding() -> None:
    assert parse("<a><b>Bước</b></a>".encode(), "a.xml")[0].text == "Bước"
    assert parse('<?xml version="1.0" encoding="UTF-16"?><a>Bước</a>'.encode("utf-16"), "a.xml").text == "Bước"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
        '<?xml version="1.0"?><!-- c --><!DOCTYPE a><a/>',
    ],
)
def test_a_document_type_is_refused(text: str) -> None:
    for data in (text.encode(), text.encode("utf-16")):
        for read in (parse, refuse_doctype):
            with pytest.raises(BadInput) as refusal:
                read(data, "a.xml")
            assert refusal.value.message.code == "xml.doctype"


@pytest.mark.parametrize("data", [b"", b"abc", b"<a>", b"<a><b></a>", b"\xff\xfe\x00", b"<a>" * 5000, b"<a>\x00</a>"])
def test_broken_xml_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(BadInput) as refusal:
        parse(data, "quy-trinh.xml")
    assert "quy-trinh.xml" in refusal.value.message.text("vi")
