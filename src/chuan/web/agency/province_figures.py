"""Figures of the home page for who oversees a province: sums over its agencies, each with the list behind it."""

from collections.abc import Iterable

from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.findings.queries import agency_readings
from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Obligation
from chuan.organisations.agencies.queries import DECLARED, with_system_in
from chuan.quality.procedures.coverages import coverages, overseen, total_coverage
from chuan.rules.authority import Permission
from chuan.text import numbers
from chuan.web.kit.figures import Figure


def agencies_covered(actor: Actor) -> Iterable[Figure]:
    """How many public services of all agencies have a procedure in force; 100 % is the law (facts D7)."""
    if not actor.provinces_where(Permission.SEE_PUBLISHED):
        return
    today = timezone.localdate(actor.at)
    found = total_coverage(coverages(overseen(actor, today), today).values())
    if found.services:
        yield Figure(
            what=_("Thủ tục của các cơ quan có quy trình hiệu lực"),
            part=found.covered,
            whole=found.services,
            because=_("Phải đủ 100 %% (QĐ 19/2014/QĐ-TTg). Đến ngày %(day)s.") % {"day": numbers.day(today)},
            url=reverse("agencies_coverage"),
            link=_("Xem từng cơ quan"),
        )


def systems_declared(actor: Actor) -> Iterable[Figure]:
    """How many agencies that must have a quality system declared it (QĐ 19/2014/QĐ-TTg, Articles 2 and 4)."""
    if not actor.provinces_where(Permission.SEE_PUBLISHED):
        return
    today = timezone.localdate(actor.at)
    obliged = overseen(actor, today).filter(obligation=Obligation.OBLIGED)
    if whole := obliged.count():
        yield Figure(
            what=_("Cơ quan bắt buộc đã công bố"),
            part=with_system_in(obliged, DECLARED, today).count(),
            whole=whole,
            because=_("Theo diện ghi ở từng cơ quan (QĐ 19/2014/QĐ-TTg, Điều 2 và 4)."),
            url=reverse("quality_systems"),
            link=_("Xem hệ thống của các cơ quan"),
        )


def agencies_in_time(actor: Actor) -> Iterable[Figure]:
    """How many judged dossiers of all agencies were, or still are, within the committed limit."""
    if not actor.provinces_where(Permission.SEE_PUBLISHED):
        return
    rows = agency_readings(actor).order_by()
    found = rows.aggregate(part=Sum("in_time"), whole=Sum("judged_time"), computed=Max("computed_at"))
    if found["whole"]:
        yield Figure(
            what=_("Hồ sơ của các cơ quan trong hạn cam kết"),
            part=found["part"],
            whole=found["whole"],
            because=_("Tính ngày %(day)s.") % {"day": numbers.day(timezone.localdate(found["computed"]))},
            url=reverse("reality_agencies"),
            link=_("Xem từng cơ quan"),
        )
