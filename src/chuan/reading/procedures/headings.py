"""Section headings: which part of the procedure begins here, whatever its number and the order of the parts."""

import re
from functools import cache, lru_cache

from chuan.reading.procedures.words import load
from chuan.text.vietnamese import clean, fold_words

_NUMBER = re.compile(
    r"^(?:[-+•*–]\s*)?(?:(?:mục|phần|điều)\s+)?\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-ZĐa-zđ])\s*(?:[.):\-–]\s*|\s+(?=\S{2}))",
)
_LABEL_ENDS = re.compile(r"\s*[:：]\s*|\s*\n\s*")
LONGEST_LABEL = 90


@cache
def _kinds() -> dict[str, str]:
    return {words: kind for kind, labels in load("sections").items() for words in labels}


def unnumbered(line: str) -> str:
    """Return the line without its section number: "5.4. Thời gian xử lý" → "Thời gian xử lý"."""
    return _NUMBER.sub("", line.strip(), count=1)


def numbered(line: str) -> bool:
    """Whether the line begins with a section number."""
    return _NUMBER.match(line.strip()) is not None


def section_of(line: str) -> str:
    """Return the kind of section that the line is the heading of, "" when it is none: see sections.toml."""
    return split_heading(line)[0]


@lru_cache(maxsize=4096)
def split_heading(line: str) -> tuple[str, str]:
    """Return the kind and what is said in the same line: "5.3. Số lượng hồ sơ: 01 bộ" → ("sets", "01 bộ")."""
    rest = unnumbered(line)
    label, value = _split(rest)
    folded = fold_words(re.sub(r"\([^)]*\)", " ", label))
    if len(label) > LONGEST_LABEL or not folded:
        return "", ""
    if folded in _kinds():
        return _kinds()[folded], clean(value)
    best = max((words for words in _kinds() if folded.startswith(f"{words} ")), key=len, default="")
    if best and (value or numbered(line)) and len(folded) <= len(best) + 45:
        return _kinds()[best], clean(value)
    return "", ""


def _split(text: str) -> tuple[str, str]:
    parts = _LABEL_ENDS.split(text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""
