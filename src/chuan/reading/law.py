"""Read the law that ships: instruments with their relations, and the forms of the one-stop shop (data/law)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.rules.instruments import Instrument, LawLibrary
from chuan.rules.one_stop_forms import FormCatalogue, OneStopForm
from chuan.text.references import first_reference


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("chuan.data") / "law" / name).read_text(encoding="utf-8"))


@cache
def load_law() -> LawLibrary:
    """Return the instruments. ValueError for a number of ours that is not in its normal form."""
    facts = _read("instruments.toml")
    return LawLibrary(tuple(_instrument(entry) for entry in facts["instruments"]), facts["version"])


def _instrument(entry: Mapping[str, Any]) -> Instrument:
    found = first_reference(entry["number"])
    if found is None or found.normal != entry["number"]:
        raise ValueError(f"not a normal number: {entry['number']}")
    lists = {key: tuple(entry.get(key, ())) for key in ("amends", "replaces")}
    return Instrument(
        **{**entry, **lists}, kind=_kind(found.kind, entry["title"]), issuer=found.issuer, year=_year(found.year, entry)
    )


def _kind(kind: str, title: str) -> str:
    """Tell codes and resolutions of the National Assembly from laws: their numbers look alike."""
    by_title = {"Bộ luật": "code", "Nghị quyết": "resolution"}
    return (
        next((named for start, named in by_title.items() if title.startswith(start)), kind) if kind == "law" else kind
    )


def _year(year: int, entry: Mapping[str, Any]) -> int:
    issued = entry.get("issued_on")
    return year or (issued.year if issued else 0)


@cache
def load_forms() -> FormCatalogue:
    """Return the forms of the one-stop shop by (issuing text, number)."""
    forms = []
    for entry in _read("forms.toml")["forms"]:
        numbers = tuple((text, number) for text, number in entry["numbers"])
        forms.append(OneStopForm(entry["form"], entry["name"], numbers, entry.get("old_name", "")))
    return FormCatalogue(tuple(forms))
