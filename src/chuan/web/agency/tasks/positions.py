"""Work from positions that nobody holds: their duties would be orphaned."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.queries import unheld
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency

SHOWN = 5


def positions_nobody_holds(actor: Actor) -> Iterable[Task]:
    """Yield a task for each position without a holder in the agencies whose people the actor keeps."""
    kept = actor.agencies_where(Permission.MANAGE_PEOPLE)
    for agency in Agency.objects.visible_to(actor).filter(pk__in=kept):
        for position in unheld(agency, timezone.localdate(actor.at))[:SHOWN]:
            yield Task(
                due_on=None,
                urgency=Urgency.LATER,
                title=_("Chưa có ai giữ vị trí %(position)s") % {"position": position.title},
                why=_("Việc giao cho vị trí này không đến tay ai. Cử người giữ, hoặc bỏ vị trí."),
                verb=_("Cử người giữ"),
                url=reverse("position", args=[position.key]),
                article=_("TCVN ISO 9001:2015, điều 5.3"),
            )
