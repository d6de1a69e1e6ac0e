"""Coverage agency by agency, for the province: who still lacks procedures, and which (facts D1, D7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, reads
from chuan.organisations.agencies.models import AgencyKind
from chuan.quality.procedures.coverages import coverages, incomplete, overseen, total_coverage
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.agency.procedures.coverage import BARE
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

LACKING = "con-thieu"


@reads(Permission.SEE_PUBLISHED)
def agencies_coverage(request: HttpRequest) -> HttpResponse:
    """Show the agencies of the province, each with its public services and how many have a procedure in force."""
    actor = actor_of(request)
    today = timezone.localdate(actor.at)
    all_of_them = overseen(actor, today)
    rows = incomplete(all_of_them, today) if request.GET.get("xem") == LACKING else all_of_them
    if (kind := request.GET.get("loai", "")) in AgencyKind.values:
        rows = rows.filter(kind=kind)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    page = page_of(rows.only("key", "name", "kind", "search_text"), ("search_text", "pk"), request.GET.get("sau", ""))
    found = coverages(all_of_them, today)
    views = [Choice(_("Tất cả"), ""), Choice(_("Còn thiếu quy trình"), LACKING)]
    words = {kind.value: str(kind.label) for kind in AgencyKind}
    kinds = [Choice(_("Mọi loại"), ""), *(Choice(word, kind) for kind, word in words.items())]
    context = {
        "page": page,
        "rows": [(agency, words[agency.kind], found.get(agency.pk)) for agency in page.rows],
        "total": total_coverage(found.values()),
        "views": choices(request, "xem", views),
        "kinds": choices(request, "loai", kinds),
        "bare": BARE,
    }
    return render(request, "agency/procedures/coverages.html", context)
