"""Reads on dossiers that wait for their verdict: taken in, of a procedure in force, and not judged yet."""

from django.db.models import QuerySet

from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.check import service_key
from chuan.quality.models import Procedure

_OF_SCOPED = "dossiers of procedures that are already scoped"


def unjudged(procedures: QuerySet[Procedure]) -> bool:
    """Return whether dossiers wait that one of `procedures` will govern; the recurring job judges them."""
    served = procedures.filter(in_force=True).values_list("agency", "service_links__service__code")
    wanted = {(agency, service_key(code)) for agency, code in served if code}
    rows = LoggedDossier.objects.everywhere(reason=_OF_SCOPED).filter(version=None, counted=True)
    rows = rows.exclude(source__living=True)  # what was settled at their reception governs, be it none
    rows = rows.filter(agency__in={agency for agency, _code in wanted}, national_code__in={code for _, code in wanted})
    return any(pair in wanted for pair in rows.order_by().values_list("agency", "national_code").distinct())
