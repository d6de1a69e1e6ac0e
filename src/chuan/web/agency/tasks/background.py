"""Work of administrators: what the software itself could not do, so that somebody learns of it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.jobs.queries import failed
from chuan.jobs.table import JOBS
from chuan.kernel.actor import Actor
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency


def background_work_given_up(actor: Actor) -> Iterable[Task]:
    """Yield one task for all background work that was given up; its press asks for it once more."""
    if not actor.may_somewhere(Permission.MANAGE_ORGANISATION):
        return
    if given_up := failed():
        kinds = dict.fromkeys(str(JOBS[run.name].word) for run in given_up if run.name in JOBS)
        yield Task(
            due_on=None,
            urgency=Urgency.LATE,
            title=_("%(count)d việc chạy nền không làm được: %(kinds)s")
            % {"count": len(given_up), "kinds": ", ".join(kinds)},
            why=_("%(reason)s Chạy lại; vẫn không được thì gửi nhật ký máy chủ cho người hỗ trợ kỹ thuật.")
            % {"reason": given_up[0].failure},
            verb=_("Chạy lại"),
            url=reverse("work_again"),
            posts=True,
        )
