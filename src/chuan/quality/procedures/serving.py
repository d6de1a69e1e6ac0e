"""Which public services a procedure serves: that of the code in its version in force, and those given by hand."""

from chuan.quality.procedures.models import Procedure, ProcedureService
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


def _with_code(procedure: Procedure, code: str) -> list[PublicService]:
    if not code:
        return []
    rows = PublicService.objects.everywhere(reason=_WHY).filter(agency__province=procedure.agency.province_id)
    return [row for row in rows.filter(code__startswith=code) if national_code(row.code) == code]
