"""Was a step done by the position that the procedure names? Compared word by word, never by person (docs/check.md)."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from chuan.text.names import looks_like_person
from chuan.text.vietnamese import clean, fold_words

_ALTERNATIVES = re.compile(r"[;/]|\bhoặc\b", re.IGNORECASE)


@cache
def _short_forms() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    data = tomllib.loads((files("chuan.data") / "positions" / "abbreviations.toml").read_text(encoding="utf-8"))
    return data["words"], data["phrases"], frozenset(data["ignored"]["words"])


@cache
def normal_position(text: str) -> str:
    """Return the words of a position without diacritics, short forms written out: "LĐ Phòng" = "lãnh đạo phòng"."""
    words, phrases, ignored = _short_forms()
    plain = " ".join(word for word in fold_words(text).split(" ") if word not in ignored)
    for short, full in phrases.items():
        plain = re.sub(rf"\b{short}\b", full, plain)
    return " ".join(words.get(word, word) for word in plain.split(" "))


@cache
def accepted(role: str) -> frozenset[str]:
    """Return the positions that may do what `role` does, in the form of `normal_position`: "A hoặc B" is either."""
    alternatives = [role, *_ALTERNATIVES.split(clean(role))]
    return frozenset(normal_position(part) for part in alternatives if part.strip())


@cache
def is_wrong_position(position: str | None, role: str) -> bool:
    """Return whether `position` (of the source) is another than `role` (of the step).

    Not judged, hence False: no such column, an empty cell, a step without a role, a person's name.
    """
    if not position or not role or looks_like_person(position):
        return False
    return normal_position(position) not in accepted(role)
