"""The other parts of a procedure: name, codes, limits, papers, forms, legal basis, records, as the file words them."""

import re
from collections.abc import Sequence

from chuan.reading.procedures.headings import unnumbered
from chuan.reading.procedures.lines import Line
from chuan.reading.procedures.papers import item, rows_of
from chuan.reading.procedures.sections import Section, part
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.quantities import TimePhrase, Unit, read_time
from chuan.text.vietnamese import clean

_LONGEST_NAME = 200


def items(section: Section | None) -> tuple[str, ...]:
    """Return the lines of a part as list items, bullets, numbers and heading rows left out."""
    return tuple(row["name"] for row in rows_of(section))


def said(sections: Sequence[Section], kind: str) -> str:
    """Return the words of a part in one paragraph, "" when there is none or it says that nothing is written."""
    found = part(list(sections), kind)
    words = clean(" ".join(line.text for line in found.lines)) if found else ""
    if not item(words):
        return ""
    return words.rstrip(" ;.") if words.count(". ") == 0 else words


def channels(sections: Sequence[Section]) -> tuple[str, ...]:
    """Return the ways to hand in a dossier, also where they stand in one line: "trực tiếp; bưu chính"."""
    lines = items(part(list(sections), "channels"))
    return tuple(text for line in lines for piece in line.split(";") if (text := item(piece)))


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
            following = _under_title(line, lines[place + 1]) if place + 1 < len(lines) else ""
            if named := clean(match["name"] or "") or following:
                return _without_code(named)
    for line in lines:
        if pattern("service_code").search(line.text) and line.strong and not line.cells:
            return _without_code(unnumbered(line.text))
    rows = [row for text in headers for row in text.split("\n")]
    heads = [match["name"] for row in rows if (match := pattern("title_line").match(row))]
    sheets = [line.text for line in lines if line.sheet and not pattern("unnamed_sheet").match(line.text)]
    return clean(next((head for head in (*heads, *sheets) if head), ""))


def _under_title(title: Line, line: Line) -> str:
    """Return the line under "QUY TRÌNH" where it is a name: it stands out, or that word stands alone on a cover."""
    alone = title.text.isupper() and not title.cells and not line.cells and len(line.text) <= _LONGEST_NAME
    other = any(pattern(kind).match(line.text) for kind in ("agency", "title_line"))
    named = line.strong or (alone and line.text[:1].isalpha() and not other)
    return line.text if named and not line.heading[0] else ""


def _without_code(text: str) -> str:
    return clean(pattern("code_beside_name").sub(" ", text))


def limit_of(phrase: TimePhrase) -> Limit | None:
    """Return the limit that a text on the whole handling gives; a bare "ngày" is a calendar day there."""
    if not phrase.amount or phrase.amount.unit == Unit.NONE:
        return None
    day = TimeUnit.WORKING_DAY if phrase.working else TimeUnit.CALENDAR_DAY
    clocks = {
        Unit.DAY: day,
        Unit.WORKING_DAY: TimeUnit.WORKING_DAY,
        Unit.CALENDAR_DAY: TimeUnit.CALENDAR_DAY,
        Unit.CONTINUOUS_HOUR: TimeUnit.HOUR,
        Unit.MINUTE: TimeUnit.MINUTE,
        Unit.SAME_DAY: TimeUnit.SAME_WORKING_DAY,
    }
    return Limit(phrase.amount.value, clocks.get(phrase.amount.unit, TimeUnit.WORKING_HOUR))


def legal_limit(sections: Sequence[Section], committed: str) -> tuple[Limit | None, str]:
    """Return the legal limit: from its own part, or told beside the committed one ("cắt giảm 12/60 ngày")."""
    if own := said(sections, "legal_time"):
        phrase = read_time(own)
        return limit_of(_law(phrase) or phrase), own
    if match := pattern("legal_inside").search(committed):
        return limit_of(read_time(match["amount"])), match[0]
    law = _law(read_time(committed))
    return (limit_of(law), committed) if law else (None, "")


def _law(phrase: TimePhrase) -> TimePhrase | None:
    """Return the limit of the law that stands beside the one that holds, None when none does."""
    return TimePhrase(phrase.text, phrase.legal) if phrase.legal else None


def committed_text(sections: Sequence[Section]) -> str:
    """Return the words on the time of the whole handling; "theo quy định 15 ngày; sau cắt giảm 10 ngày" are both."""
    if own := said([section for section in sections if section.lines], "time"):
        return own
    law = said(sections, "legal_time")
    return law if read_time(law).legal else ""


def sets_of(text: str) -> int | None:
    """Return the number of sets: "01 bộ" → 1."""
    match = re.search(r"(\d{1,2})\s*(?:\([^)]*\)\s*)?\(?\s*bộ", text)
    return int(match[1]) if match else None
