"""A form of the editor as it was sent: which draft it started from, which part it holds, what to do with it."""

from dataclasses import dataclass, fields, replace
from typing import Any

from django.http import QueryDict

from chuan.quality.procedures.content import parsed, stored
from chuan.quality.procedures.drafting import TypedStep, with_steps
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.procedure.structure import Procedure, Variant
from chuan.text.vietnamese import clean
from chuan.web.agency.editor.parts import STEPS, tab_named, with_parts

COLUMNS = tuple(field.name for field in fields(TypedStep) if field.name not in ("was", "optional"))


@dataclass(frozen=True, slots=True)
class Typed:
    """`started_from` is the save that the form was made from; `act` what the pressed button says, e.g. "add:3"."""

    started_from: int
    part: str
    variant: int
    act: str
    rows: tuple[TypedStep, ...]
    form: QueryDict


def typed_form(form: QueryDict) -> Typed:
    """Return the sent form. Rows come as parallel lists, in their order on the page."""
    rows = _rows(form)
    return Typed(
        _whole(form, "started_from"), form.get("phan", STEPS), _whole(form, "th"), form.get("do", ""), rows, form
    )


def _whole(form: QueryDict, name: str) -> int:
    words = form.get(name, "")
    return int(words) if words.isdecimal() and len(words) < 9 else 0


def _rows(form: QueryDict) -> tuple[TypedStep, ...]:
    was = form.getlist("steps-was")
    lists = {name: form.getlist(f"steps-{name}") for name in COLUMNS}
    optional = form.getlist("steps-optional")
    return tuple(
        TypedStep(
            was=int(value) if value.isdecimal() and len(value) < 6 else -1,
            optional=_at(optional, index) == "1",
            **{name: _at(values, index) for name, values in lists.items()},
        )
        for index, value in enumerate(was)
    )


def _at(values: list[str], index: int) -> str:
    return values[index] if index < len(values) else ""


def base_of(version: ProcedureVersion, started_from: int) -> dict[str, Any]:
    """Return the content that the form was made from: the present one, or an earlier save when somebody saved since."""
    earlier = None if version.saved == started_from else version.saves.filter(saved=started_from).first()
    content: dict[str, Any] = earlier.content if earlier else version.content
    return content


def content_of(version: ProcedureVersion, typed: Typed) -> dict[str, Any]:
    """Return the content of the draft as the form wants it."""
    procedure = parsed(base_of(version, typed.started_from))
    if typed.part != STEPS:
        return stored(with_parts(procedure, tab_named(typed.part), typed.form))
    if typed.act == "them-truong-hop":
        return stored(_with_variant(procedure))
    return stored(_named(with_steps(procedure, _known(procedure, typed.variant), typed.rows), typed))


def _known(procedure: Procedure, variant: int) -> int:
    return variant if variant < len(procedure.variants) else 0


def _with_variant(procedure: Procedure) -> Procedure:
    count = len(procedure.variants) + 1
    return _replaced(procedure, (*procedure.variants, Variant((), name=f"Trường hợp {count}")))


def _named(procedure: Procedure, typed: Typed) -> Procedure:
    name = clean(typed.form.get("variant_name", ""))
    if not name:
        return procedure
    at = _known(procedure, typed.variant)
    variants = tuple(replace(one, name=name) if index == at else one for index, one in enumerate(procedure.variants))
    return _replaced(procedure, variants)


def _replaced(procedure: Procedure, variants: tuple[Variant, ...]) -> Procedure:
    return replace(procedure, variants=variants)
