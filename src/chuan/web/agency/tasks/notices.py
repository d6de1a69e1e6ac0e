"""Work from notices: what somebody told the person and he has not opened yet, unless it is work of another kind."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chuan.kernel.actor import Actor
from chuan.notices.kinds import KINDS
from chuan.notices.models import Notice
from chuan.notices.queries import notices_of
from chuan.text import numbers
from chuan.web.kit.tasks import Task, Urgency, in_short

_TASKS = [kind.code for kind in KINDS.values() if kind.is_task]


def unread_notices(actor: Actor) -> Iterable[Task]:
    """Return a task for every unread notice, or one for all; its button marks it read and opens what it tells of.

    The one for all counts what its list shows, also notices of work that is a task anyway.
    """
    unread = notices_of(actor.ref, unread_only=True)

    def as_one(_others: int) -> Task:
        count = unread.count()
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=ngettext("%(count)d thông báo chưa đọc", "%(count)d thông báo chưa đọc", count) % {"count": count},
            why=_("Mở từng thông báo để đến đúng trang, hoặc đánh dấu đọc hết."),
            verb=_("Xem thông báo"),
            url=reverse("notices") + "?xem=chua-doc",
        )

    rows = unread.exclude(kind__in=_TASKS).order_by("-created_at", "-pk")
    return in_short((_task(notice) for notice in rows), as_one)


def _task(notice: Notice) -> Task:
    told_at = timezone.localtime(notice.created_at)
    return Task(
        due_on=None,
        urgency=Urgency.SOON,
        title=str(KINDS[notice.kind].subject),
        why=notice.text or _("Báo lúc %(moment)s.") % {"moment": numbers.moment(told_at)},
        verb=_("Mở xem"),
        url=reverse("open_notice", args=[notice.pk]),
        posts=True,
        since=told_at.date(),
    )
