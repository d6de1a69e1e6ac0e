"""Work from imports: files handed in that were read, until each is accepted or put aside."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chuan.kernel.actor import Actor
from chuan.quality.procedures.queries import imports_to_finish
from chuan.web.agency.imports.left import left
from chuan.web.kit.tasks import Task, Urgency, in_short


def imports_not_finished(actor: Actor) -> Iterable[Task]:
    """Return the imports that the person handed in and has not decided on to the last file; many as one task."""

    def as_one(count: int) -> Task:
        return Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=ngettext("%(count)d lần nhập còn tệp chờ", "%(count)d lần nhập còn tệp chờ", count)
            % {"count": count},
            why=_("Mỗi tệp chờ được nhận thành dự thảo hoặc bỏ khỏi danh sách."),
            verb=_("Xem các lần nhập"),
            url=reverse("import_procedures"),
        )

    tasks = (
        Task(
            due_on=None,
            urgency=Urgency.SOON,
            title=_("Xem các tệp đã nhập: %(name)s") % {"name": batch.name},
            why=f"{left(batch)[1]}.",
            verb=_("Xem các tệp"),
            url=reverse("import_batch", args=[batch.key]),
            since=timezone.localdate(batch.created_at),
        )
        for batch in imports_to_finish(actor)
    )
    return in_short(tasks, as_one)
