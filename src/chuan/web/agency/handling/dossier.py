"""One living dossier: its clock, what can be done, what was done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import Refusal
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.rules.authority import Permission
from chuan.web.kit.acting import UNPROCESSABLE


@reads(Permission.SEE_AGENCY)
def living_dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Show the dossier `key`."""
    return show(request, dossier_by_key(actor_of(request), key))


def show(request: HttpRequest, dossier: Dossier, refusal: Refusal | None = None) -> HttpResponse:
    """Return the page of `dossier`; after a `refusal` with what was typed."""
    status = UNPROCESSABLE if refusal else 200
    return render(request, "agency/handling/dossier.html", {"row": dossier, "refusal": refusal}, status=status)
