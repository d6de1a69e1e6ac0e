"""Which reading an address asks for."""

from django.http import HttpRequest

from chuan.analytics.findings.models import ProcedureReading
from chuan.kernel.actor import Actor
from chuan.quality.models import Procedure


def picked(actor: Actor, procedure: Procedure, request: HttpRequest) -> ProcedureReading | None:
    """Return the reading that the address asks for: of a version (the newest by default) and a period."""
    number = request.GET.get("lan", "")
    rows = ProcedureReading.objects.visible_to(actor).filter(version__procedure=procedure)
    rows = rows.select_related("version").order_by("-version__number")
    if number.isascii() and number.isdigit():
        rows = rows.filter(version__number=int(number[:6]))
    return rows.filter(period=request.GET.get("ky", "")).first() or (None if number else rows.filter(period="").first())
