"""The structure of a version as stored (JSON of docs/formats.md) and as a value of the rules."""

from typing import Any

from chuan.quality.procedures.models import ProcedureVersion
from chuan.reading.procedure_json import from_json, to_json
from chuan.rules.procedure.structure import Procedure


def structure(version: ProcedureVersion) -> Procedure:
    """Return the written procedure that `version` holds."""
    return parsed(version.content)


def parsed(content: dict[str, Any]) -> Procedure:
    """Return `content` as a written procedure; raises BadInput that names the place of what is wrong."""
    return from_json({"procedures": [content]})[0]


def stored(procedure: Procedure) -> dict[str, Any]:
    """Return `procedure` as it is stored."""
    found: dict[str, Any] = to_json([procedure])["procedures"][0]
    return found


def step_count(procedure: Procedure) -> int:
    """Return the number of steps over all variants."""
    return sum(len(variant.steps) for variant in procedure.variants)
