"""Read the clause sets that ship (data/standards)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.rules.clauses import Clause, Correspondence, Edition, Standards

_EDITIONS = ("2008", "2015", "2026")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("chuan.data") / "standards" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_standards() -> Standards:
    """Return the three editions and their correspondences."""
    editions = {edition: _edition(_read(f"iso-9001-{edition}")) for edition in _EDITIONS}
    pairs = []
    for pair in _read("correspondences")["pairs"]:
        (edition, number), (other, *numbers) = pair["from"], pair["to"]
        pairs.append(Correspondence(edition, number, other, tuple(numbers)))
    return Standards(editions, tuple(pairs))


def _edition(facts: dict[str, Any]) -> Edition:
    confidence = {"confidence": facts["confidence"]}
    clauses = tuple(Clause(edition=facts["edition"], **{**confidence, **clause}) for clause in facts["clauses"])
    return Edition(facts["edition"], facts["name"], facts["status"], clauses, facts.get("note", ""))
