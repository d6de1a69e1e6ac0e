"""The forms of the procedure pages. They read what was typed; whether it may be is for the actions to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.authority import Permission
from chuan.rules.procedure.coverage import is_service_code
from chuan.web.kit.forms import DayField, offer

_LONG = forms.Textarea(attrs={"rows": 4})


class NoteForm(forms.Form):
    """A note that goes along with a move."""

    note = forms.CharField(label=_("Lời nhắn"), required=False, max_length=2000, widget=_LONG)


class SubmitForm(NoteForm):
    """Handing a draft over: with points that are wrong, the writer says why all the same."""

    def __init__(self, *args: Any, wrong: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = wrong > 0
        if wrong:
            words = _("Còn %(wrong)d điểm sai chưa xử lý. Ghi vì sao vẫn trình.") % {"wrong": wrong}
            self.fields["note"].help_text = words


class ReasonForm(forms.Form):
    """Why something goes back."""

    note = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=_LONG,
        help_text=_("Cần sửa chỗ nào, sửa thế nào."),
        error_messages={"required": _("Phải ghi lý do, để người khác biết vì sao và cần sửa chỗ nào.")},
    )


class WithdrawForm(ReasonForm):
    """Why a version no longer applies, and whether the one before it applies again."""

    former_returns = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, former: ProcedureVersion | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].help_text = _("Ví dụ: ghi nhầm ngày hiệu lực; thủ tục bị bãi bỏ. Nhật ký giữ lý do này.")
        if former is None:
            del self.fields["former_returns"]
        else:
            words = _("Lần ban hành %(number)02d áp dụng trở lại") % {"number": former.number}
            self.fields["former_returns"].label = words


class ApproveForm(forms.Form):
    """The decision (number, day, who signed it) and the day from which the version applies."""

    decision = forms.CharField(label=_("Số quyết định"), max_length=200, help_text=_("Ví dụ: 12/QĐ-UBND"))
    decided_on = DayField(label=_("Ngày quyết định"), help_text=_("In là ngày ban hành."))
    signed_by = forms.CharField(
        label=_("Người ký"),
        max_length=200,
        required=False,
        help_text=_("In ở trang bìa, ô Phê duyệt, cùng ngày quyết định."),
    )
    signed_before = forms.BooleanField(
        label=_("Quyết định đã ký từ trước khi trình ở đây, nay ghi lại"),
        required=False,
        help_text=_("Ngày trình, ngày xem xét ghi ở đây sau ngày quyết định thì trang bìa không in."),
    )
    effective_on = DayField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_(
            "Từ ngày quyết định trở đi. Đến hôm nay thì có hiệu lực ngay; sau hôm nay thì phiên bản chờ đến ngày ấy."
        ),
    )


class SelfApprovalForm(forms.Form):
    """From when to when who writes may approve, and why."""

    from_on = DayField(label=_("Từ ngày"))
    until_on = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=_LONG,
        help_text=_("Ví dụ: xã chỉ có một công chức phụ trách. Nhật ký giữ lý do này."),
    )


class DraftForm(forms.Form):
    """Why a next version is written."""

    reason = forms.CharField(
        label=_("Lý do sửa đổi"), max_length=2000, widget=_LONG, help_text=_("Sẽ in ở trang theo dõi sửa đổi.")
    )


class StartForm(forms.Form):
    """A procedure that begins from nothing."""

    agency = forms.ChoiceField(label=_("Cơ quan"))
    name = forms.CharField(label=_("Tên quy trình"), max_length=600)
    code = forms.CharField(label=_("Ký hiệu"), max_length=60, help_text=_("Ví dụ: QT.XD.03"))
    service_code = forms.CharField(
        label=_("Mã thủ tục hành chính"),
        required=False,
        max_length=40,
        help_text=_("Ví dụ: 1.013225"),
    )

    def __init__(self, *args: Any, agencies: list[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(agency.key, agency.name) for agency in agencies]
        offer(self, "agency", offered)

    def clean_service_code(self) -> str:
        """Refuse what is no code; leaving it empty is fine."""
        code = str(self.cleaned_data["service_code"])
        if code and not is_service_code(code):
            raise forms.ValidationError(
                _("Mã thủ tục gồm một chữ số, dấu chấm, sáu chữ số, như 1.013225; hoặc để trống.")
            )
        return code


class AdoptForm(forms.Form):
    """For which agency, and under which code there; `beyond`: it is not of a public service that the agency handles."""

    agency = forms.ChoiceField(label=_("Cơ quan áp dụng"))
    code = forms.CharField(
        label=_("Ký hiệu tại cơ quan"), max_length=60, help_text=_("Theo cách đánh ký hiệu tài liệu của cơ quan.")
    )

    beyond = forms.BooleanField(
        label=_("Vẫn tạo bản của cơ quan, dù thủ tục này cơ quan không được giao"), required=False
    )

    def __init__(self, *args: Any, agencies: list[Agency], beyond: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not beyond:
            del self.fields["beyond"]
        offered = [(agency.key, agency.name) for agency in agencies]
        offer(self, "agency", offered)


def writing_agencies(actor: Actor) -> list[Agency]:
    """Return the agencies in which `actor` writes procedures."""
    own = actor.agencies_where(Permission.WRITE_PROCEDURE)
    return list(Agency.objects.visible_to(actor).filter(pk__in=own))
