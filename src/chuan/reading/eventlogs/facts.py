"""What a column of a log can tell, and the headings by which it is known (data: `reading_logs/columns.toml`)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from chuan.text.vietnamese import fold_words

IGNORED = "ignored"
MOMENTS = ("received_at", "filed_at", "due_at", "finished_at", "returned_at")
"""Moments of a whole dossier, by the names of the mapping file."""
_KINDS_OF_WORDS = ("exact", "part", "subject", "weak", "dossier", "actual")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know, by whole headings, words inside headings, what happened when, weak headings, words of a table
    of dossiers, other names in mapping files."""

    name: str
    exact: frozenset[str]
    part: frozenset[str]
    subject: frozenset[str]
    weak: frozenset[str]
    dossier: frozenset[str]
    actual: frozenset[str]
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
    words = {kind: frozenset(map(fold_words, about.get(kind, ()))) for kind in _KINDS_OF_WORDS}
    return Fact(name, **words | {"exact": words["exact"] | words["part"]}, file=frozenset(about["file"]))


@cache
def names() -> Mapping[str, str]:
    """Return the fact for each name that a mapping file may use."""
    usable = [fact for fact in facts().values() if fact.name != IGNORED]
    return {other: fact.name for fact in usable for other in fact.file} | {fact.name: fact.name for fact in usable}


@cache
def recognise(heading: str) -> Recognised | None:
    """Return what `heading` announces, None when unknown. Whole headings beat parts, longer words beat shorter; what no
    list has is read by its parts: a word for "when" and what happened ("TG tiếp nhận HS (giờ, ngày)")."""
    words = fold_words(heading)
    plain = _without_short_forms(_BRACKETS.sub(" ", heading))
    known = [one for one in (_listed(words), _listed(plain)) if one]
    return max(known, key=lambda one: one.strength, default=None) or _composed(plain)


def tells_of_dossier(heading: str, fact: str) -> bool:
    """Tell whether `heading`, in a table of dossiers, is the moment `fact` of the dossier ("Thời gian kết thúc")."""
    return _has_some(heading, facts()[fact].dossier)


def tells_what_was(heading: str) -> bool:
    """Tell whether `heading`, a day of returning, says that it is not the day that was planned ("thực tế")."""
    return _has_some(heading, facts()["finished_at"].actual)


def _has_some(heading: str, some: frozenset[str]) -> bool:
    words = f" {_without_short_forms(heading)} "
    return any(f" {word} " in words for word in some)


def _listed(words: str) -> Recognised | None:
    found = [
        Recognised(fact.name, 1000 if words in fact.exact else len(inside))
        for fact in facts().values()
        if (inside := words if words in fact.exact else _longest_part(words, fact.part))
    ]
    return max(found, key=lambda one: one.strength, default=None)


def _longest_part(words: str, parts: frozenset[str]) -> str:
    return max((part for part in parts if f" {part} " in f" {words} "), key=len, default="")


def _composed(words: str) -> Recognised | None:
    """Return what a heading tells that says "when" and what happened; only what happened, or so listed, is weak."""
    what = _without(words, _building()["filler"])
    happened = _without(what, _building()["when"])
    for fact in facts().values():
        if happened != what and happened in fact.subject:
            return Recognised(fact.name, len(words))
    return next((Recognised(one.name, 1, weak=True) for one in facts().values() if {words, what} & one.weak), None)


def _without(words: str, others: Sequence[str]) -> str:
    for other in others:
        words = f" {words} ".replace(f" {other} ", " ").strip()
    return words


def _without_short_forms(heading: str) -> str:
    short = _short_forms()
    return " ".join(short.get(word, word) for word in fold_words(heading).split())


@cache
def _building() -> Mapping[str, Sequence[str]]:
    """Return "when" and "filler", each with the longest words first."""
    lists = {name: [fold_words(word) for word in _headings()[name]] for name in ("when", "filler")}
    return {name: sorted(words, key=len, reverse=True) for name, words in lists.items()}


@cache
def _short_forms() -> Mapping[str, str]:
    return {fold_words(short): fold_words(long) for short, long in _headings()["short_forms"].items()}


@cache
def _headings() -> Mapping[str, Any]:
    return tomllib.loads((files("chuan.data") / "reading_logs" / "headings.toml").read_text(encoding="utf-8"))
