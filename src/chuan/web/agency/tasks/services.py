"""Work from the law's demand that every public service has a procedure (facts D7)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.procedures.queries import uncovered
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency


def uncovered_services(actor: Actor) -> Iterable[Task]:
    """Yield one task for each agency whose quality system the actor keeps and that lacks procedures."""
    kept = actor.agencies_where(Permission.MANAGE_QUALITY_SYSTEM)
    for agency in Agency.objects.visible_to(actor).filter(pk__in=kept):
        count = uncovered(agency, timezone.localdate(actor.at)).count()
        if count:
            yield Task(
                due_on=None,
                urgency=Urgency.LATER,
                title=_("%(count)d dịch vụ công chưa có quy trình") % {"count": count},
                why=_("Mọi dịch vụ công của cơ quan phải có quy trình đang hiệu lực. Áp dụng của tỉnh hoặc soạn mới."),
                verb=_("Xem danh sách"),
                url=reverse("coverage", args=[agency.key]) + "?xem=chua-co",
                article=_("QĐ 19/2014/QĐ-TTg, Điều 3"),
            )
