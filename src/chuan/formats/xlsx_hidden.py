"""Which rows of a worksheet are hidden, by hand or by a filter: the reader of cells does not tell."""

import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator

from chuan.formats.xml import parse

_RELATIONS = "xl/_rels/workbook.xml.rels"
_CHUNK = 1 << 20
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")


def hidden_rows(archive: zipfile.ZipFile, parts: Collection[str]) -> dict[str, frozenset[int]]:
    """Return name of a worksheet -> its hidden rows (0 is row 1 of Excel), for the worksheets that are `parts`."""
    if not parts:
        return {}
    named = [(name, part) for name, part in _worksheets(archive) if part in parts]
    return {name: frozenset(_hidden(archive, part)) for name, part in named}


def _worksheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (name of a sheet, name of its part)."""
    if _RELATIONS not in archive.namelist():
        return
    relations = parse(archive.read(_RELATIONS), _RELATIONS)
    targets: dict[str, str] = {one.get("Id", ""): one.get("Target", "") for one in relations.iter("{*}Relationship")}
    for sheet in parse(archive.read("xl/workbook.xml"), "workbook.xml").iter("{*}sheet"):
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        path = posixpath.join("/xl", targets.get(relation, ""))
        yield sheet.get("name", ""), posixpath.normpath(path).lstrip("/")


def _hidden(archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    """Yield the hidden rows of a worksheet; a row that does not say its number follows the one before."""
    row, rest = -1, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"<"), 0)  # the last tag may go on in the next chunk
            whole, rest = text[:cut], text[cut:]
            for found in _ROW.finditer(whole):
                number = _NUMBER.search(found[1])
                row = int(number[1]) - 1 if number else row + 1
                if _HIDDEN.search(found[1]):
                    yield row
