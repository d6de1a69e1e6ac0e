"""For the province: the sums that agencies' dossiers come to, agency by agency; no dossier is shown (facts D1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.analytics.findings.queries import agency_readings
from chuan.kernel.effects import actor_of, reads
from chuan.rules.authority import Permission
from chuan.web.kit.paging import page_of


@reads(Permission.SEE_PUBLISHED)
def reality_agencies(request: HttpRequest) -> HttpResponse:
    """Show the agencies of the province with the sums of their procedures in force."""
    rows = agency_readings(actor_of(request), words=request.GET.get("q", ""))
    page = page_of(rows, ("agency__search_text", "agency_id"), request.GET.get("sau", ""))
    shown = [(one, one.dossiers - one.judged_steps, one.dossiers - one.judged_time) for one in page.rows]
    return render(request, "agency/reality/agencies.html", {"page": page, "rows": shown})
