"""Two people wrote at different places of one draft: both changes are kept."""

from dataclasses import fields, replace
from typing import Any

from chuan.rules.procedure.structure import Procedure, Variant


class SamePlace(Exception):
    """Both changed the same row or the same field."""


def merged(base: Procedure, mine: Procedure, theirs: Procedure) -> Procedure:
    """Return `base` with both changes. A row (a step, a paper, a record) is one place. Raises SamePlace."""
    both: Procedure = _merged(base, mine, theirs)
    return both


def _merged(base: Any, mine: Any, theirs: Any) -> Any:
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, tuple) and len(base) == len(mine) == len(theirs):
        return tuple(map(_merged, base, mine, theirs))
    if isinstance(mine, Procedure | Variant):
        names = [field.name for field in fields(mine)]
        return replace(mine, **{name: _merged(*(getattr(one, name) for one in (base, mine, theirs))) for name in names})
    raise SamePlace
