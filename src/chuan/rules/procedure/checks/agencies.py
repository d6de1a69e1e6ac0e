"""Names of other agencies inside a procedure: it was copied and not made the agency's own.

Source: the inspection that found procedures "general, not tied to the real handling of work"; facts D9.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from chuan.rules.procedure.remarks import Edit, Remark, Repair, Severity, Surroundings
from chuan.rules.procedure.structure import Procedure, Step
from chuan.rules.procedure.words import recognised
from chuan.text.messages import Message, message
from chuan.text.vietnamese import fold_words

INSPECTION = "QĐ 19/2014/QĐ-TTg, Điều 3"
OF_STEPS = ("title", "role", "output_or_form", "phase", "note")
_APART = ("variants", "doubts", "extra")
_OF_THE_OWNER = ("agency", "scope", "place", "processing_agency")
_WORD = re.compile(r"\w+")
_CAPITALS = "".join(letter for letter in map(chr, range(ord("A"), ord("ỹ"))) if letter.isupper())

Holder = TypeVar("Holder", Procedure, Step)


@dataclass(frozen=True, slots=True)
class Named:
    """Another agency's name as it is written: in a field of the procedure, or of a step."""

    words: str
    field: str
    variant: int | None = None
    step: int | None = None


def other_agency(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The name of another agency stands inside: a copied procedure."""
    own = around.own_agencies[0] if around.own_agencies else ""
    for one in named_agencies(procedure, around.own_agencies, around.other_agencies):
        place = (one.variant, one.step)
        said, mended = _said(procedure, one, own)
        edit = Edit(one.field, mended, *place)
        repairs = (Repair(message("validator.set_agency", agency=own), edit),) if own else ()
        yield Remark(Severity.WRONG, "other_agency", said, INSPECTION, *place, part=one.field, repairs=repairs)


def _said(procedure: Procedure, one: Named, own: str) -> tuple[Message, object]:
    """Return the sentence on a name and its field with the own name in its place."""
    if one.variant is None or one.step is None:
        mended = getattr(renamed(procedure, one.words, own), one.field)
        return message("validator.other_agency", agency=one.words), mended
    step = procedure.variants[one.variant].steps[one.step]
    said = message("validator.other_agency_step", number=step.number or one.step + 1, agency=one.words)
    return said, getattr(renamed(step, one.words, own), one.field)


def named_agencies(procedure: Procedure, own: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Named]:
    """Yield the names of `others` wherever they stand; of a commune's procedure also communes that nobody knows."""
    mine = frozenset(map(_short, own))
    known = [f" {_short(name)} " for name in others if _short(name) not in mine]
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            for field in OF_STEPS:
                for words in _known(getattr(step, field), known, mine):
                    yield Named(words, field, at, index)
    for field in (one.name for one in fields(procedure) if one.name not in _APART):
        value = getattr(procedure, field)
        text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        found = [] if field == "agency" and not own else list(_known(text, known, mine))
        if not found and field in _OF_THE_OWNER:
            found = list(_other_communes(text, own))
        for words in found:
            yield Named(words, field)


def renamed(holder: Holder, words: str, name: str) -> Holder:
    """Return the procedure or step with `name` wherever its texts and lists of texts have `words`."""
    changed: dict[str, Any] = {}
    for one in fields(holder):
        value = getattr(holder, one.name)
        if isinstance(value, str):
            changed[one.name] = value.replace(words, name)
        elif isinstance(value, tuple) and all(isinstance(entry, str) for entry in value):
            changed[one.name] = tuple(entry.replace(words, name) for entry in value)
    return replace(holder, **changed)


def _short(text: str) -> str:
    """Return text folded, with the short form of long words of names: "Ủy ban nhân dân" is UBND."""
    folded = f" {fold_words(text)} "
    for long, short in recognised()["agency_short"].items():
        folded = folded.replace(f" {fold_words(long)} ", f" {fold_words(short)} ")
    return folded.strip()


def _known(text: str, others: list[str], own: frozenset[str]) -> Iterator[str]:
    words = f" {_short(text)} " if others and text else ""
    for name in own:
        words = words.replace(f" {name} ", " | ")
    for name in others:
        if name.strip() and name in words:
            yield _as_written(text, name.strip())


def _as_written(text: str, name: str) -> str:
    """Return the words of the text that fold to `name`."""
    places = [match.span() for match in _WORD.finditer(text)]
    longest = len(name.split()) + 3  # "UBND" may be written in four words
    for first, (start, _) in enumerate(places):
        for _, end in places[first : first + longest]:
            if _short(text[start:end]) == name:
                return text[start:end]
    return name


@cache
def _commune() -> re.Pattern[str]:
    """Return the words of a commune's people's committee; its name is at most four words in capitals."""
    words = recognised()
    committee, kinds, ends = ("|".join(words[key]) for key in ("committee", "commune", "after_commune"))
    name = rf"(?:(?!(?i:{ends})\b)[{_CAPITALS}][^\W\d_]*)"
    return re.compile(rf"\b(?:(?i:{committee})\s+)(?i:{kinds})\s+{name}(?:\s+{name}){{0,3}}")


def _other_communes(text: str, own: tuple[str, ...]) -> Iterator[str]:
    """Yield communes in the text that are none of `own`; nothing where the owner is no commune itself."""
    mine = [_short(name) for name in own if _commune().match(name)]
    for match in _commune().finditer(text) if mine else ():
        if not any(f"{_short(match[0])} ".startswith(f"{name} ") for name in mine):
            yield match[0]
