"""The first steps in a fresh province, for who keeps its organisation: what is done and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.loading import UNNAMED
from chuan.organisations.agencies.models import Agency, AgencyKind, Province, QualitySystem
from chuan.organisations.people.models import Person
from chuan.quality.models import Procedure
from chuan.quality.services.models import ServiceDuty
from chuan.rules.authority import Permission

_WHETHER = "only whether there is any at all"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what to do, why, where, and whether it is done; `now` marks the first one that is not."""

    title: str
    why: str
    verb: str
    url: str
    done: bool
    now: bool = False


def first_steps(actor: Actor) -> Sequence[FirstStep]:
    """Return the steps for who manages the organisation of a province, () when all are done or it is not his."""
    provinces = actor.provinces_where(Permission.MANAGE_ORGANISATION)
    if not provinces:
        return ()
    steps = _steps(provinces)
    first = next((step for step in steps if not step.done), None)
    return [FirstStep(s.title, s.why, s.verb, s.url, s.done, now=s is first) for s in steps] if first else ()


def _steps(provinces: frozenset[int]) -> list[FirstStep]:
    agencies = Agency.objects.everywhere(reason=_WHETHER).filter(province__in=provinces)
    others = agencies.exclude(kind=AgencyKind.PROVINCE).exists()
    of_province = Q(agency__province__in=provinces)
    people = Person.objects.everywhere(reason=_WHETHER).filter(of_province)[1:2].exists()  # beside the administrator
    given = ServiceDuty.objects.everywhere(reason=_WHETHER).filter(of_province).exists()
    systems = QualitySystem.objects.everywhere(reason=_WHETHER).filter(owner__province__in=provinces).exists()
    named = not Province.objects.filter(pk__in=provinces, code=UNNAMED[0]).exists()
    procedures = Procedure.objects.everywhere(reason=_WHETHER).filter(of_province, in_force=True).exists()
    which = FirstStep(
        _("Chọn tỉnh"),
        _("Tên tỉnh đứng ở mọi trang; các xã, phường, đặc khu của tỉnh có thể ghi luôn một lần."),
        _("Chọn tỉnh"),
        reverse("choose_province"),
        named,
    )
    return [
        *([] if named else [which]),
        FirstStep(
            _("Ghi các cơ quan"),
            _("Sở, Chi cục, xã, phường, đơn vị sự nghiệp; từng cơ quan một hoặc cả tệp Excel."),
            _("Mở danh sách cơ quan"),
            reverse("agencies"),
            others,
        ),
        FirstStep(
            _("Ghi người, vị trí và vai trò của từng cơ quan"),
            _("Mỗi cơ quan cần ít nhất một người đứng đầu và một thư ký ISO có tài khoản."),
            _("Mở danh sách cơ quan"),
            reverse("agencies"),
            people,
        ),
        FirstStep(
            _("Nhập danh mục dịch vụ công, giao cho các cơ quan"),
            _("Danh mục tỉnh đã công bố; mỗi thủ tục phải có cơ quan được giao."),
            _("Mở danh mục"),
            reverse("services"),
            given,
        ),
        FirstStep(
            _("Các cơ quan lập hệ thống quản lý chất lượng"),
            _("Thư ký ISO hoặc người đứng đầu lập ở trang của cơ quan; trang này cho thấy ai đã lập, ai đã công bố."),
            _("Xem tình hình"),
            reverse("quality_systems"),
            systems,
        ),
        FirstStep(
            _("Các cơ quan đưa quy trình vào áp dụng"),
            _("Thư ký ISO nhập tệp Word đang có hoặc soạn mới; người đứng đầu phê duyệt."),
            _("Xem dịch vụ công"),
            reverse("services"),
            procedures,
        ),
    ]
