"""The other parts of a procedure: name, codes, limits, papers, forms, legal basis, records, as the file words them."""

import re
from collections.abc import Sequence

from chuan.reading.procedures.headings import unnumbered
from chuan.reading.procedures.lines import Line
from chuan.reading.procedures.sections import Section, part
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import Component, Form, KeptRecord, Limit, TimeUnit
from chuan.text.quantities import TimePhrase, Unit, read_time
from chuan.text.vietnamese import clean, fold_words

_BULLET = re.compile(r"^(?:[-+•*–]|\(?\d{1,2}[.)]|[a-zđ]\))\s*")
_FORM_CODE = re.compile(r"\b(?:BM[.\-]?[\w.\-]+|Mẫu(?: số)? [\w.\-/]+|M[ẫẪ]U \d+)")
_COPIES = ("bản chính", "bản sao chứng thực", "bản sao điện tử", "bản sao", "xuất trình")
_MARK = re.compile(r"^(?:x|v|✓|✔|☑|\d{1,2}|0?\d bản)$", re.IGNORECASE)
_YEARS = re.compile(r"\d{1,3}\s*năm|vĩnh viễn|lâu dài", re.IGNORECASE)


def items(section: Section | None) -> tuple[str, ...]:
    """Return the lines of a part as list items, bullets and heading rows left out."""
    lines = section.lines if section else ()
    texts = [clean(_BULLET.sub("", _without_index(line))) for line in lines if not _is_column_heading(line)]
    return tuple(text for text in texts if text)


def _without_index(line: Line) -> str:
    cells = line.cells
    if len(cells) > 1 and re.fullmatch(r"\d{1,3}\.?", cells[0]):
        return " ".join(cells[1:])
    return line.text


def _is_column_heading(line: Line) -> bool:
    return bool(line.cells) and fold_words(line.cells[0]) in ("tt", "stt", "so tt", "so thu tu")


def said(sections: Sequence[Section], kind: str) -> str:
    """Return the words of a part in one paragraph, "" when there is none."""
    found = part(list(sections), kind)
    return clean(" ".join(line.text for line in found.lines)) if found else ""


def service_code(lines: Sequence[Line]) -> tuple[str, str]:
    """Return the first code of a public service that the lines print: ("1.014466", "1.014466.H12")."""
    for line in lines:
        if match := pattern("service_code").search(line.text):
            return match["code"], match[0] if match["local"] else ""
    return "", ""


def procedure_code(sections: Sequence[Section], lines: Sequence[str]) -> str:
    """Return the code of the procedure: said in its own part, after "Mã hiệu:", or standing alone on the cover."""
    if own := said(sections, "symbol"):
        code = re.match(r"[^\s,;()]+(?:\s\d+/?[\w/]*)?", own)
        return code[0] if code and not pattern("service_code").fullmatch(code[0]) else ""
    for text in lines:
        if match := pattern("procedure_code").search(text):
            return clean(match["code"])
    return ""


def name_of(sections: Sequence[Section], lines: Sequence[Line], headers: Sequence[str]) -> str:
    """Return the name of the procedure as printed: after its label, under "QUY TRÌNH", or beside its code."""
    if own := said(sections, "name"):
        return _without_code(own)
    for place, line in enumerate(lines):
        if match := pattern("title_line").match(line.text):
            following = lines[place + 1].text if place + 1 < len(lines) and lines[place + 1].strong else ""
            named = clean(match["name"] or "")
            if named or (following and not lines[place + 1].heading[0]):
                return _without_code(named or following)
    for line in lines:
        if pattern("service_code").search(line.text) and line.strong and not line.cells:
            return _without_code(unnumbered(line.text))
    rows = [row for text in headers for row in text.split("\n")]
    heads = [match["name"] for row in rows if (match := pattern("title_line").match(row))]
    return clean(next((head for head in heads if head), ""))


def _without_code(text: str) -> str:
    bare = pattern("service_code").sub("", text)
    bare = re.sub(r"\(\s*(?:mã(?: số)?(?: tthc| thủ tục)?\s*:?)?\s*\)", "", bare, flags=re.IGNORECASE)
    return clean(re.sub(r"[\s\-–:(]+$", "", bare))


