"""The forms of the improvement register. They read what was typed; whether it may be is for the actions to say."""

from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import InProvince
from chuan.organisations.models import Position
from chuan.quality.improvement.actions import EDITION
from chuan.quality.improvement.models import LONGEST_CODE, Improvement
from chuan.quality.models import Procedure
from chuan.reading.standards import load_standards
from chuan.web.kit.forms import DayField, offer

LONGEST_TEXT = 4000
_LONG = forms.Textarea(attrs={"rows": 4})
_SHORT = forms.Textarea(attrs={"rows": 2})


class EntryForm(forms.Form):
    """What was found, where it came from, and who answers for it until when."""

    about = forms.CharField(
        label=_("Phát hiện điều gì"),
        max_length=LONGEST_TEXT,
        widget=_LONG,
        help_text=_("Nói việc, không nói người: hồ sơ nào, sai hoặc trễ ở đâu."),
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=Improvement.Kind.choices, widget=forms.RadioSelect)
    source = forms.ChoiceField(label=_("Nguồn"), choices=Improvement.Source.choices)
    found_on = DayField(label=_("Phát hiện ngày"))
    dossier_code = forms.CharField(label=_("Mã hồ sơ"), max_length=LONGEST_CODE, required=False)
    procedure: "forms.ModelChoiceField[Procedure]" = forms.ModelChoiceField(
        None, label=_("Quy trình"), required=False, empty_label=_("Không gắn quy trình nào")
    )
    clause = forms.ChoiceField(
        label=_("Điều khoản"),
        required=False,
        help_text=_("Của TCVN ISO 9001:2015. Đầu ra không phù hợp: sai, trễ, trả sai người, là điều 8.7."),
    )
    position: "forms.ModelChoiceField[Position]" = forms.ModelChoiceField(
        None, label=_("Vị trí chịu trách nhiệm"), required=False, empty_label=_("Chưa giao")
    )
    due_on = DayField(label=_("Hạn"), required=False)

    def __init__(self, *args: Any, agency: InProvince, **options: Any) -> None:
        super().__init__(*args, **options)
        procedures = Procedure.objects.within(agency).only("code", "name").order_by("code")
        cast("forms.ModelChoiceField[Procedure]", self.fields["procedure"]).queryset = procedures
        positions = Position.objects.within(agency).filter(closed_on__isnull=True).order_by("code")
        cast("forms.ModelChoiceField[Position]", self.fields["position"]).queryset = positions
        language = get_language() or "vi"
        clauses = load_standards().editions[EDITION].clauses
        offer(self, "clause", [("", "—"), *((one.number, f"{one.number} {one.title(language)}") for one in clauses)])


class ChangeForm(EntryForm):
    """The same, with why it happened and what keeps it from happening again."""

    cause = forms.CharField(label=_("Nguyên nhân"), max_length=LONGEST_TEXT, required=False, widget=_LONG)
    corrective_action = forms.CharField(
        label=_("Hành động khắc phục"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=_LONG,
        help_text=_("Làm gì để không xảy ra nữa: sửa quy trình, hướng dẫn, phân công."),
    )


class CorrectForm(forms.Form):
    """What was done at once about the thing itself."""

    correction = forms.CharField(
        label=_("Đã khắc phục thế nào"),
        max_length=LONGEST_TEXT,
        widget=_SHORT,
        help_text=_("Ví dụ: thu hồi và cấp lại; xin lỗi và hẹn lại; đính chính."),
    )
    corrected_by = forms.CharField(label=_("Ai đã làm"), max_length=200, help_text=_("Vị trí hoặc tên người."))
    corrected_on = DayField(label=_("Ngày làm"))


class CloseForm(forms.Form):
    """What was seen when the entry was closed."""

    note = forms.CharField(
        label=_("Đã kiểm tra gì"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=_SHORT,
        help_text=_("Việc khắc phục có thật và đủ không."),
    )


class ReopenForm(forms.Form):
    """Why a closed entry asks for work again."""

    note = forms.CharField(
        label=_("Lý do mở lại"),
        max_length=LONGEST_TEXT,
        widget=_SHORT,
        error_messages={"required": _("Phải ghi lý do, để người khác biết còn phải làm gì.")},
    )
