"""The forms of the organisation. They read what was typed; whether it may be is for the actions to say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.organisations.agencies.models import Agency, AgencyKind, CommuneType, Obligation, UnitKind
from chuan.web.kit.forms import DayField, offer

_KINDS = [kind for kind in AgencyKind.choices if kind[0] != AgencyKind.PROVINCE]


class AgencyForm(forms.Form):
    """An agency, new or to be corrected. `above` are those it can stand under; the people's committee has none."""

    name = forms.CharField(label=_("Tên cơ quan"), max_length=200, help_text=_("Ghi đủ như trên con dấu."))
    code = forms.CharField(
        label=_("Mã cơ quan"), max_length=30, help_text=_("Mã định danh hoặc chữ viết tắt, không trùng trong tỉnh.")
    )
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=_KINDS)
    commune_type = forms.ChoiceField(
        label=_("Loại đơn vị hành chính"),
        required=False,
        choices=[("", "—"), *CommuneType.choices],
        help_text=_("Chỉ chọn khi là Ủy ban nhân dân xã, phường, đặc khu."),
    )
    parent = forms.ChoiceField(label=_("Cơ quan cấp trên"))
    valid_from = DayField(label=_("Thành lập từ ngày"))
    obligation = forms.ChoiceField(label=_("Diện áp dụng ISO"), choices=Obligation.choices)
    obligation_source = forms.CharField(
        label=_("Căn cứ của diện áp dụng"),
        required=False,
        max_length=300,
        help_text=_("Số, ngày văn bản. Ví dụ: QĐ 19/2014/QĐ-TTg, Điều 2. Để trống khi chưa xác định."),
    )

    def __init__(self, *args: Any, above: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self._above = {agency.key: agency for agency in above}
        if self._above:
            offered = [(agency.key, agency.name) for agency in self._above.values()]
            offer(self, "parent", offered)
        else:
            for name in ("kind", "commune_type", "parent"):
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """Return what was typed, with the superior as an agency."""
        given = dict(self.cleaned_data)
        if "parent" in given:
            given["parent"] = self._above[given["parent"]]
        return given


class ReorganisationForm(forms.Form):
    """Which agencies go over, by which decision and when. `partner` is the word for the other side."""

    chosen = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    effective_on = DayField(label=_("Có hiệu lực từ ngày"))
    decision = forms.CharField(
        label=_("Quyết định, nghị quyết sắp xếp"), max_length=200, help_text=_("Số, ngày. Ví dụ: NQ 1678/NQ-UBTVQH15")
    )
    ends = forms.BooleanField(label=_("Cơ quan cũ thôi hoạt động từ ngày đó"), required=False)

    def __init__(self, *args: Any, partner: str, offered: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chosen"].label = partner
        words = [(agency.key, f"{agency.name} ({agency.code})") for agency in offered]
        offer(self, "chosen", words)


class UnitForm(forms.Form):
    """A unit inside an agency."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    code = forms.CharField(label=_("Mã đơn vị"), max_length=30)
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=UnitKind.choices)
    valid_from = DayField(label=_("Thành lập từ ngày"))


class UnitChangeForm(forms.Form):
    """What can be corrected of a unit."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=UnitKind.choices)
