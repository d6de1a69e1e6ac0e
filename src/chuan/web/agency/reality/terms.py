"""How days are read and counted for a source, and what is kept of names: asked with its columns, changed any time."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.analytics.logs import queries
from chuan.analytics.logs.actions import set_mapping
from chuan.analytics.logs.models import LogSource
from chuan.jobs.take_in_log import ask_for_waiting
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean
from chuan.web.kit.acting import ask, say

ABOUT_COLUMNS = ("columns", "unused", "granularity")


class TermsForm(forms.Form):
    """How days are read and counted for this source."""

    date_order = forms.ChoiceField(
        label=gettext_lazy("Ngày viết theo thứ tự"),
        required=False,
        choices=[
            ("", gettext_lazy("Theo dữ liệu (mặc định ngày/tháng/năm)")),
            ("dmy", gettext_lazy("ngày/tháng/năm")),
            ("mdy", gettext_lazy("tháng/ngày/năm")),
            ("ymd", gettext_lazy("năm/tháng/ngày")),
        ],
    )
    counting = forms.ChoiceField(
        label=gettext_lazy("Cách đếm hạn theo ngày"),
        choices=[
            ("days", gettext_lazy("Ngày nhận không tính, hết hạn khi hết giờ làm việc ngày cuối")),
            ("rolling", gettext_lazy("Tính theo giờ nhận: nhận 10:00 thì một ngày sau là 10:00")),
        ],
    )
    supplement = forms.ChoiceField(
        label=gettext_lazy("Khi dân bổ sung hồ sơ"),
        choices=[
            ("restart", gettext_lazy("Tính lại từ đầu khi nhận đủ")),
            ("pause", gettext_lazy("Tạm dừng rồi tính tiếp")),
        ],
    )
    service_code = forms.CharField(
        label=gettext_lazy("Mã thủ tục, nếu tệp không có cột này"), required=False, max_length=40
    )
    keeps_names = forms.BooleanField(
        label=gettext_lazy("Giữ tên người xử lý"),
        required=False,
        help_text=gettext_lazy(
            "Khi tắt, ô vị trí ghi tên người được để trống trước khi lưu. Khi bật, tên công chức xử lý được lưu cùng "
            "từng bước và người xem được hồ sơ sẽ thấy. Tên người nộp không bao giờ được lưu."
        ),
    )


class AskAgainForm(TermsForm):
    """The same later, when the columns are known."""

    ask_again = forms.BooleanField(
        label=gettext_lazy("Hỏi lại ý nghĩa các cột ở tệp tải lên tiếp theo"),
        required=False,
        help_text=gettext_lazy("Dùng khi hệ thống đổi mẫu xuất hoặc lần trước chọn nhầm cột."),
    )


TERMS = ("counting", "supplement", "service_code", "keeps_names")


def terms_of(source: LogSource) -> dict[str, Any]:
    """Return the values of TermsForm as they stand in `source`."""
    return {name: getattr(source, name) for name in TERMS} | {"date_order": source.mapping.get("date_order", "")}


def chosen_terms(form: TermsForm) -> dict[str, Any]:
    """Return the columns of the source as the form says."""
    return {name: form.cleaned_data[name] for name in TERMS} | {
        "service_code": clean(form.cleaned_data["service_code"])
    }


@writes(Permission.IMPORT_LOG)
def log_source_terms(request: HttpRequest, key: str) -> HttpResponse:
    """Change how days are counted and what is kept of a source; its dossiers are judged again by a job."""
    actor = actor_of(request)
    source = queries.source_by_hand(actor, key)
    require(actor, Permission.IMPORT_LOG, source.agency)
    form = AskAgainForm(request.POST or None, initial=terms_of(source))
    if form.is_valid():
        mapping = source.mapping | {"date_order": form.cleaned_data["date_order"]}
        if form.cleaned_data["ask_again"]:
            mapping = {name: value for name, value in mapping.items() if name not in ABOUT_COLUMNS}
        set_mapping(source, mapping, by=actor, at=actor.at, **chosen_terms(form))
        ask_for_waiting(source)
        say(request, _("Đã lưu. Hồ sơ đã nhập được xét lại trong ít phút."))
        return redirect("log_source", key=source.key)
    title = _("Cách đọc nguồn %(name)s") % {"name": source.name}
    return ask(request, form, title=title, verb=_("Lưu"), back=reverse("log_source", args=[source.key]))
