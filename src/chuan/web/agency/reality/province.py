"""For the province: the sums that agencies' dossiers come to, agency by agency; no dossier is shown (facts D1)."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.findings.queries import agency_figures
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.kit.paging import page_of

SUMS = ("dossiers", "judged_steps", "followed", "judged_time", "in_time")


@reads(Permission.SEE_PUBLISHED)
def reality_agencies(request: HttpRequest) -> HttpResponse:
    """Show the agencies of the province with the sums of their procedures in force."""
    rows = _with_sums(actor_of(request))
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    page = page_of(rows, ("search_text", "pk"), request.GET.get("sau", ""))
    return render(request, "agency/reality/agencies.html", {"page": page})


def _with_sums(actor: Actor) -> QuerySet[Agency]:
    readings = ProcedureReading.objects.visible_to(actor).filter(
        period="", version__state="in_force", version__procedure__agency=OuterRef("pk")
    )
    of_agency = readings.order_by().values("version__procedure__agency")
    sums = {
        f"read_{name}": Subquery(of_agency.annotate(n=Sum(name)).values("n"), output_field=IntegerField())
        for name in SUMS
    }
    procedures = Subquery(of_agency.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return agency_figures(actor).annotate(**sums, read_procedures=procedures).filter(read_procedures__gt=0)
