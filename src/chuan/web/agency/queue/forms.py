"""The forms of the one-stop shop's settings, with what the law says of each choice."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import InProvince
from chuan.organisations.models import Position
from chuan.quality.dossiers.models import OneStop
from chuan.reading.law import load_forms
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.dossier_codes import CodeFormat, compose, format_of, format_on, formats
from chuan.text.messages import BadInput
from chuan.web.kit.forms import offer
from chuan.web.kit.words import worded

KEPT = ("unit", "place", "identifier", "code_format", "system_owner", "counting", "supplement", "keeps_applicants")
_COUNTING = (
    (Counting.DAYS.value, _("Theo ngày: không tính ngày nhận, hết giờ làm việc của ngày cuối")),
    (Counting.ROLLING.value, _("Theo giờ chạy: nhận 10 giờ thì hết hạn lúc 10 giờ")),
)
_SUPPLEMENT = (
    (PauseRule.RESTART.value, _("Tính lại từ đầu kể từ khi nhận đủ")),
    (PauseRule.PAUSE.value, _("Tạm dừng rồi tính tiếp phần còn lại")),
)
_WRONG_PART = {
    "dossier_codes.wrong_agency": "identifier",
    "dossier_codes.wrong_owner": "system_owner",
    "dossier_codes.no_owner": "system_owner",
}


class OneStopForm(forms.Form):
    """How the one-stop shop of an agency works. `on`: the day for which codes are tried."""

    unit = forms.CharField(
        label=_("Tên bộ phận Một cửa"), max_length=200, required=False, help_text=_("Như in trên giấy tiếp nhận.")
    )
    place = forms.CharField(
        label=_("Địa danh trên văn bản"), max_length=100, required=False, help_text=_("Ví dụ: Thanh Bình.")
    )
    identifier = forms.CharField(
        label=_("Mã định danh cơ quan"),
        max_length=30,
        help_text=_("Theo Quyết định 20/2020/QĐ-TTg; là phần của mã hồ sơ. Ví dụ H10.064.00."),
    )
    code_format = forms.ChoiceField(
        label=_("Cách đặt mã hồ sơ"), required=False, help_text=_("Hồ sơ đã nhận giữ nguyên mã cũ.")
    )
    system_owner = forms.CharField(
        label=_("Mã chủ sở hữu hệ thống"),
        max_length=4,
        required=False,
        help_text=_("Hai chữ hoa đứng trước số thứ tự; chỉ mã theo Thông tư 03/2025/TT-VPCP mới có."),
    )
    numbering = forms.ChoiceField(label=_("Số hiệu mẫu giấy theo"))
    counting = forms.ChoiceField(
        label=_("Cách đếm hạn"),
        choices=_COUNTING,
        widget=forms.RadioSelect,
        help_text=_(
            "Bộ luật Dân sự 2015, Điều 147, 148: ngày đầu không tính, hạn kết thúc khi hết ngày cuối; gặp ngày nghỉ "
            "thì sang ngày làm việc kế tiếp. Nhiều phần mềm một cửa lại đếm theo giờ chạy."
        ),
    )
    supplement = forms.ChoiceField(
        label=_("Khi công dân bổ sung xong"),
        choices=_SUPPLEMENT,
        widget=forms.RadioSelect,
        help_text=_(
            "Quy tắc chung (Nghị định 61/2018/NĐ-CP, Điều 19(4), nay là 118/2025/NĐ-CP): tính lại từ đầu. Chỉ chọn "
            "tính tiếp khi luật chuyên ngành nói vậy."
        ),
    )
    keeps_applicants = forms.BooleanField(
        label=_("Giữ tên, địa chỉ, điện thoại người nộp"),
        required=False,
        help_text=_(
            "Là dữ liệu cá nhân: mặc định không giữ. Bật thì in được vào giấy tờ và tra cứu được; cơ quan chịu trách "
            "nhiệm bảo vệ theo Luật 91/2025/QH15. Tắt thì hồ sơ nhận sau đó để trống, viết tay khi in."
        ),
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._on = on
        newest = format_on(on).text
        own = [
            (one.text, gettext("Theo %(text)s: %(example)s") % {"text": one.text, "example": example_of(one)})
            for one in reversed(formats())
        ]
        offer(
            self, "code_format", [("", gettext("Theo quy định mới nhất (hiện là %(text)s)") % {"text": newest}), *own]
        )
        texts = dict.fromkeys(text for form in load_forms().forms for text, _number in reversed(form.numbers))
        offer(self, "numbering", [(text, numbers_words(text)) for text in texts])

    def clean(self) -> dict[str, Any]:
        """Try to make a code of the day; what is wrong is said beside its field."""
        said = super().clean() or self.cleaned_data
        if "identifier" not in said:
            return said
        try:
            code_of(said["identifier"], said.get("code_format", ""), said.get("system_owner", ""), self._on, 1)
        except BadInput as problem:
            self.add_error(_WRONG_PART.get(problem.message.code, "identifier"), worded(problem.message))
        return said

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was said, as the settings are kept."""
        said = dict(self.cleaned_data)
        return {"forms": said.pop("numbering"), **said}


def example_of(form: CodeFormat) -> str:
    """Return how a code of this form looks."""
    return f"{form.agency_example}-{form.effective_on:%y%m%d}-{form.owner and 'BX'}{1:0{form.digits}d}"


def numbers_words(text: str) -> str:
    """Return the choice of a text with the numbers in which texts differ: "… (phiếu kiểm soát 06, sổ 07)"."""
    numbers = {form.form: form.number_in(text) for form in load_forms().forms}
    said = {"text": text, "sheet": numbers["control_sheet"], "book": numbers["day_book"]}
    return gettext("%(text)s: phiếu kiểm soát là mẫu %(sheet)s, sổ theo dõi là mẫu %(book)s") % said


def code_of(identifier: str, code_format: str, owner: str, day: date, serial: int) -> str:
    """Return the code that these settings give on `day`. Raises BadInput that says which part is wrong."""
    form = format_of(code_format) if code_format else format_on(day)
    return compose(form, agency=identifier, received_on=day, serial=serial, owner=owner if form.owner else "").text


def initial_of(shop: OneStop | None) -> dict[str, Any]:
    """Return with what the form begins: what was set, else what holds without a word."""
    shop = shop or OneStop()
    return {name: getattr(shop, name) for name in KEPT} | {"numbering": shop.forms}


class RoleHolderForm(forms.Form):
    """Which position does what procedures give to a role."""

    position: "forms.ModelChoiceField[Position]" = forms.ModelChoiceField(
        None, label=_("Vị trí thực hiện"), empty_label=_("Chọn vị trí")
    )

    def __init__(self, *args: Any, agency: InProvince, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Position.objects.within(agency).filter(closed_on__isnull=True).order_by("title", "code")
        cast("forms.ModelChoiceField[Position]", self.fields["position"]).queryset = rows
