"""JSON in the shape of the published procedures → Procedure, and back. Required is only variants[].steps[].title.

Missing, null and unknown keys are no error; a wrong type is one, and the message names its path. See docs/formats.md.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from chuan.reading.procedure_json_limits import amount, days_as, total_from_json, unit
from chuan.reading.procedure_json_written import to_json
from chuan.rules.procedure.structure import (
    Component,
    Doubt,
    Form,
    KeptRecord,
    Limit,
    Link,
    Procedure,
    Step,
    TimeUnit,
    Variant,
)
from chuan.text.messages import BadInput, Message, message
from chuan.text.vietnamese import clean

__all__ = ["from_json", "read_json", "to_json"]
_T = TypeVar("_T")


def read_json(data: bytes, filename: str) -> tuple[Procedure, ...]:
    """Return the procedures in a JSON file. BadInput when it is no JSON or has another shape."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput("procedures.broken_json", name=filename, line=getattr(error, "lineno", 1)) from error
    return from_json(value)


def from_json(value: object) -> tuple[Procedure, ...]:
    """Return the procedures in `value`: {procedures: […]}, a list of them, or one alone."""
    if isinstance(value, Mapping) and "procedures" in value:
        sources, path = _list(value, "procedures", "$"), "$.procedures"
    elif isinstance(value, list):
        sources, path = value, "$"
    elif isinstance(value, Mapping) and "variants" in value:
        return (_procedure(value, "$"),)
    else:
        raise BadInput("procedures.json_no_procedures")
    if not sources:
        raise BadInput("procedures.json_no_procedures")
    return tuple(_procedure(_object(one, f"{path}[{place}]"), f"{path}[{place}]") for place, one in enumerate(sources))


def picked(procedures: Sequence[Procedure], pick: str) -> tuple[Procedure, ...]:
    """Return those with this id, procedure code or code of the public service; all of them when `pick` is ""."""
    if not pick:
        return tuple(procedures)
    for wanted in (lambda one: one.id, lambda one: one.procedure_code, lambda one: one.service_code, _base_code):
        if found := tuple(one for one in procedures if wanted(one) == pick):
            return found
    known = ", ".join(code for one in procedures[:60] if (code := one.id or one.procedure_code or one.service_code))
    raise BadInput("procedures.json_not_found", pick=pick, known=known or "—")


def _base_code(one: Procedure) -> str:
    return one.service_code[:8]


