"""One living dossier: its clock, what can be done, what was done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.effects import actor_of, reads
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.rules.authority import Permission


@reads(Permission.SEE_AGENCY)
def living_dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Show the dossier `key`."""
    return render(request, "agency/handling/dossier.html", {"row": dossier_by_key(actor_of(request), key)})
