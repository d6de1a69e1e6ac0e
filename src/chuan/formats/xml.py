"""XML from outside, parsed without its dangers: no document type, no entities, nothing fetched, bounded depth.

A document type is refused outright: none of the formats we read (Word, Excel, XES, BPMN) has one, and entity expansion
and external entities both need it.
"""

from typing import Any
from xml.parsers import expat

from lxml import etree

from chuan.text.messages import BadInput


class _PrologEnds(Exception):
    """The root element begins: what follows can no longer declare anything."""


def parse(data: bytes, name: str) -> Any:
    """Return the root element (lxml). `name` is the file as the user knows it, for the message."""
    refuse_doctype(data, name)
    try:
        return etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput("xml.broken", name=name, line=getattr(error, "lineno", 0) or 0) from error


def refuse_doctype(data: bytes, name: str) -> None:
    """Raise BadInput when `data` declares a document type or is no XML up to its first element (any encoding).

    Only the beginning is parsed, so this can stand before a streaming reader of a large file.
    """
    prolog = expat.ParserCreate()
    prolog.StartDoctypeDeclHandler = _refuse(name)
    prolog.StartElementHandler = _stop
    try:
        prolog.Parse(data, True)
    except _PrologEnds:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BadInput("xml.broken", name=name, line=getattr(error, "lineno", 0)) from error


def _refuse(name: str) -> Any:
    def declared(*_: object) -> None:
        raise BadInput("xml.doctype", name=name)

    return declared


def _stop(*_: object) -> None:
    raise _PrologEnds


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
