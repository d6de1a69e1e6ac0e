"""Work from positions that nobody holds: their duties would be orphaned."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.queries import unheld
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency, in_short


def positions_nobody_holds(actor: Actor) -> Iterable[Task]:
    """Return a task for each position without a holder in the agencies whose people the actor keeps, or one for all."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("%(count)d vị trí chưa có ai giữ") % {"count": count},
            why=_("Việc giao cho các vị trí này không đến tay ai. Cử người giữ, hoặc bỏ vị trí."),
            verb=_("Xem danh sách"),
            url=reverse("positions") + "?xem=trong",
            article=_("TCVN ISO 9001:2015, điều 5.3"),
        )

    return in_short(_positions(actor), as_one)


def _positions(actor: Actor) -> Iterator[Task]:
    kept = actor.agencies_where(Permission.MANAGE_PEOPLE)
    for agency in Agency.objects.visible_to(actor).filter(pk__in=kept):
        for position in unheld(agency, timezone.localdate(actor.at)):
            yield Task(
                due_on=None,
                urgency=Urgency.LATER,
                title=_("Chưa có ai giữ vị trí %(position)s") % {"position": position.title},
                why=_("Việc giao cho vị trí này không đến tay ai. Cử người giữ, hoặc bỏ vị trí."),
                verb=_("Cử người giữ"),
                url=reverse("position", args=[position.key]),
                article=_("TCVN ISO 9001:2015, điều 5.3"),
            )
