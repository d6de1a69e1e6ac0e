"""For the province: the sums that agencies' dossiers come to, agency by agency; no dossier is shown (facts D1)."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet, Sum
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

AGENCY = "version__procedure__agency"
SUMS = ("dossiers", "judged_steps", "followed", "judged_time", "in_time")


@reads(Permission.SEE_PUBLISHED)
def reality_agencies(request: HttpRequest) -> HttpResponse:
    """Show the agencies of the province with the sums of their procedures in force."""
    actor = actor_of(request)
    read = _readings(actor)
    rows = agency_figures(actor).filter(pk__in=read.values(AGENCY))
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    page = page_of(rows, ("search_text", "pk"), request.GET.get("sau", ""))
    sums = _sums(read, page.rows)
    shown = [(row, sums[row.pk]) for row in page.rows]
    return render(request, "agency/reality/agencies.html", {"page": page, "rows": shown})


def _readings(actor: Actor) -> QuerySet[ProcedureReading]:
    rows = ProcedureReading.objects.visible_to(actor).filter(period="", version__state="in_force")
    return rows.filter(version__procedure__agency__province__in=actor.provinces_where(Permission.SEE_PUBLISHED))


def _sums(read: QuerySet[ProcedureReading], agencies: Sequence[Agency]) -> dict[int, dict[str, int]]:
    """Return the sums of each of `agencies` by its number, and how many procedures they come from ("procedures")."""
    of_agency = read.filter(**{f"{AGENCY}__in": [one.pk for one in agencies]}).order_by().values(AGENCY)
    rows = of_agency.annotate(procedures=Count("pk"), **{f"all_{name}": Sum(name) for name in SUMS})
    return {row[AGENCY]: {"procedures": row["procedures"]} | {n: row[f"all_{n}"] for n in SUMS} for row in rows}
