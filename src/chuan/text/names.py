"""Telling a person's name from a position, so that no officer is judged by name."""

import tomllib
from functools import cache
from importlib.resources import files

from chuan.text.vietnamese import clean


@cache
def _family_names() -> frozenset[str]:
    data = tomllib.loads((files("chuan.data") / "names" / "people.toml").read_text(encoding="utf-8"))
    return frozenset(name.casefold() for name in data["family_names"])


def looks_like_person(text: str) -> bool:
    """Return whether `text` reads as a person's name or account: a family name and one to four capitalised words,
    or anything with an @."""
    words = clean(text).split(" ")
    if "@" in text:
        return True
    named = 2 <= len(words) <= 5 and all(word[:1].isupper() for word in words)
    return named and words[0].casefold() in _family_names()
