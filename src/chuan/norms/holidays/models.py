"""Calendars as rows. What is stored is frozen: complete in itself, so that a date is computed again years later."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import never
from chuan.kernel.models import Entity, Scoped
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission


class CalendarEdition(Entity):
    """One version of a calendar that ships: `content` is the frozen calendar, `decisions` the documents behind it."""

    personal_data = None
    unscoped: ClassVar[str] = "the days off of the state are public and the same for everybody"

    name = models.CharField(_("tên lịch"), max_length=40)
    version = models.CharField(_("phiên bản"), max_length=60)
    title = models.CharField(_("tiêu đề"), max_length=200)
    content = models.TextField(_("nội dung"))
    checksum = models.CharField(_("mã kiểm"), max_length=64)
    decisions = models.JSONField(_("văn bản quy định"), default=list)

    class Meta:
        ordering = ["name", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                name="calendar_edition_once",
                violation_error_message=_("Phiên bản này của lịch đã được nạp."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class AgencyCalendar(Entity, Scoped):
    """One version of an agency's calendar: its hours from a day on (R22), and all its closures.

    On a day holds the version with the latest `from_on`, and of those the highest `number`. `settings` is what people
    set (week, counts_as, days, in the shape of `chuan.reading.calendars`), `content` the frozen calendar made of it.
    """

    personal_data = None
    see = Permission.SEE_ORGANISATION

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="calendars", verbose_name=_("cơ quan"))
    number = models.PositiveIntegerField(_("phiên bản"))
    from_on = models.DateField(_("áp dụng từ ngày"))
    settings = models.JSONField(_("giờ làm việc và ngày nghỉ riêng"))
    content = models.TextField(_("nội dung"))
    version = models.CharField(_("tên phiên bản"), max_length=60)
    decision = models.CharField(_("căn cứ"), max_length=200)
    change_note = models.CharField(_("đã đổi gì"), max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                name="agency_calendar_number_once",
                violation_error_message=_("Người khác vừa lưu một phiên bản mới của lịch. Hãy tải lại trang."),
            ),
            never(
                "agency_calendar_never_without_decision",
                Q(decision=""),
                _("Ghi giờ làm việc hoặc ngày nghỉ riêng thì phải ghi căn cứ (số, ngày văn bản)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} v{self.number}"
