"""The forms of the calendar. They read what was typed; what may be is for the actions to say."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.norms.holidays.settings import Settings, calendar_from
from chuan.organisations.models import Agency
from chuan.reading.calendars import WEEKDAYS
from chuan.text.messages import BadInput
from chuan.web.kit.forms import DayField

NAMES = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật"))
SATURDAY_COUNTS = (
    ("1", _("Một ngày làm việc")),
    ("1/2", _("Nửa ngày làm việc")),
    ("0", _("Không tính vào thời hạn, chỉ tiếp nhận và trả kết quả")),
)
SHIFTS_HINT = _("Các ca cách nhau bằng dấu phẩy, ví dụ 07:30-11:30, 13:00-17:00. Nghỉ: để trống.")
_SHIFTS = re.compile(r"\s*[,;]\s*")


class HoursForm(forms.Form):
    """The shifts of the seven weekdays, what a Saturday counts as, from when and by which decision."""

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agency = agency
        for day, name in zip(WEEKDAYS, NAMES, strict=True):
            self.fields[day] = forms.CharField(label=name, required=False, max_length=60)
        self.fields["monday"].help_text = _(
            "Các ca cách nhau bằng dấu phẩy, ví dụ 07:30-11:30, 13:00-17:00. Nghỉ: để trống."
        )
        self.fields["saturday_counts"] = forms.ChoiceField(label=_("Thứ Bảy tính là"), choices=SATURDAY_COUNTS)
        self.fields["from_on"] = DayField(label=_("Áp dụng từ ngày"))
        self.fields["decision"] = forms.CharField(label=_("Căn cứ (số, ngày văn bản)"), max_length=200)

    @classmethod
    def starting(cls, settings: Settings) -> dict[str, str]:
        """Return the initial values that show `settings`."""
        shown = {day: ", ".join(settings["week"].get(day, ())) for day in WEEKDAYS}
        return {**shown, "saturday_counts": settings["counts_as"].get("saturday", "1")}

    def week(self) -> dict[str, list[str]]:
        """Return the shifts per weekday as typed."""
        typed = {day: self.cleaned_data[day].replace("–", "-").strip() for day in WEEKDAYS}
        return {day: [shift for shift in _SHIFTS.split(text) if shift] for day, text in typed.items()}

    def counts_as(self) -> dict[str, str]:
        """Return what a Saturday counts as where it differs from a day."""
        counts = self.cleaned_data["saturday_counts"]
        return {} if counts == "1" else {"saturday": counts}

    def clean(self) -> dict[str, Any]:
        """Say beside the field what is wrong with its shifts."""
        for day, shifts in self.week().items() if not self.errors else ():
            if shifts:
                self._tried(day, {"week": {day: shifts}, "days": []})
        if not self.errors and not any(self.week().values()):
            self.add_error("monday", _("Phải có ít nhất một ngày làm việc trong tuần."))
        return self.cleaned_data

    def _tried(self, day: str, settings: Settings) -> None:
        try:
            calendar_from(settings, self.agency, 0)
        except BadInput:
            self.add_error(day, _("Ghi giờ dạng 07:30-11:30, 13:00-17:00, từ sớm đến muộn, không chồng nhau."))


class ClosureForm(forms.Form):
    """A closure: from when until when, why, and the document."""

    first = DayField(label=_("Nghỉ từ ngày"))
    last = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=200)
    decision = forms.CharField(label=_("Căn cứ (số, ngày văn bản)"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and both lie within one year."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and not 0 <= (last - first).days < 366:
            self.add_error("last", _("Ngày cuối phải bằng hoặc sau ngày đầu, không quá một năm."))
        return self.cleaned_data


class OpenAgainForm(forms.Form):
    """The document by which a closure is taken back."""

    decision = forms.CharField(label=_("Căn cứ (số, ngày văn bản)"), max_length=200)
