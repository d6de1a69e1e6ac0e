"""Work from quality systems: where one must be declared and is not, or must be declared again."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Agency, Obligation, QualitySystem
from chuan.organisations.agencies.queries import systems_of
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency


def systems_to_declare(actor: Actor) -> Iterable[Task]:
    """Yield a task for each agency whose quality system the actor keeps and that has its declaration ahead."""
    kept = actor.agencies_where(Permission.MANAGE_QUALITY_SYSTEM)
    if not kept:
        return
    agencies = list(Agency.objects.visible_to(actor).filter(pk__in=kept))
    systems = systems_of(agencies, timezone.localdate(actor.at))
    for agency in agencies:
        system = systems.get(agency.pk)
        if system is not None and system.state == "redeclaration_due" and system.owner_id == agency.pk:
            yield _again(agency)
        elif agency.obligation == Obligation.OBLIGED and (system is None or system.state != "declared"):
            yield _first(agency, system)


def _again(agency: Agency) -> Task:
    return Task(
        due_on=None,
        urgency=Urgency.SOON,
        title=_("Cần công bố lại hệ thống"),
        why=_("Phạm vi, cơ quan áp dụng hoặc phiên bản tiêu chuẩn đã đổi từ lần công bố trước."),
        verb=_("Xem hệ thống"),
        url=reverse("quality_system", args=[agency.key]),
        article=_("QĐ 19/2014/QĐ-TTg, Điều 4"),
    )


def _first(agency: Agency, system: QualitySystem | None) -> Task:
    state = system.state_label if system is not None else _("chưa có hệ thống")
    return Task(
        due_on=None,
        urgency=Urgency.LATER,
        title=_("Chưa công bố hệ thống quản lý chất lượng"),
        why=_("Cơ quan thuộc diện bắt buộc. Hiện nay: %(state)s.") % {"state": state},
        verb=_("Xem hệ thống"),
        url=reverse("quality_system", args=[agency.key]),
        article=_("QĐ 19/2014/QĐ-TTg, Điều 2 và 4"),
    )
