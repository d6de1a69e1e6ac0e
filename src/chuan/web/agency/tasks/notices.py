"""Work from notices: what somebody told the person and he has not opened yet."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.notices.kinds import KINDS
from chuan.notices.queries import newest
from chuan.text import numbers
from chuan.web.kit.tasks import Task, Urgency


def unread_notices(actor: Actor) -> Iterable[Task]:
    """Yield a task for every unread notice; the press of its button marks it read and opens what it tells of."""
    for notice in newest(actor.ref):
        if notice.read_at is None:
            told_at = numbers.moment(timezone.localtime(notice.created_at))
            yield Task(
                due_on=None,
                urgency=Urgency.SOON,
                title=str(KINDS[notice.kind].subject),
                why=notice.text or _("Báo lúc %(moment)s.") % {"moment": told_at},
                verb=_("Mở xem"),
                url=reverse("open_notice", args=[notice.pk]),
                posts=True,
            )
