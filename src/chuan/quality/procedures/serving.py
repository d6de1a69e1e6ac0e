"""Which public services a procedure serves: that of the code in its version in force, and those given by hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from django.db.models.fields.json import KT

from chuan.organisations.models import Agency
from chuan.quality.procedures.lifecycle import COMING, STATES
from chuan.quality.procedures.models import Procedure, ProcedureService, ProcedureVersion
from chuan.quality.services.models import PublicService
from chuan.rules.procedure.coverage import national_code

_BORNE = KT("content__tthc_code")
"""The code of the service that a version bears."""
_WHY = "the catalogue is the province's; the procedure was checked"


def serve(procedure: Procedure, code: str, *, instead_of: str = "") -> None:
    """Tie `procedure` to the service with `code`, in place of the one whose code its former version bore."""
    wanted, former = national_code(code), national_code(instead_of)
    if wanted != former:
        outdated = _with_code(procedure, former)
        ProcedureService.objects.filter(procedure=procedure, service__in=outdated).delete()
    ProcedureService.objects.bulk_create(
        [ProcedureService(procedure=procedure, service=service) for service in _with_code(procedure, wanted)],
        ignore_conflicts=True,
    )


def to_be_served(version: ProcedureVersion, code: str) -> list[PublicService]:
    """Return the services with the `code` that `version` bears to which its procedure is not tied yet."""
    tied = set(version.procedure.service_links.values_list("service", flat=True))
    return [one for one in _with_code(version.procedure, national_code(code)) if one.pk not in tied]


@dataclass(frozen=True, slots=True)
class Coming:
    """A version on its way: the key and the code of its procedure, its number and its state (of COMING)."""

    key: str
    code: str
    number: int
    state: str

    @property
    def state_label(self) -> str:
        """The state as people read it."""
        return str(STATES[self.state])


def on_their_way(agency: Agency, services: Iterable[PublicService]) -> dict[int, list[Coming]]:
    """Return by the number of a service the versions of `agency` that will serve it once they take effect.

    That is those that bear its code, and those of the procedures that are tied to it. One query.
    """
    by_code = {national_code(one.code): one.pk for one in services}
    of_these = Q(procedure__service_links__service__in=by_code.values())
    rows = ProcedureVersion.objects.within(agency).filter(state__in=COMING).order_by("procedure__code", "number")
    rows = rows.annotate(link=FilteredRelation("procedure__service_links", condition=of_these))
    shown = ("procedure__key", "procedure__code", "number", "state")
    found: dict[int, dict[int, Coming]] = {}
    for pk, borne, tied, key, code, number, state in rows.values_list("pk", _BORNE, "link__service", *shown):
        for service in (by_code.get(national_code(borne or "")), tied):
            if service is not None:
                found.setdefault(service, {})[pk] = Coming(key, code, number, state)
    return {service: list(versions.values()) for service, versions in found.items()}


def _with_code(procedure: Procedure, code: str) -> list[PublicService]:
    if not code:
        return []
    rows = PublicService.objects.everywhere(reason=_WHY).filter(agency__province=procedure.agency.province_id)
    return [row for row in rows.filter(code__startswith=code) if national_code(row.code) == code]
