"""Public services without a procedure in force: what is on its way for them, and how to begin one."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.procedures.queries import adoptable
from chuan.quality.procedures.serving import Coming, on_their_way
from chuan.quality.services.models import PublicService
from chuan.rules.authority import Permission
from chuan.web.kit.templatetags.chuan import to


@dataclass(frozen=True, slots=True)
class Bare:
    """What stands in place of the procedure of a service: versions on their way, else addresses to begin at.

    `write` is the form of a new procedure, `adopt` that of the province's; "" where it is not for the reader.
    """

    coming: Sequence[Coming]
    write: str
    adopt: str


def bare(agency: Agency, services: Sequence[PublicService], actor: Actor) -> dict[int, Bare]:
    """Return for each of `services` of `agency` (by its number) what there is instead of a procedure in force."""
    inside, writes = actor.may(Permission.SEE_AGENCY, agency), actor.may(Permission.WRITE_PROCEDURE, agency)
    coming = on_their_way(agency, services) if inside else {}
    originals = _originals(agency, services, actor) if writes else {}
    start, found = reverse("start_procedure"), {}
    for one in services:
        begins = writes and one.pk not in coming
        original = originals.get(one.pk) if begins else None
        typed = urlencode({"co-quan": agency.key, "ma": one.code})
        found[one.pk] = Bare(
            coming.get(one.pk, ()),
            f"{start}?{typed}" if begins else "",
            to("adopt_procedure", original) if original else "",
        )
    return found


def _originals(agency: Agency, services: Sequence[PublicService], actor: Actor) -> dict[int, str]:
    """Return by the number of a service the key of the province's procedure for it, the first by its code."""
    rows = adoptable(actor, agency).filter(services__in=[one.pk for one in services])
    return dict(rows.order_by("-code").values_list("services", "key"))
