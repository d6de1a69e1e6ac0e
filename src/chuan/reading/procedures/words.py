"""The words by which parts of a procedure are recognised, loaded once from data/reading/*.toml."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from chuan.text.vietnamese import fold_words


@cache
def load(name: str) -> Mapping[str, Any]:
    """Return the data file `name`.toml of data/reading."""
    return tomllib.loads((files("chuan.data") / "reading" / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> str:
    """Return the kind of column that a heading names ("" when none of the known): see columns.toml."""
    folded = fold_words(text)
    for kind, rules in load("columns").items():
        if folded and _fits(folded, rules):
            return kind
    return ""


def _fits(folded: str, rules: Mapping[str, Sequence[str]]) -> bool:
    if any(f" {word} " in f" {folded} " for word in rules.get("not", ())):
        return False
    return (
        folded in rules.get("is", ())
        or any(f"{folded} ".startswith(f"{word} ") for word in rules.get("starts", ()))
        or any(f" {word} " in f" {folded} " for word in rules.get("has", ()))
    )


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the regular expression `name` of patterns.toml, over text as written, whatever its case."""
    return re.compile(load("patterns")[name], re.IGNORECASE)
