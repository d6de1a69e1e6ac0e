"""Which public services a procedure serves: that of the code in its version in force, and those given by hand."""

from collections.abc import Iterable

from django.db.models import FilteredRelation, Q
from django.db.models.fields.json import KT

from chuan.organisations.models import Agency
from chuan.quality.procedures.lifecycle import COMING
from chuan.quality.procedures.models import Procedure, ProcedureService, ProcedureVersion
from chuan.quality.services.models import PublicService
from chuan.rules.procedure.coverage import national_code

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


def on_their_way(agency: Agency, services: Iterable[PublicService]) -> dict[int, list[ProcedureVersion]]:
    """Return by the number of a service the versions of `agency` that will serve it once they take effect.

    That is those that bear its code, and those of the procedures that are tied to it.
    """
    by_code = {national_code(one.code): one.pk for one in services}
    coming = ProcedureVersion.objects.within(agency).filter(state__in=COMING)
    of_these = Q(procedure__service_links__service__in=by_code.values())
    tied = coming.order_by().annotate(link=FilteredRelation("procedure__service_links", condition=of_these))
    pairs: set[tuple[int, int]] = set()
    for version, code, service in tied.values_list("pk", KT("content__tthc_code"), "link__service"):
        borne = by_code.get(national_code(code or ""))
        pairs |= {(version, one) for one in (borne, service) if one is not None}
    rows = coming.filter(pk__in={version for version, _service in pairs}).select_related("procedure").defer("content")
    found: dict[int, list[ProcedureVersion]] = {}
    for one in rows.order_by("procedure__code", "number"):
        for service in (service for version, service in pairs if version == one.pk):
            found.setdefault(service, []).append(one)
    return found


def _with_code(procedure: Procedure, code: str) -> list[PublicService]:
    if not code:
        return []
    rows = PublicService.objects.everywhere(reason=_WHY).filter(agency__province=procedure.agency.province_id)
    return [row for row in rows.filter(code__startswith=code) if national_code(row.code) == code]
