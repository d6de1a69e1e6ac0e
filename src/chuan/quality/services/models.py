"""The catalogue of public services (thủ tục hành chính) and which agency handles which of them.

Parts of a service: NĐ 63/2010/NĐ-CP, Article 8. Legal and committed limits are kept apart (facts D10, R17).
"""

from fractions import Fraction
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import days_in_order, never
from chuan.kernel.models import Entity, Scoped
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission
from chuan.rules.procedure.structure import Limit, TimeUnit

UNITS = [(unit.value, unit.value) for unit in TimeUnit]
PARTS = {
    "sequence": _("Trình tự thực hiện"),
    "channels": _("Cách thức thực hiện"),
    "components": _("Thành phần, số lượng hồ sơ"),
    "subject": _("Đối tượng thực hiện"),
    "results": _("Kết quả thực hiện"),
    "forms": _("Mẫu đơn, mẫu tờ khai"),
    "conditions": _("Yêu cầu, điều kiện"),
}
"""The parts of a service that have no column of their own (NĐ 63/2010/NĐ-CP, Article 8): keys of `parts`."""


class PublicService(Entity, Scoped):
    """One public service in the catalogue of a province. The catalogue is the province's; all its agencies see it.

    Limits are an exact fraction as text ("12", "1/3") and a unit; both empty when the law states none.
    """

    personal_data = None
    see = Permission.SEE_ORGANISATION
    shared = Q()

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="catalogued_services", verbose_name=_("cơ quan giữ danh mục")
    )
    code = models.CharField(_("mã thủ tục"), max_length=40)
    name = models.CharField(_("tên thủ tục"), max_length=600)
    field = models.CharField(_("lĩnh vực"), max_length=200, blank=True)
    level = models.CharField(_("cấp thực hiện"), max_length=60, blank=True)
    legal_amount = models.CharField(_("thời hạn theo luật"), max_length=20, blank=True)
    legal_unit = models.CharField(_("đơn vị thời hạn luật"), max_length=40, blank=True, choices=UNITS)
    committed_amount = models.CharField(_("thời hạn cam kết"), max_length=20, blank=True)
    committed_unit = models.CharField(_("đơn vị thời hạn cam kết"), max_length=40, blank=True, choices=UNITS)
    fee = models.CharField(_("phí, lệ phí"), max_length=400, blank=True)
    online_level = models.CharField(_("mức độ trực tuyến"), max_length=60, blank=True)
    competence = models.CharField(_("cơ quan có thẩm quyền quyết định"), max_length=300, blank=True)
    parts = models.JSONField(_("các bộ phận cấu thành"), default=dict, blank=True)
    search_text = models.CharField(max_length=700, editable=False, blank=True, db_index=True)
    valid_from = models.DateField(_("có hiệu lực từ ngày"))
    valid_until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    repealed_by = models.CharField(_("quyết định bãi bỏ"), max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"],
                name="public_service_code_once",
                violation_error_message=_("Mã thủ tục đã có trong danh mục của tỉnh."),
            ),
            days_in_order("public_service_days_in_order", "valid_from", "valid_until"),
            never(
                "public_service_limit_never_without_unit",
                (~Q(legal_amount="") & Q(legal_unit="")) | (~Q(committed_amount="") & Q(committed_unit="")),
                _("Thời hạn phải có đơn vị (ngày làm việc, giờ làm việc, ngày…)."),
            ),
            never(
                "public_service_never_ended_without_decision",
                Q(valid_until__isnull=False) & Q(repealed_by=""),
                _("Bãi bỏ thủ tục thì phải ghi quyết định (số, ngày)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def told_parts(self) -> list[tuple[Promise, str]]:
        """The parts that were filled in, in the order of the decree: name and words."""
        return [(name, self.parts[key]) for key, name in PARTS.items() if self.parts.get(key)]

    @property
    def legal(self) -> Limit | None:
        """The limit of the law."""
        return _limit(self.legal_amount, self.legal_unit)

    @property
    def committed(self) -> Limit | None:
        """The limit to which the province committed itself."""
        return _limit(self.committed_amount, self.committed_unit)


@lru_cache(maxsize=1000)
def _limit(amount: str, unit: str) -> Limit | None:
    return Limit(Fraction(amount), TimeUnit(unit)) if amount else None


class ServiceDuty(Entity, Scoped):
    """An agency handles a public service, from–to: what its coverage is measured by (facts D7)."""

    personal_data = None
    see = Permission.SEE_ORGANISATION

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="service_duties")
    service = models.ForeignKey(PublicService, on_delete=models.PROTECT, related_name="duties")
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "service"],
                condition=Q(until_on__isnull=True),
                name="service_duty_once_at_a_time",
                violation_error_message=_("Cơ quan đã được giao thủ tục này."),
            ),
            days_in_order("service_duty_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.service_id}"


class CoverageCount(models.Model):
    """The coverage of an agency as it was counted for `day`; without a day it has to be counted again.

    Five hundred agencies handle a hundred thousand services: the pages of a province add these rows up instead.
    """

    personal_data = None
    unscoped = "two sums of an agency, published"

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, primary_key=True, related_name="coverage_count")
    day = models.DateField(null=True)
    services = models.PositiveIntegerField(default=0)
    covered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(covered__lte=models.F("services")),
                name="coverage_count_within_services",
                violation_error_message=_("Số thủ tục có quy trình không thể lớn hơn số thủ tục."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.covered}/{self.services}"

    @classmethod
    def outdate(cls, agency: Agency) -> None:
        """Let the coverage of `agency` be counted again: called by every change of what it is counted from."""
        cls.objects.update_or_create(agency=agency, defaults={"day": None})
