"""Who took over a procedure of the province: kept as it is, changed, or still at an earlier version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.quality.procedures.models import Procedure, ProcedureVersion

_OWN = ("agency", "processing_agency", "procedure_code", "issue", "issued_on", "id")
"""What an adopting agency writes anew without changing the procedure (JSON of docs/formats.md)."""


class Kept(StrEnum):
    """What an agency did with the procedure that it took over."""

    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Adoption:
    """The procedure in force that an agency made of the original; `number` of the original it follows, `behind` the
    original's present version.
    """

    procedure: Procedure
    kept: Kept
    number: int
    behind: bool


@dataclass(frozen=True, slots=True)
class Adoptions:
    """What became of a procedure in the communes of its province: `by_agency` holds those that have it in force."""

    communes: int
    by_agency: Mapping[int, Adoption]

    @property
    def adopted(self) -> int:
        """How many have it in force."""
        return len(self.by_agency)

    @property
    def same(self) -> int:
        """How many took it over as it is."""
        return sum(one.kept is Kept.SAME for one in self.by_agency.values())

    @property
    def changed(self) -> int:
        """How many changed it."""
        return self.adopted - self.same

    @property
    def behind(self) -> int:
        """How many follow an earlier version of it."""
        return sum(one.behind for one in self.by_agency.values())


def communes_of(original: Procedure, day: date) -> QuerySet[Agency]:
    """Return the communes of the province that work on `day`: those that a procedure of the province is for."""
    rows = Agency.objects.everywhere(reason="the communes of a province are public")
    working = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return rows.filter(working, province=original.agency.province_id, kind=AgencyKind.COMMUNE, valid_from__lte=day)


def adoptions_of(original: Procedure, day: date) -> Adoptions:
    """Return what the communes made of `original`, judged by what they have in force. Three queries."""
    communes = communes_of(original, day)
    why = "how many follow a procedure is no inner matter; who they are is shown to the province only"
    rows = ProcedureVersion.objects.everywhere(reason=why).filter(
        state="in_force", procedure__adopted_from=original, procedure__agency__in=communes
    )
    rows = rows.select_related("procedure", "follows").order_by("pk")
    current = ProcedureVersion.objects.everywhere(reason=why).filter(procedure=original, state="in_force")
    newest = current.values_list("number", flat=True).first() or 0
    found = {one.procedure.agency_id: _adoption(one, newest) for one in rows}
    return Adoptions(communes.count(), found)


def _adoption(own: ProcedureVersion, newest: int) -> Adoption:
    base = own.follows
    same = base is not None and _without_own(own.content) == _without_own(base.content)
    number = base.number if base is not None else 0
    return Adoption(own.procedure, Kept.SAME if same else Kept.CHANGED, number, number < newest)


def _without_own(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in _OWN}
