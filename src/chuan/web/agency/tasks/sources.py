"""Work from records that are not there: procedures apply, but no log tells what is done with them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.analytics.logs.models import LogSource
from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency


def agencies_without_source(actor: Actor) -> Iterable[Task]:
    """Yield a task for each agency whose procedures the actor keeps: some are in force, and no source of dossiers."""
    own = actor.agencies_where(Permission.IMPORT_LOG) & actor.agencies_where(Permission.WRITE_PROCEDURE)
    if not own:
        return
    agency = OuterRef("pk")
    rows = Agency.objects.visible_to(actor).filter(
        Exists(Procedure.objects.visible_to(actor).filter(agency=agency, in_force=True)),
        ~Exists(LogSource.objects.visible_to(actor).filter(agency=agency)),
        pk__in=own,
    )
    for one in rows.order_by("search_text"):
        yield Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("Chưa có nhật ký hồ sơ của %(agency)s") % {"agency": one.name},
            why=_("Tải tệp hồ sơ xuất từ phần mềm một cửa lên thì thấy ngay quy trình có được làm theo, có đúng hạn."),
            verb=_("Thêm nguồn hồ sơ"),
            url=reverse("add_log_source", args=[one.key]),
            article=_("TCVN ISO 9001:2015, điều 9.1.1"),
        )
