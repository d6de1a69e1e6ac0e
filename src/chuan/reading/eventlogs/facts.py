"""What a column of a log can tell, and the headings by which it is known (data: `reading_logs/columns.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chuan.text.vietnamese import fold_words

IGNORED = "ignored"
MOMENTS = ("received_at", "filed_at", "due_at", "finished_at", "returned_at")
"""Moments of a whole dossier, by the names of the mapping file."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know, by whole headings, words inside headings, weak headings, other names in mapping files."""

    name: str
    exact: frozenset[str]
    part: frozenset[str]
    weak: frozenset[str]
    file: frozenset[str]


class Recognised(NamedTuple):
    """A heading understood as `fact`; `strength` grows with the words that matched; `weak` needs dates below it."""

    fact: str
    strength: int
    weak: bool = False


@cache
def facts() -> Mapping[str, Fact]:
    """Return all facts by name, "ignored" (known, of no use) among them."""
    table = tomllib.loads((files("chuan.data") / "reading_logs" / "columns.toml").read_text(encoding="utf-8"))
    return {name: _fact(name, about) for name, about in table.items()}


def _fact(name: str, about: Mapping[str, list[str]]) -> Fact:
    exact, part, weak = (
        frozenset(fold_words(word) for word in about.get(key, ())) for key in ("exact", "part", "weak")
    )
    return Fact(name, exact | part, part, weak, frozenset(about["file"]))


@cache
def names() -> Mapping[str, str]:
    """Return the fact for each name that a mapping file may use."""
    usable = [fact for fact in facts().values() if fact.name != IGNORED]
    return {other: fact.name for fact in usable for other in fact.file} | {fact.name: fact.name for fact in usable}


@cache
def recognise(heading: str) -> Recognised | None:
    """Return what `heading` announces, None when unknown. Whole headings beat parts, longer words beat shorter."""
    words = fold_words(heading)
    found = [
        Recognised(fact.name, 1000 if words in fact.exact else len(inside))
        for fact in facts().values()
        if (inside := words if words in fact.exact else _longest_part(words, fact.part))
    ]
    if found:
        return max(found, key=lambda one: one.strength)
    return next((Recognised(fact.name, 1, weak=True) for fact in facts().values() if words in fact.weak), None)


def _longest_part(words: str, parts: frozenset[str]) -> str:
    return max((part for part in parts if f" {part} " in f" {words} "), key=len, default="")
