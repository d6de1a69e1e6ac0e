"""Hồ sơ của tôi: the work queue, the most pressing first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.effects import actor_of, reads
from chuan.quality.dossiers.queries import at_hand, open_ones, own_dossiers
from chuan.rules.authority import Permission


@reads(Permission.SEE_AGENCY)
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that lie with the actor."""
    actor = actor_of(request)
    rows = at_hand(open_ones(own_dossiers(actor)), actor)
    return render(request, "agency/queue/page.html", {"rows": rows.order_by("next_due_at", "pk")[:50]})
