"""Agencies as a tree: who stands under whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from chuan.organisations.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency and the branches below it; the top of the tree is open."""

    agency: Agency
    below: Sequence["Branch"]
    open: bool


def branches(agencies: Sequence[Agency]) -> list[Branch]:
    """Return the tree of `agencies`, in their order; one whose superior is not among them is a top."""
    known = {agency.pk for agency in agencies}
    below: dict[int | None, list[Agency]] = defaultdict(list)
    for agency in agencies:
        below[agency.parent_id if agency.parent_id in known else None].append(agency)

    def branch(agency: Agency, depth: int) -> Branch:
        return Branch(agency, [branch(child, depth + 1) for child in below[agency.pk]], open=depth == 0)

    return [branch(top, 0) for top in below[None]]
