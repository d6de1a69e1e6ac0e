"""The record of outages."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import never
from chuan.kernel.models import Entity, Scoped
from chuan.organisations.models import Agency
from chuan.rules.handling import outages as rules

LONGEST_WHY = 300


class Outage(Entity, Scoped):
    """The system or the network of an agency was down from `began_at` until `ended_at` (None: still).

    `all_entered_at`: since when all that was received on paper meanwhile is entered, as somebody said; None: not yet.
    `withdrawn_at`: it was recorded by mistake and counts no more.
    """

    personal_data = None

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="outages", verbose_name=_("cơ quan"))
    began_at = models.DateTimeField(_("mất mạng từ"))
    ended_at = models.DateTimeField(_("có lại lúc"), null=True, blank=True)
    why = models.CharField(_("vì sao"), max_length=LONGEST_WHY)
    all_entered_at = models.DateTimeField(_("nhập đủ lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        indexes = [models.Index(fields=["agency", "-began_at", "-id"])]
        constraints = [
            never(
                "outage_never_ends_before_it_begins",
                Q(ended_at__lte=F("began_at")),
                _("Lúc có lại phải sau lúc bắt đầu mất mạng."),
            ),
            never(
                "outage_never_entered_while_it_lasts",
                Q(all_entered_at__isnull=False) & Q(ended_at__isnull=True),
                _("Còn đang mất mạng thì chưa thể nhập đủ phiếu giấy."),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(ended_at__isnull=True, withdrawn_at__isnull=True),
                name="outage_open_once",
                violation_error_message=_("Cơ quan đang có một lần mất mạng chưa ghi lúc có lại."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.began_at}"

    @property
    def span(self) -> rules.Outage:
        """The outage as the rules want it."""
        return rules.Outage(
            timezone.localtime(self.began_at), timezone.localtime(self.ended_at) if self.ended_at else None
        )
