"""The agencies of the demo, and how a stage tells how far it is."""

from collections.abc import Callable

from chuan.demo.work import province_code
from chuan.organisations.models import Agency

WHY = "the demo is filled by a machine"

Told = Callable[[int, int], None]
"""Called with how many pieces of a stage are done, and how many there are."""


def agencies() -> dict[str, Agency]:
    """Return the agencies of the demo by their code."""
    rows = Agency.objects.everywhere(reason=WHY).filter(province__code=province_code(), province__fictitious=True)
    return {agency.code: agency for agency in rows}
