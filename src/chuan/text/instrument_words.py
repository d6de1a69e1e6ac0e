"""The words by which legal instruments are recognised, from data/law: kinds, issuers, terms of the Assembly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.text.vietnamese import fold


@dataclass(frozen=True, slots=True)
class InstrumentKind:
    """A kind: key, start of the symbol, title, the folded words before a number, its only issuer if any."""

    key: str
    symbol: str
    title: str
    words: tuple[str, ...]
    issuer: str


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("chuan.data") / "law" / name).read_text(encoding="utf-8"))


@cache
def instrument_kinds() -> Mapping[str, InstrumentKind]:
    """Return the kinds by key."""
    kinds = {}
    for key, facts in _read("kinds.toml").items():
        words = tuple(fold(word) for word in facts["words"])
        kinds[key] = InstrumentKind(key, facts["symbol"], facts["title"], words, facts.get("issuer", ""))
    return kinds


@cache
def kind_of_word() -> Mapping[str, InstrumentKind]:
    """Return the kind for each folded word that stands before a number."""
    return {word: kind for kind in instrument_kinds().values() for word in kind.words}


@cache
def kind_of_symbol() -> Mapping[str, InstrumentKind]:
    """Return the kind for each folded beginning of a symbol ("nd", "ttlt"); laws and letters have none."""
    return {fold(kind.symbol): kind for kind in instrument_kinds().values() if kind.symbol not in ("", "QH")}


@cache
def issuer_spelling() -> Mapping[str, str]:
    """Return the printed abbreviation of an issuer for its folded letters."""
    return {fold(issuer): issuer for issuer in _read("issuers.toml")["issuers"]}


def assembly_of(year: int) -> str:
    """Return "QH15" for a year wholly within that term of the National Assembly, else "QH"."""
    terms = _read("issuers.toml")["terms"]
    return next((f"QH{term}" for term, (first, last) in terms.items() if first <= year <= last), "QH")
