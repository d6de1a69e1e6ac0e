"""A moment as clerks type it: "9:05" is today, "9:05 16/11" this year, "09:05 16/11/2026" in full."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_CLOCK = r"(?P<hour>\d{1,2})(?:[:hg.](?P<minute>\d{2})?)"
_DAY = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?"
_WRITTEN = (re.compile(rf"{_CLOCK}(?:\s+{_DAY})?"), re.compile(rf"{_DAY}\s+{_CLOCK}"))


class MomentField(forms.Field):
    """Hour and day in Vietnam's time. The browser's own field follows the language of the computer, often English."""

    default_error_messages = {
        "required": _("Ô này cần được điền."),
        "invalid": _("Hãy viết giờ rồi ngày, ví dụ 9:05 hoặc 9:05 16/11/2026."),
        "impossible": _("Không có giờ hoặc ngày như vậy: %(moment)s."),
    }

    def __init__(self, **options: Any) -> None:
        shown = {"placeholder": _("giờ:phút ngày/tháng/năm"), "class": "moment", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=shown), **options)

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; without a day it is today's, without a year this year's."""
        text = " ".join(str(value or "").split())
        if not text:
            return None
        found = next(filter(None, (one.fullmatch(text) for one in _WRITTEN)), None)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        today, said = timezone.localdate(), found.groupdict()
        try:
            return datetime(
                int(said.get("year") or today.year),
                int(said.get("month") or today.month),
                int(said.get("day") or today.day),
                int(said["hour"]),
                int(said["minute"] or 0),
                tzinfo=timezone.get_default_timezone(),
            )
        except ValueError:
            message = self.error_messages["impossible"]
            raise ValidationError(message, code="impossible", params={"moment": text}) from None
