"""The forms of the catalogue of public services."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.quality.services.models import PARTS, PublicService
from chuan.reading.service_catalogue import CODE
from chuan.rules.procedure.structure import TimeUnit
from chuan.text.messages import message
from chuan.web.kit.forms import DayField, offer
from chuan.web.kit.words import worded

_LIMITS = ("legal", "committed")


class ServiceForm(forms.Form):
    """A public service with its parts (NĐ 63/2010/NĐ-CP, Article 8), new or to be corrected."""

    code = forms.CharField(label=_("Mã thủ tục"), max_length=40, help_text=_("Ví dụ: 1.013225 hoặc 1.013225.H61"))
    name = forms.CharField(label=_("Tên thủ tục"), max_length=600)
    field = forms.CharField(label=_("Lĩnh vực"), max_length=200, required=False)
    level = forms.CharField(label=_("Cấp thực hiện"), max_length=60, required=False)
    competence = forms.CharField(label=_("Cơ quan có thẩm quyền quyết định"), max_length=300, required=False)
    legal_amount = forms.CharField(
        label=_("Thời hạn theo luật"), max_length=20, required=False, help_text=_("Chỉ ghi số: 15, 0,5 hoặc 1/3.")
    )
    legal_unit = forms.ChoiceField(label=_("Đơn vị của thời hạn theo luật"), required=False)
    committed_amount = forms.CharField(
        label=_("Thời hạn cam kết"), max_length=20, required=False, help_text=_("Để trống khi bằng thời hạn theo luật.")
    )
    committed_unit = forms.ChoiceField(label=_("Đơn vị của thời hạn cam kết"), required=False)
    fee = forms.CharField(label=_("Phí, lệ phí"), max_length=400, required=False)
    online_level = forms.CharField(label=_("Mức độ trực tuyến"), max_length=60, required=False)
    valid_from = DayField(label=_("Có hiệu lực từ ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        units = [("", "—"), *((unit.value, _unit_name(unit)) for unit in TimeUnit)]
        for limit in _LIMITS:
            offer(self, f"{limit}_unit", units)
        for key, name in PARTS.items():
            self.fields[key] = forms.CharField(label=name, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_code(self) -> str:
        """Refuse what is no code of the national database."""
        code = str(self.cleaned_data["code"]).strip()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(worded(message("lists.bad_service_code", value=code)))
        return code

    def clean_legal_amount(self) -> str:
        """Return the amount as an exact fraction."""
        return _exact(self.cleaned_data["legal_amount"])

    def clean_committed_amount(self) -> str:
        """Return the amount as an exact fraction."""
        return _exact(self.cleaned_data["committed_amount"])

    def clean(self) -> dict[str, Any]:
        """A commitment longer than the law, on the same clock, is refused."""
        given = self.cleaned_data
        legal, committed = given.get("legal_amount"), given.get("committed_amount")
        same = given.get("legal_unit") == given.get("committed_unit")
        if legal and committed and same and Fraction(committed) > Fraction(legal):
            self.add_error("committed_amount", _("Thời hạn cam kết không được dài hơn thời hạn theo luật."))
        return given

    def facts(self) -> dict[str, Any]:
        """Return what was typed as fields of the service; a unit without an amount is dropped."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in PARTS}
        for limit in _LIMITS:
            given[f"{limit}_unit"] = given[f"{limit}_unit"] if given[f"{limit}_amount"] else ""
        return given | {"parts": {key: self.cleaned_data[key] for key in PARTS if self.cleaned_data[key]}}


class RepealForm(forms.Form):
    """The last day of a service and the decision that repeals it."""

    last_day = DayField(label=_("Ngày cuối cùng còn hiệu lực"))
    decision = forms.CharField(label=_("Quyết định bãi bỏ"), max_length=200, help_text=_("Số, ngày, cơ quan ban hành."))


def as_it_is(service: PublicService) -> dict[str, Any]:
    """Return the values with which the form of `service` begins."""
    names = [name for name in ServiceForm.base_fields if name not in PARTS]
    return {**{name: getattr(service, name) for name in names}, **service.parts}


def _unit_name(unit: TimeUnit) -> str:
    if unit is TimeUnit.SAME_WORKING_DAY:
        return str(_("Ngay trong ngày làm việc, nhận trước 15 giờ"))
    return worded(message(f"report.unit_{unit}"))


def _exact(text: str) -> str:
    """Return "0,5" as "1/2"; refuse what is no positive number."""
    if not text.strip():
        return ""
    try:
        amount = Fraction(text.replace(",", ".").replace(" ", ""))
    except (ValueError, ZeroDivisionError) as problem:
        raise forms.ValidationError(_("Chỉ ghi số, ví dụ 15, 0,5 hoặc 1/3.")) from problem
    if amount <= 0:
        raise forms.ValidationError(_("Thời hạn phải lớn hơn 0."))
    return str(amount)
