"""The forms of quality systems. They read what was typed; whether it may be is for the actions to say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.organisations.agencies.models import Agency
from chuan.reading.standards import load_standards
from chuan.web.kit.forms import DayField, offer

_LONG = forms.Textarea(attrs={"rows": 4})


class SystemForm(forms.Form):
    """A quality system: its name, the edition it follows, what it covers."""

    name = forms.CharField(label=_("Tên hệ thống"), max_length=200)
    standard = forms.ChoiceField(
        label=_("Phiên bản tiêu chuẩn"),
        help_text=_("Chuyển phiên bản khi Bộ Khoa học và Công nghệ hướng dẫn (QĐ 19/2014/QĐ-TTg, Điều 4)."),
    )
    scope_note = forms.CharField(
        label=_("Phạm vi áp dụng"),
        widget=_LONG,
        help_text=_("Phải gồm mọi hoạt động giải quyết thủ tục hành chính; ghi thêm hoạt động khác nếu có."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        editions = [edition.name for edition in load_standards().editions.values()]
        offer(self, "standard", [(name, name) for name in editions])


class MoveForm(forms.Form):
    """A move to another stage, with its decision or reason."""

    note = forms.CharField(
        label=_("Văn bản hoặc lý do"), max_length=2000, widget=_LONG, help_text=_("Số, ngày văn bản; vì sao chuyển.")
    )


class DeclareForm(forms.Form):
    """The decision that declares the system."""

    decision = forms.CharField(
        label=_("Quyết định công bố"), max_length=200, help_text=_("Số, người ký. Ví dụ: 45/QĐ-SKHCN")
    )
    declared_on = DayField(label=_("Ngày công bố"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._today = today

    def clean_declared_on(self) -> date:
        """Refuse a day that has not come: a declaration is a fact."""
        day: date = self.cleaned_data["declared_on"]
        if day > self._today:
            raise forms.ValidationError(_("Ngày công bố không thể sau hôm nay."))
        return day


class JoinForm(forms.Form):
    """Which agency applies the system, from when."""

    agency = forms.ChoiceField(label=_("Cơ quan cùng áp dụng"))
    from_on = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, offered: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        words = [("", "—"), *((agency.key, agency.name) for agency in offered)]
        offer(self, "agency", words)
