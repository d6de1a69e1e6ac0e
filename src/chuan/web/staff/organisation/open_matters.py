"""What is still open in an agency: to be looked at before it ends or goes over into another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.analytics.logs.models import LogSource
from chuan.organisations.agencies.models import Agency, Unit
from chuan.organisations.agencies.queries import alive, living_systems, memberships_on, subordinates
from chuan.organisations.people.models import Holding, Position
from chuan.organisations.people.queries import on_day
from chuan.quality.models import Procedure, ServiceDuty


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """How many of what are open, and what is done about it; `url` leads there, "" when there is no such page."""

    count: int
    what: str
    mend: str
    url: str = ""


def open_matters(agency: Agency, day: date) -> list[OpenMatter]:
    """Return what is open in `agency` on `day`: figures only, whoever keeps the organisation sees no inner matter."""
    return [matter for matter in [*_of_people(agency, day), *_of_work(agency, day)] if matter.count]


def _of_people(agency: Agency, day: date) -> Iterator[OpenMatter]:
    page = reverse("agency", args=[agency.key])
    yield OpenMatter(
        subordinates(agency, day).count(),
        _("cơ quan trực thuộc"),
        _("Nhập vào một cơ quan thì các cơ quan này chuyển theo; còn lại phải chuyển cấp trên trước."),
        reverse("agency_tree"),
    )
    yield OpenMatter(Unit.objects.within(agency).filter(alive(day)).count(), _("phòng, bộ phận"), _("Cho ngừng."), page)
    open_positions = Position.objects.within(agency).filter(_not_closed(day))
    yield OpenMatter(open_positions.count(), _("vị trí"), _("Bỏ vị trí, hoặc lập lại ở cơ quan mới."), page)
    held = Holding.objects.within(agency).filter(on_day(day))
    yield OpenMatter(
        held.count(), _("lượt người đang giữ vị trí"), _("Cho thôi giữ; cử giữ vị trí ở cơ quan mới."), page
    )


def _of_work(agency: Agency, day: date) -> Iterator[OpenMatter]:
    in_force = Procedure.objects.within(agency).filter(in_force=True)
    yield OpenMatter(in_force.count(), _("quy trình đang hiệu lực"), _("Cơ quan mới áp dụng lại hoặc thay thế."))
    duties: QuerySet[ServiceDuty] = ServiceDuty.objects.within(agency).filter(on_day(day))
    yield OpenMatter(duties.count(), _("dịch vụ công được giao"), _("Thôi giao, rồi giao cho cơ quan mới."))
    sources = LogSource.objects.within(agency)
    yield OpenMatter(sources.count(), _("nguồn hồ sơ"), _("Hồ sơ nhận từ ngày sáp nhập nạp ở cơ quan mới."))
    systems = living_systems().filter(owner=agency).count() + memberships_on(day).filter(agency=agency).count()
    yield OpenMatter(
        systems,
        _("hệ thống quản lý chất lượng"),
        _("Giải thể hoặc công bố lại (QĐ 19/2014/QĐ-TTg, Điều 4)."),
        reverse("quality_system", args=[agency.key]),
    )


def _not_closed(day: date) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=day)
