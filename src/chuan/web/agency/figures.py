"""Ba con số cần biết: figures in the margin of the home page, each from real records and with the list behind it."""

from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.people.models import Holding, Position
from chuan.organisations.people.queries import on_day
from chuan.text import numbers
from chuan.web.kit.figures import Figure

Provider = Callable[[Actor], Iterable[Figure]]


def positions_held(actor: Actor) -> Iterable[Figure]:
    """How many open positions of the actor's agency somebody holds today (duties belong to positions)."""
    if not actor.duties:
        return
    today = timezone.localdate(actor.at)
    held = Holding.objects.visible_to(actor).filter(on_day(today), position=OuterRef("pk"))
    own = Position.objects.visible_to(actor).filter(agency_id=actor.duties[0].agency_id)
    open_ones = own.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today)).annotate(is_held=Exists(held))
    counted = open_ones.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(is_held=True)))
    if counted["whole"]:
        yield Figure(
            what=_("Vị trí đang có người giữ"),
            part=counted["part"],
            whole=counted["whole"],
            because=_("Đến ngày %(day)s.") % {"day": numbers.day(today)},
            url=reverse("positions"),
            link=_("Xem các vị trí"),
        )


FIGURES: tuple[Provider, ...] = (positions_held,)
