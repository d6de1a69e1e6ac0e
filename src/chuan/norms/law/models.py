"""Legal instruments as rows: those that ship, and those that a province adds (its own decisions)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import never
from chuan.kernel.models import Entity
from chuan.organisations.models import Province

SHIPPED = "law:shipped"
"""What the trail calls the instruments that ship, taken together."""


class LegalInstrument(Entity):
    """A legal instrument with its relations. `province` is empty for those that ship; a reload leaves the others alone.

    `number` is the normal form of `chuan.text.references`; days that are not known for sure stay empty.
    """

    personal_data = None
    unscoped: ClassVar[str] = "legal instruments are public; a province's own ones are read through `law_library`"

    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("tỉnh bổ sung"),
    )
    number = models.CharField(_("số, ký hiệu"), max_length=80)
    kind = models.CharField(_("loại văn bản"), max_length=30)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=60, blank=True)
    year = models.PositiveIntegerField(_("năm"))
    title = models.CharField(_("tên gọi ngắn"), max_length=300)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    expires_on = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    seen_in_force_on = models.DateField(_("thấy áp dụng vào ngày"), null=True, blank=True)
    amends = models.JSONField(_("sửa đổi"), default=list, blank=True)
    replaces = models.JSONField(_("thay thế"), default=list, blank=True)
    consolidates = models.CharField(_("hợp nhất"), max_length=80, blank=True)
    confidence = models.CharField(_("độ tin cậy"), max_length=10)
    source = models.CharField(_("nguồn"), max_length=40, blank=True)

    class Meta:
        ordering = ["-year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(province__isnull=True),
                name="legal_instrument_shipped_once",
                violation_error_message=_("Văn bản này đã có trong danh mục."),
            ),
            models.UniqueConstraint(
                fields=["province", "number"],
                name="legal_instrument_once_in_province",
                violation_error_message=_("Tỉnh đã bổ sung văn bản này."),
            ),
            never(
                "legal_instrument_never_expired_before_effective",
                Q(expires_on__lt=F("effective_on")),
                _("Ngày hết hiệu lực phải bằng hoặc sau ngày có hiệu lực."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
