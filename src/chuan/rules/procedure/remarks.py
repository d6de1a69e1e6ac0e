"""What the validator says of a procedure: remarks with their place, and edits that mend them with one click."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from chuan.rules.procedure.structure import Procedure, Step, Variant
from chuan.text.messages import Message


class Severity(StrEnum):
    """WRONG must be mended before review; LOOK wants a look and may be right as it is."""

    WRONG = "wrong"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one field, to be applied with `applied`.

    Without `variant`: a field of the procedure; with it: of the variant; with `step` too: of the step. `index` picks an
    entry of a list field (legal basis); value None then removes it. `field` "fields": `value` has several fields by
    name. `field` "numbers" with `variant` numbers its steps anew: `value` has one number per step.
    """

    field: str
    value: Any
    variant: int | None = None
    step: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to mend: the words of the button, and the edit it makes."""

    message: Message
    edit: Edit


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong or wants a look.

    `rule` is the stable name of the rule, `source` the law or practice behind it. The place is a step (`variant` and
    `step`), a variant, or a part of the procedure by field name (`part`: "committed", "legal_basis", "forms" …);
    `index` is the entry of a list part. `repairs`: the best one first; empty when only a person can know.
    """

    severity: Severity
    rule: str
    message: Message
    source: str = ""
    variant: int | None = None
    step: int | None = None
    part: str = ""
    index: int | None = None
    repairs: tuple[Repair, ...] = ()


class LegalStatus(StrEnum):
    """Whether an instrument may be cited on a day."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LegalState:
    """The state of a cited instrument on a day: its number, the day the state began, what replaced or amends it."""

    status: LegalStatus
    number: str = ""
    since: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class RenumberedForm:
    """A one-stop form whose number changed: `old` → `new`, its name; words that keep the old number, words it needs."""

    old: str
    new: str
    name: str
    keeps: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules are handed beside the procedure. None or empty means: not known, so nothing is said about it.

    `known_positions`: names of the agency's positions. `legal_state`: citation text and day → state. `forms_basis`: the
    number of the instrument that renumbered the one-stop forms (`forms`). `known_service`: whether the catalogue of
    public services has a code. `other_agencies`: names that a copied
    procedure would still carry. `previous`: the version in force, to tell what grew.
    """

    day: date
    known_positions: frozenset[str] | None = None
    legal_state: Callable[[str, date], LegalState] | None = None
    forms: tuple[RenumberedForm, ...] = ()
    forms_basis: str = ""
    forms_basis_text: str = ""
    known_service: Callable[[str], bool] | None = None
    other_agencies: tuple[str, ...] = ()
    own_agencies: tuple[str, ...] = ()
    previous: Procedure | None = None


def applied(procedure: Procedure, edit: Edit) -> Procedure:
    """Return the procedure with the edit made. IndexError when the place is not there (any more)."""
    if edit.variant is None:
        return replace(procedure, **_changed(procedure, edit))
    variants = list(procedure.variants)
    variants[edit.variant] = _applied_to_variant(variants[edit.variant], edit)
    return replace(procedure, variants=tuple(variants))


def _applied_to_variant(variant: Variant, edit: Edit) -> Variant:
    if edit.field == "numbers":
        return replace(variant, steps=renumbered(variant.steps, edit.value))
    if edit.step is None:
        return replace(variant, **_changed(variant, edit))
    steps = list(variant.steps)
    steps[edit.step] = replace(steps[edit.step], **_changed(steps[edit.step], edit))
    return replace(variant, steps=tuple(steps))


def _changed(holder: Procedure | Variant | Step, edit: Edit) -> Mapping[str, Any]:
    if edit.field == "fields":
        fields: Mapping[str, Any] = edit.value
        return fields
    if edit.index is None:
        return {edit.field: edit.value}
    entries = list(getattr(holder, edit.field))
    entries[edit.index : edit.index + 1] = [] if edit.value is None else [edit.value]
    return {edit.field: tuple(entries)}


def renumbered(steps: tuple[Step, ...], numbers: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the steps with new numbers; links follow the step they meant (the first of its old number)."""
    new: dict[str, str] = {}
    for step, number in zip(steps, numbers, strict=True):
        new.setdefault(step.no, number)
    return tuple(
        replace(
            step,
            no=number,
            links=tuple(replace(link, to=new.get(link.to, link.to) if link.to else link.to) for link in step.links),
        )
        for step, number in zip(steps, numbers, strict=True)
    )
