"""The mapping file: what a source's own headings, steps, positions and states mean (docs/log-sources.md).

{"columns": {"dossier": "Mã hồ sơ", "activity": "Công việc", "at": "Thời gian"},
 "steps": {"Thụ lý": "B3", "Chờ dân": {"kind": "supplement"}},
 "hours": {"Ngày nhận": "Giờ nhận"}, "positions": {"CV TN&TKQ": "Công chức Bộ phận Một cửa"},
 "date_order": "dmy", "kinds": {"Treo": "paused"}}
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from chuan.reading.eventlogs.facts import names
from chuan.reading.timestamps import ORDERS
from chuan.rules.eventlog import EventKind
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean

GRANULARITIES = ("event", "dossier", "steps")
_KEYS = ("columns", "hours", "unused", "steps", "positions", "date_order", "kinds", "granularity", "sheet")
_COMMENTS = ("comment", "note", "ghi_chu", "$schema")


@dataclass(frozen=True, slots=True)
class LogMapping:
    """What was declared; everything may be empty. `columns` is fact -> heading; `date_order` "" lets cells decide.

    `steps` (words of the log -> number or title of the step, None for none) and `positions` (words of the log -> words
    of the procedure) are applied by who knows the procedure; `kinds` (words of the log -> kind of event) when reading.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)  # heading of days -> heading of the hours beside them
    unused: frozenset[str] = frozenset()  # headings that tell nothing, whatever they seem to say
    steps: Mapping[str, str | None] = field(default_factory=dict)
    positions: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    kinds: Mapping[str, EventKind] = field(default_factory=dict)
    granularity: str = ""
    sheet: str = ""


def read_mapping(path: Path) -> LogMapping:
    """Return the mapping of a JSON file. Raises BadInput naming the wrong key and what is allowed."""
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise BadInput("eventlogs.mapping_unreadable", name=str(path)) from None
    except (UnicodeDecodeError, RecursionError):
        raise BadInput("eventlogs.mapping_not_json", line=1) from None
    except json.JSONDecodeError as error:
        raise BadInput("eventlogs.mapping_not_json", line=error.lineno) from None
    return mapping_from(content)


def mapping_from(content: object) -> LogMapping:
    """Return the mapping of an already parsed JSON value."""
    if not isinstance(content, dict):
        raise BadInput("eventlogs.mapping_not_an_object", key="JSON")
    for key in content:
        if key not in _KEYS and key not in _COMMENTS:
            raise _unknown("eventlogs.mapping_unknown_key", key, _KEYS)
    steps, kinds = _steps(_object(content, "steps"))
    return LogMapping(
        columns=_columns(_object(content, "columns")),
        hours=_texts(content, "hours"),
        unused=_headings(content.get("unused") or ()),
        steps=steps,
        positions={
            clean(name): _text("positions", name, value) for name, value in _object(content, "positions").items()
        },
        date_order=_date_order(content.get("date_order")),
        kinds=kinds | {name: _kind("kinds", name, value) for name, value in _object(content, "kinds").items()},
        granularity=_one_of("granularity", content.get("granularity"), GRANULARITIES),
        sheet=_text("sheet", "", content.get("sheet") or ""),
    )


def _headings(value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple):
        raise BadInput("eventlogs.mapping_not_a_list", key="unused")
    return frozenset(_text("unused", "", heading) for heading in value)


def _object(content: Mapping[str, object], key: str) -> dict[str, object]:
    value = content.get(key) or {}
    if not isinstance(value, dict):
        raise BadInput("eventlogs.mapping_not_an_object", key=key)
    return value


def _texts(content: Mapping[str, object], key: str) -> dict[str, str]:
    return {clean(name): _text(key, name, value) for name, value in _object(content, key).items()}


def _columns(written: Mapping[str, object]) -> dict[str, str]:
    """Return fact -> heading. Written the other way round (heading -> fact) it is understood too."""
    found: dict[str, str] = {}
    for name, value in written.items():
        if value is None:
            continue
        heading = _text("columns", name, value)
        fact = names().get(name)
        if fact is None and heading in names():
            fact, heading = names()[heading], clean(name)
        if fact is None:
            raise _unknown("eventlogs.mapping_unknown_column", name, sorted(set(names().values())))
        found[fact] = heading
    return found


def _steps(written: Mapping[str, object]) -> tuple[dict[str, str | None], dict[str, EventKind]]:
    steps: dict[str, str | None] = {}
    kinds: dict[str, EventKind] = {}
    for name, value in written.items():
        if isinstance(value, dict):
            if "kind" in value:
                kinds[clean(name)] = _kind("steps", name, value["kind"])
                continue
            value = value.get("step")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        steps[clean(name)] = None if value is None else _text("steps", name, value)
    return steps, kinds


def _text(key: str, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadInput("eventlogs.mapping_not_text", key=f"{key}.{name}".rstrip("."))
    return clean(value)


def _kind(key: str, name: str, value: object) -> EventKind:
    if isinstance(value, str) and value in set(EventKind):
        return EventKind(value)
    kinds = ", ".join(EventKind)
    raise BadInput("eventlogs.mapping_unknown_kind", key=f"{key}.{name}: {value}", allowed=kinds)


def _date_order(value: object) -> str:
    """Return one of ORDERS or ""; "dd/mm/yyyy" is understood as "dmy"."""
    if isinstance(value, str):
        letters = "".join(dict.fromkeys(sign for sign in value.casefold() if sign in "dmy"))
        return _one_of("date_order", letters if letters in ORDERS else value, ORDERS)
    return _one_of("date_order", value, ORDERS)


def _one_of(key: str, value: object, allowed: tuple[str, ...]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str) and value in allowed:
        return value
    raise BadInput("eventlogs.mapping_not_one_of", key=key, value=value, allowed=", ".join(allowed))


def _unknown(code: str, name: str, allowed: tuple[str, ...] | list[str]) -> BadInput:
    near = get_close_matches(name, allowed, n=1)
    if near:
        return BadInput("eventlogs.mapping_misspelt", key=name, near=near[0], allowed=", ".join(allowed))
    return BadInput(code, key=name, allowed=", ".join(allowed))
