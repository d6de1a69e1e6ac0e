"""The words of printed procedures, and small pieces of text that both layouts print."""

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.structure import Limit, Procedure
from chuan.text import numbers
from chuan.text.vietnamese import clean

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")


@cache
def _data() -> dict[str, Any]:
    text = (files("chuan.data") / "documents" / "procedure.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word(name: str, /, **values: object) -> str:
    """Return a word or sentence of the printed document."""
    return str(_data()[name]).format_map(values)


def printable(text: str) -> str:
    """Return `text` as it can stand in a file: NFC, one space between words, no control characters."""
    return clean(_CONTROLS.sub(" ", text))


def day(value: date | None) -> str:
    """Return a day as dd/mm/yyyy, "" when there is none."""
    return numbers.day(value) if value else ""


def limit(value: Limit) -> str:
    """Return a limit as it is printed: "04 giờ làm việc"."""
    return written(value, padded=True)


def sentence(text: str) -> str:
    """Return `text` with a full stop at its end."""
    words = printable(text)
    return words if words.endswith((".", ":", ";", "!", "?")) or not words else f"{words}."


def committed_text(procedure: Procedure) -> str:
    """Return the committed time in the words of the procedure, or made from the amount; "" when nobody says it."""
    if procedure.committed_text:
        return sentence(procedure.committed_text)
    return word("committed_text", time=limit(procedure.committed)) if procedure.committed else ""


def legal_text(procedure: Procedure) -> str:
    """Return the legal time as a sentence, "" when the procedure does not say it."""
    text = procedure.legal_text or (limit(procedure.legal) if procedure.legal else "")
    return sentence(word("legal_text", time=printable(text).rstrip("."))) if text else ""


def abbreviations(procedure: Procedure) -> list[str]:
    """Return the abbreviations that the steps use, explained."""
    used = " ".join(f" {step.title} {step.role} " for variant in procedure.variants for step in variant.steps)
    return [
        word("definition_line", short=short, long=long)
        for short, long in _data()["abbreviations"].items()
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", used)
    ]