def _object(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput("procedures.json_object", path=path, value=repr(value)[:60])
    return value


def _list(source: Mapping[str, Any], key: str, path: str) -> list[Any]:
    value = source.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadInput("procedures.json_list", path=f"{path}.{key}", value=repr(value)[:60])
    return value


def _text(source: Mapping[str, Any], key: str, path: str) -> str:
    """Return the words under `key`, NFC with spaces collapsed; numbers as their words, "" when absent or null."""
    value = source.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadInput("procedures.json_text", path=f"{path}.{key}", value=repr(value)[:60])
    return clean(str(value).encode("utf-8", "replace").decode("utf-8"))


def _flag(source: Mapping[str, Any], key: str, path: str, default: bool) -> bool:
    value = source.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadInput("procedures.json_flag", path=f"{path}.{key}", value=repr(value)[:60])
    return value


def _whole(source: Mapping[str, Any], key: str, path: str) -> int | None:
    value = amount(source, key, path)
    if value is not None and value.denominator != 1:
        raise BadInput("procedures.json_number", path=f"{path}.{key}", value=str(source[key]))
    return None if value is None else int(value)


def _texts(source: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
    """Return a list of words; one alone counts as a list of one."""
    if isinstance(source.get(key), str):
        return (_text(source, key, path),)
    found = (_text({key: one}, key, f"{path}.{key}[{place}]") for place, one in enumerate(_list(source, key, path)))
    return tuple(text for text in found if text)


def _each(
    source: Mapping[str, Any], key: str, path: str, make: Callable[[Mapping[str, Any], str], _T]
) -> tuple[_T, ...]:
    """Return a list of objects made one by one; a word alone stands for an object with that name."""
    value = source.get(key)
    values = [value] if isinstance(value, str) else _list(source, key, path)
    found: list[_T] = []
    for place, one in enumerate(values):
        here = f"{path}.{key}[{place}]"
        found.append(make({"name": one} if isinstance(one, str) else _object(one, here), here))
    return tuple(found)


_KNOWN = {
    *("tthc_code", "tthc_code_local", "id", "name_vi", "name", "procedure_code", "field_vi", "level", "agency"),
    *("processing_agency", "deciding_authority", "issue", "issued_on", "layout_family", "total_time", "legal_time"),
    *(
        "fee",
        "online_level",
        "conditions",
        "subject",
        "purpose",
        "scope",
        "definitions",
        "place",
        "channels",
        "dossier",
    ),
    *("sets", "forms", "legal_basis", "results", "records_kept", "variants", "doubts"),
}


def _procedure(source: Mapping[str, Any], path: str) -> Procedure:
    committed, committed_text = _total(source, "total_time", path)
    legal, legal_text = _total(source, "legal_time", path)

    def text(key: str) -> str:
        return _text(source, key, path)

    return Procedure(
        variants=_each(source, "variants", path, lambda one, here: _variant(one, here, committed)),
        id=text("id"),
        name=text("name_vi") or text("name"),
        service_code=text("tthc_code_local") or text("tthc_code"),
        procedure_code=text("procedure_code"),
        field=text("field_vi"),
        level=text("level"),
        agency=text("agency"),
        processing_agency=text("processing_agency"),
        deciding_authority=text("deciding_authority"),
        issue=text("issue"),
        issued_on=text("issued_on"),
        layout_family=text("layout_family"),
        committed=committed,
        committed_text=committed_text,
        legal=legal,
        legal_text=legal_text,
        fee=text("fee"),
        online_level=text("online_level"),
        conditions=text("conditions"),
        subject=text("subject"),
        purpose=text("purpose"),
        scope=text("scope"),
        definitions=_texts(source, "definitions", path),
        place=text("place"),
        channels=_texts(source, "channels", path),
        components=_each(source, "dossier", path, _component),
        sets=_whole(source, "sets", path),
        forms=_each(source, "forms", path, _form),
        legal_basis=_texts(source, "legal_basis", path),
        results=_texts(source, "results", path),
        records=_each(source, "records_kept", path, _record),
        doubts=_doubts(source, path),
        extra={str(key): value for key, value in source.items() if key not in _KNOWN and value is not None},
    )


def _total(source: Mapping[str, Any], key: str, path: str) -> tuple[Limit | None, str]:
    value = source.get(key)
    if value is None:
        return None, ""
    if isinstance(value, str):
        return None, clean(value)
    total = _object(value, f"{path}.{key}")
    return total_from_json(total, f"{path}.{key}"), _text(total, "text", f"{path}.{key}")


def _variant(source: Mapping[str, Any], path: str, committed: Limit | None) -> Variant:
    clock = committed.unit if committed else TimeUnit.WORKING_DAY
    total, _ = _total(source, "declared_total", path)
    days = amount(source, "declared_total_days", path)
    if total is None and days is not None:
        total = days_as(days, clock)
    steps = _each(source, "steps", path, lambda one, here: _step(one, here, clock))
    return Variant(steps, _text(source, "name", path) or "default", total)


def _step(source: Mapping[str, Any], path: str, clock: TimeUnit) -> Step:
    title = _text(source, "title", path) or _text(source, "name", path)
    if not title and "title" not in source:
        raise BadInput("procedures.json_title", path=path)
    number = amount(source, "time", path)
    limit = None if number is None else Limit(number, unit(source, "time_unit", path) or clock)
    return Step(
        title=title,
        no=_text(source, "no", path),
        role=_text(source, "role", path),
        time=limit,
        counted=_flag(source, "counted", path, limit is not None),
        time_label=_text(source, "time_label", path),
        output_or_form=_text(source, "output_or_form", path),
        phase=_text(source, "phase", path),
        note=_text(source, "note", path),
        budget=_text(source, "budget", path),
        links=_each(source, "next", path, _link),
        parallel=_text(source, "parallel", path),
        optional=_flag(source, "optional", path, False),
        doubts=_doubts(source, path),
    )


def _link(source: Mapping[str, Any], path: str) -> Link:
    to = _text(source, "to", path) or _text(source, "name", path)
    return Link(to or None, _text(source, "when", path))


def _component(source: Mapping[str, Any], path: str) -> Component:
    return Component(
        name=_text(source, "name", path),
        copy_type=_text(source, "copy_type", path),
        quantity=_whole(source, "qty", path),
        form=_text(source, "form", path),
        conditional=_flag(source, "conditional", path, False),
        replaced_by_database=_text(source, "replaced_by_database", path),
    )


def _form(source: Mapping[str, Any], path: str) -> Form:
    return Form(_text(source, "name", path), _text(source, "code", path))


def _record(source: Mapping[str, Any], path: str) -> KeptRecord:
    return KeptRecord(*(_text(source, key, path) for key in ("name", "place", "duration")))


def _doubts(source: Mapping[str, Any], path: str) -> tuple[Doubt, ...]:
    return _each(source, "doubts", path, _doubt)


def _doubt(source: Mapping[str, Any], path: str) -> Doubt:
    """Return a doubt written by us as it was; words of others as they are."""
    code, values = _text(source, "code", path), source.get("values")
    found: Message | None = None
    if code and (values is None or isinstance(values, Mapping)):
        found = _worded(Message(code, dict(values or {})))
    text = _text(source, "text", path) or _text(source, "name", path)
    place = source.get("place")
    return Doubt(
        found or message("procedures.noted", text=text),
        _text(source, "where", path),
        place if isinstance(place, int) and not isinstance(place, bool) else -1,
        _text(source, "proposal", path),
    )


def _worded(found: Message) -> Message | None:
    """Return the message when the catalogues can word it: a file may name any code."""
    if not found.code.replace("_", "").replace(".", "").isalnum() or found.code.count(".") != 1:
        return None
    try:
        found.text()
    except (KeyError, OSError, ValueError, IndexError, AttributeError):
        return None
    return found


def doubts_of(procedures: Sequence[Procedure]) -> list[Doubt]:
    """Return all doubts of the procedures: of the whole first, then step by step."""
    steps = [step for one in procedures for variant in one.variants for step in variant.steps]
    return [*(doubt for one in procedures for doubt in one.doubts), *(doubt for step in steps for doubt in step.doubts)]
