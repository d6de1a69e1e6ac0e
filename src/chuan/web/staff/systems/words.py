"""Shapes of the states of a quality system on pages."""

from chuan.organisations.agencies.models import QualitySystem

SHAPES = {
    "not_started": "todo",
    "building": "doing",
    "applying": "doing",
    "confirmed_effective": "doing",
    "declared": "done",
    "redeclaration_due": "soon",
    "suspended": "late",
    "dissolved": "todo",
}


def shape_of(system: QualitySystem | None) -> str:
    """Return the shape in which the state of `system` is shown; none has the one of what is to be done."""
    return SHAPES[system.state] if system is not None else "todo"
