"""Work from delegations: duties carried for somebody else that end soon."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.people.models import Delegation
from chuan.web.kit.tasks import Task, Urgency

DAYS_AHEAD = 7


def delegations_ending(actor: Actor) -> Iterable[Task]:
    """Yield a task for every delegation to the actor that ends within a week: hand the work back in time."""
    today = timezone.localdate(actor.at)
    mine = Delegation.objects.everywhere(reason="what was delegated to the actor himself").filter(
        to_id=actor.person_id, from_on__lte=today, until_on__range=(today, today + timedelta(days=DAYS_AHEAD))
    )
    for delegation in mine.select_related("holding__position", "holding__person"):
        yield Task(
            due_on=delegation.until_on,
            urgency=Urgency.SOON,
            title=_("Sắp hết thời gian làm thay: %(position)s") % {"position": delegation.holding.position.title},
            why=_("Bàn giao lại việc đang làm cho %(name)s.") % {"name": delegation.holding.person.full_name},
            verb=_("Xem vị trí"),
            url=reverse("position", args=[delegation.holding.position.key]),
            article=delegation.reason,
        )