def limit_of(phrase: TimePhrase) -> Limit | None:
    """Return the limit that a text on the whole handling gives; a bare "ngày" is a calendar day there."""
    if not phrase.amount or phrase.amount.unit == Unit.NONE:
        return None
    day = TimeUnit.WORKING_DAY if phrase.working else TimeUnit.CALENDAR_DAY
    clocks = {
        Unit.DAY: day,
        Unit.WORKING_DAY: TimeUnit.WORKING_DAY,
        Unit.CONTINUOUS_HOUR: TimeUnit.HOUR,
        Unit.MINUTE: TimeUnit.MINUTE,
        Unit.SAME_DAY: TimeUnit.SAME_WORKING_DAY,
    }
    return Limit(phrase.amount.value, clocks.get(phrase.amount.unit, TimeUnit.WORKING_HOUR))


def legal_limit(sections: Sequence[Section], committed: str) -> tuple[Limit | None, str]:
    """Return the legal limit: from its own part, or told beside the committed one ("cắt giảm 12/60 ngày")."""
    if own := said(sections, "legal_time"):
        return limit_of(read_time(own)), own
    if match := pattern("legal_inside").search(committed):
        return limit_of(read_time(match["amount"])), match[0]
    return None, ""


def components_of(section: Section | None) -> tuple[Component, ...]:
    """Return the papers of the dossier, from a table (bản chính | bản sao) or a list."""
    if section is None:
        return ()
    columns = next((line.grid for line in section.lines if _names_copies(line)), ())
    if not columns:
        return tuple(Component(text, _copy_in(text)) for text in items(section) if len(text) > 3)
    return tuple(found for line in section.lines if not _names_copies(line) and (found := _component(line, columns)))


def _names_copies(line: Line) -> bool:
    folded = [fold_words(cell) for cell in line.grid]
    return any(cell.startswith(("ban chinh", "ban sao")) for cell in folded)


def _component(line: Line, columns: tuple[str, ...]) -> Component | None:
    name = max((cell for cell in line.grid if not _MARK.match(cell)), key=len, default="")
    if not name or len(name) < 3:
        return None
    marked = [
        (fold_words(heading), cell)
        for heading, cell in zip(columns, line.grid, strict=False)
        if _MARK.match(cell) and fold_words(heading).startswith(("ban chinh", "ban sao"))
    ]
    kind = "" if len(marked) != 1 else ("bản chính" if marked[0][0].startswith("ban chinh") else "bản sao")
    count = re.search(r"\d+", marked[0][1]) if len(marked) == 1 else None
    return Component(name, kind or _copy_in(name), int(count[0]) if count else None, conditional="nếu có" in name)


def _copy_in(text: str) -> str:
    return next((kind for kind in _COPIES if kind in text.casefold()), "")


def sets_of(text: str) -> int | None:
    """Return the number of sets: "01 bộ" → 1."""
    match = re.search(r"(\d{1,2})\s*(?:\([^)]*\)\s*)?bộ", text)
    return int(match[1]) if match else None


def forms_of(section: Section | None) -> tuple[Form, ...]:
    """Return the forms, with their codes where a column or the words show one."""
    found: list[Form] = []
    for line in section.lines if section else ():
        if _is_column_heading(line):
            continue
        cells = [cell for cell in line.cells if not re.fullmatch(r"\d{1,3}\.?", cell)] or [_BULLET.sub("", line.text)]
        code = next((cell for cell in cells[:-1] if len(cell) <= 30), "") if len(cells) > 1 else ""
        words = next((cell for cell in cells if cell != code), cells[0])
        own = _FORM_CODE.match(words)
        found.append(Form(clean(words), code or (own[0] if own else "")))
    return tuple(form for form in found if form.name)


def records_of(section: Section | None) -> tuple[KeptRecord, ...]:
    """Return the records to keep, with place and duration from the table's columns or its closing sentence."""
    lines = [line for line in section.lines if not _is_column_heading(line)] if section else []
    sentence = next((line.text for line in lines if not line.cells and _YEARS.search(line.text)), "")
    place = pattern("kept_at").search(sentence)
    years = _YEARS.search(sentence)
    found: list[KeptRecord] = []
    for line in lines:
        if line.text == sentence and len(lines) > 1:
            continue
        cells = [cell for cell in line.cells if not re.fullmatch(r"\d{1,3}\.?", cell)] or [_BULLET.sub("", line.text)]
        kept = next((cell for cell in cells[1:] if _YEARS.search(cell)), years[0] if years else "")
        where = next((cell for cell in cells[1:] if cell != kept), clean(place["place"]) if place else "")
        found.append(KeptRecord(clean(cells[0]), where, kept))
    return tuple(found)
