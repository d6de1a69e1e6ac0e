"""Procedures → JSON in the shape of the published ones: {count, procedures: [{…, variants: [{name, steps}]}]}."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from chuan.reading.procedure_json_limits import as_number, days_as, exact, total_to_json
from chuan.rules.procedure.structure import (
    Component,
    Doubt,
    Form,
    KeptRecord,
    Limit,
    Procedure,
    Step,
    TimeUnit,
    Variant,
    written_minutes,
)

_TEXTS = {
    "id": "id",
    "name_vi": "name",
    "procedure_code": "procedure_code",
    "field_vi": "field",
    "level": "level",
    "agency": "agency",
    "processing_agency": "processing_agency",
    "deciding_authority": "deciding_authority",
    "issue": "issue",
    "issued_on": "issued_on",
    "layout_family": "layout_family",
    "fee": "fee",
    "online_level": "online_level",
    "conditions": "conditions",
    "subject": "subject",
    "purpose": "purpose",
    "scope": "scope",
    "place": "place",
}
_LISTS = {"channels": "channels", "definitions": "definitions", "legal_basis": "legal_basis", "results": "results"}
_SHOWN_EMPTY = ("name_vi", "procedure_code")


def to_json(procedures: Sequence[Procedure], language: str = "vi") -> dict[str, Any]:
    """Return the procedures as plain JSON values; the texts of doubts in `language`."""
    return {"count": len(procedures), "procedures": [_procedure(one, language) for one in procedures]}


def _procedure(one: Procedure, language: str) -> dict[str, Any]:
    code = one.service_code
    base = code[:8] if code[8:9] == "." else code
    found: dict[str, Any] = {"id": one.id} if one.id else {}
    found |= {"tthc_code": base or None} | ({"tthc_code_local": code} if base != code else {})
    for key, name in _TEXTS.items():
        if (text := getattr(one, name)) or key in _SHOWN_EMPTY:
            found[key] = text or None
    found["total_time"] = total_to_json(one.committed, one.committed_text)
    if legal := total_to_json(one.legal, one.legal_text):
        found["legal_time"] = legal
    found |= {key: list(getattr(one, name)) for key, name in _LISTS.items() if getattr(one, name)}
    if one.sets is not None:
        found["sets"] = one.sets
    found |= _papers(one)
    found |= {key: value for key, value in one.extra.items() if key not in found}
    found["variants"] = [_variant(variant, one.committed, language) for variant in one.variants]
    return found | ({"doubts": [_doubt(doubt, language) for doubt in one.doubts]} if one.doubts else {})


def _papers(one: Procedure) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if one.components:
        found["dossier"] = [_component(number, paper) for number, paper in enumerate(one.components, start=1)]
    if one.forms:
        found["forms"] = [_form(form) for form in one.forms]
    if one.records:
        found["records_kept"] = [_record(record) for record in one.records]
    return found


def _component(number: int, paper: Component) -> dict[str, Any]:
    found: dict[str, Any] = {"no": number, "name": paper.name, "copy_type": paper.copy_type or None}
    optional = {
        "qty": paper.quantity,
        "form": paper.form or None,
        "conditional": paper.conditional or None,
        "replaced_by_database": paper.replaced_by_database or None,
    }
    return found | {key: value for key, value in optional.items() if value is not None}


def _form(form: Form) -> object:
    return {"code": form.code, "name": form.name} if form.code else form.name


def _record(record: KeptRecord) -> object:
    if not record.place and not record.duration:
        return record.name
    return {"name": record.name, "place": record.place or None, "duration": record.duration or None}


def _variant(variant: Variant, committed: Limit | None, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": variant.name, "steps": [_step(step, language) for step in variant.steps]}
    total = variant.declared_total
    days = None if total is None else written_minutes(total) / 480
    found["declared_total_days"] = None if days is None else as_number(days)
    if total is not None and days is not None and (_by_default(days, committed) != total or exact(days) is not None):
        found["declared_total"] = total_to_json(total)
    return found


def _by_default(days: Fraction, committed: Limit | None) -> Limit:
    """What a reader makes of `declared_total_days` alone: the unit is that of the procedure's total."""
    return days_as(days, committed.unit if committed else TimeUnit.WORKING_DAY)


def _step(step: Step, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "no": step.no,
        "title": step.title,
        "role": step.role,
        "time": None if step.time is None else as_number(step.time.amount),
        "time_unit": None if step.time is None else str(step.time.unit),
        "counted": step.counted,
    }
    if step.time is not None and (fraction := _readable(step.time.amount)) is not None:
        found["time_exact"] = fraction
    texts = ("output_or_form", "time_label", "phase", "note", "budget", "parallel")
    found |= {name: text for name in texts if (text := getattr(step, name))}
    if step.links:
        found["next"] = [{"to": link.to} | ({"when": link.when} if link.when else {}) for link in step.links]
    if step.optional:
        found["optional"] = True
    if step.doubts:
        found["doubts"] = [_doubt(doubt, language) for doubt in step.doubts]
    return found


def _readable(amount: Fraction) -> str | None:
    """Return the fraction when the number in the JSON is only a rounding of it."""
    return str(amount) if Fraction(str(as_number(amount))) != amount else exact(amount)


def _doubt(doubt: Doubt, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"text": doubt.message.text(language), "code": doubt.message.code}
    optional: dict[str, Any] = {"values": dict(doubt.message.values), "where": doubt.where, "proposal": doubt.proposal}
    found |= {key: value for key, value in optional.items() if value}
    return found | ({"place": doubt.place} if doubt.place >= 0 else {})
