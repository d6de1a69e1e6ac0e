"""Work from the improvement register: what was given to a position, what nobody has yet, what waits to be closed."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.improvement.models import Improvement
from chuan.quality.improvement.queries import to_do
from chuan.web.kit.tasks import Task, Urgency, in_short

MOST, LONGEST = 100, 200


def improvements_to_do(actor: Actor) -> Iterable[Task]:
    """Return the entries that wait for the actor: each with a day, the others one by one or as one task for all."""
    tasks = list(_tasks(actor))

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("%(count)d phiếu trong sổ cải tiến chờ bạn") % {"count": count},
            why=_("Chưa khắc phục, hoặc đã khắc phục mà chưa đóng."),
            verb=_("Xem sổ cải tiến"),
            url=reverse("improvements") + "?trang-thai=dang-mo",
            article=_("TCVN ISO 9001:2015, điều 8.7, 10.2"),
        )

    return [*(task for task in tasks if task.due_on), *in_short([task for task in tasks if not task.due_on], as_one)]


def _tasks(actor: Actor) -> Iterator[Task]:
    if not actor.duties:
        return
    today = timezone.localdate(actor.at)
    for one in to_do(actor).only("key", "year", "number", "about", "state", "due_on", "position_id")[:MOST]:
        late = one.due_on is not None and one.due_on < today
        yield Task(
            due_on=one.due_on,
            urgency=Urgency.LATE if late else Urgency.SOON,
            title=f"{_title(one)} {one.shown_number}",
            why=Truncator(one.about).chars(LONGEST),
            verb=_("Xem và đóng") if one.state == "corrected" else _("Xem phiếu"),
            url=reverse("improvement", args=[one.key]),
            article=_("TCVN ISO 9001:2015, điều 8.7, 10.2"),
        )


def _title(one: Improvement) -> str:
    if one.state == "corrected":
        return _("Đóng phiếu cải tiến")
    return _("Khắc phục theo phiếu cải tiến") if one.position_id else _("Chưa giao ai: phiếu cải tiến")
