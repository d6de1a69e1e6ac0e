"""The forms of the desk. They read what was typed; whether it may be is for the actions to say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chuan.quality.dossiers.models import Channel
from chuan.quality.dossiers.receiving import Offer
from chuan.quality.models import PublicService
from chuan.reading.procedures.papers import item
from chuan.rules.procedure.structure import Component
from chuan.web.agency.handling.presses import LONGEST_KEY
from chuan.web.agency.reception.moments import MomentField
from chuan.web.kit.forms import offer as put_choices

COPIES = ("bản chính", "bản sao", "bản sao chứng thực", "bản sao điện tử", "xuất trình")
"""The kinds of copy (facts 3.6), as forms and procedures write them."""
MOST_COMPONENTS = 80
_WRONG_COUNT = _("Hãy nhập số từ 1 đến 99.")
_COUNTED = dict.fromkeys(("invalid", "min_value", "max_value"), _WRONG_COUNT)
APPLICANT = ("name", "identity", "address", "phone", "email", "representative")


class ReceptionForm(forms.Form):
    """What the clerk writes down beside the components."""

    key = forms.CharField(max_length=LONGEST_KEY, widget=forms.HiddenInput)
    variant = forms.ChoiceField(label=_("Trường hợp"))
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=Channel, widget=forms.RadioSelect)
    filed_at = MomentField(
        label=_("Nộp trực tuyến lúc"),
        required=False,
        help_text=_("Theo Cổng dịch vụ công. Thời hạn vẫn tính từ khi tiếp nhận đủ hồ sơ."),
    )
    paper_slip = forms.CharField(label=_("Số phiếu giấy"), max_length=30, required=False)
    received_at = MomentField(
        label=_("Tiếp nhận lúc"),
        required=False,
        help_text=_("Để trống: lúc bấm Tiếp nhận."),
    )
    sets = forms.IntegerField(label=_("Số bộ hồ sơ"), min_value=1, max_value=99, error_messages=_COUNTED)
    request = forms.CharField(
        label=_("Nội dung yêu cầu giải quyết"), max_length=500, help_text=_("Không ghi tên người ở đây.")
    )
    result_place = forms.CharField(label=_("Nơi nhận kết quả"), max_length=200, required=False)
    note = forms.CharField(label=_("Nhắn người xử lý tiếp"), max_length=1000, required=False)
    complete = forms.BooleanField(label=_("Trường hợp này không cần giấy tờ đó"), required=False)
    name = forms.CharField(label=_("Họ tên, tên tổ chức"), max_length=200)
    identity = forms.CharField(label=_("Số định danh"), max_length=30, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), max_length=200, required=False)
    representative = forms.CharField(label=_("Người được ủy quyền"), max_length=200, required=False)

    def __init__(self, *args: Any, variants: Sequence[str], keeps_applicants: bool, at: datetime, **options: Any):
        super().__init__(*args, **options)
        self.at = at
        if len(variants) > 1:
            cases = [(str(number), name) for number, name in enumerate(variants)]
            put_choices(self, "variant", [("", gettext("Chọn trường hợp")), *cases])  # never the first one by oversight
        else:
            del self.fields["variant"]
        if not keeps_applicants:
            for name in APPLICANT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse a slip without its number and hour, an online filing without its moment, filing after reception."""
        told = super().clean() or {}
        channel, received = told.get("channel"), told.get("received_at")
        if channel == Channel.PAPER_SLIP:
            if not told.get("paper_slip"):
                self.add_error("paper_slip", gettext("Hãy ghi số in trên phiếu giấy."))
            if not received and "received_at" not in self.errors:
                self.add_error("received_at", gettext("Hãy ghi giờ, ngày nhận trên phiếu giấy: thời hạn tính từ đó."))
        filed = told.get("filed_at")
        if channel == Channel.ONLINE and not filed and "filed_at" not in self.errors:
            self.add_error("filed_at", gettext("Hãy ghi lúc người dân nộp trên Cổng dịch vụ công."))
        if channel == Channel.ONLINE and filed and filed > (received or self.at):
            self.add_error("filed_at", gettext("Lúc nộp không thể sau lúc tiếp nhận."))
        return told

    @property
    def applicant_fields(self) -> list[forms.BoundField]:
        """The fields about the applicant, none where they are not kept."""
        return [self[name] for name in APPLICANT if name in self.fields]

    @property
    def applicant(self) -> dict[str, str]:
        """What was typed about the applicant."""
        return {name: self.cleaned_data[name] for name in APPLICANT if name in self.fields}


class ComponentForm(forms.Form):
    """One paper of the dossier. `known`: its name is the procedure's; `needed`: not only in some cases."""

    given = forms.BooleanField(required=False)
    name = forms.CharField(max_length=500, required=False)
    copies = forms.IntegerField(min_value=1, max_value=99, required=False, error_messages=_COUNTED)
    copy_type = forms.ChoiceField(required=False)
    form = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    replaced_by_database = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    known = forms.BooleanField(required=False, widget=forms.HiddenInput)
    needed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        had = str(self["copy_type"].value() or "")
        kinds = dict.fromkeys(("", *COPIES, *([had] if len(had) < 60 else [])))
        put_choices(self, "copy_type", [(kind, kind or "–") for kind in kinds])
        paper = self["name"].value() or gettext("giấy tờ khác")
        for name, label in (("given", _("Đã nhận")), ("copies", _("Số bản")), ("copy_type", _("Loại bản"))):
            self.fields[name].widget.attrs["aria-label"] = f"{label}: {paper}"
        self.fields["name"].widget.attrs["aria-label"] = gettext("Tên giấy tờ khác")

    def has_changed(self) -> bool:
        """Return True: each row is checked, whatever it began with."""
        return True

    @property
    def is_known(self) -> bool:
        """Whether the procedure names it: its name is not typed."""
        return _is_true(self["known"].value())

    @property
    def is_needed(self) -> bool:
        """Whether it must be there in every case."""
        return _is_true(self["needed"].value())

    @property
    def database(self) -> str:
        """The database that has it, so that it is not asked for."""
        return str(self["replaced_by_database"].value() or "")

    @property
    def row(self) -> dict[str, Any]:
        """The component as a dossier keeps it."""
        told = self.cleaned_data
        given = bool(told["given"]) or not told["known"]  # what is added by hand lies on the desk
        return {
            "name": told["name"],
            "copy_type": told["copy_type"],
            "copies": (told["copies"] or 1) if given else 0,
            "replaced_by_database": told["replaced_by_database"],
            "given": given,
        }


def _is_true(value: object) -> bool:
    """Return what a hidden field says: as it began, or as the browser sent it back."""
    return value is True or value == "True"


ComponentForms = forms.formset_factory(
    ComponentForm, extra=1, max_num=MOST_COMPONENTS, absolute_max=MOST_COMPONENTS, validate_max=True
)


def components_to_ask(found: Offer, service: PublicService) -> list[dict[str, Any]]:
    """Return with what the rows begin: the components of the written procedure, else those of the service.

    What must be there is ticked: a dossier is received when it is complete. What a database has is not asked for.
    """
    written = found.written.components if found.written else ()
    if not written:
        lines = str(service.parts.get("components", "")).splitlines()
        written = tuple(Component(name[:500]) for line in lines if (name := item(line)))
    return [_row(one) for one in written[: MOST_COMPONENTS - 10]]


def _row(one: Component) -> dict[str, Any]:
    needed = not one.conditional and not one.replaced_by_database
    return {
        "given": needed,
        "name": one.name[:500],
        "copies": one.quantity or 1,
        "copy_type": one.copy_type[:59],
        "form": one.form[:300],
        "replaced_by_database": one.replaced_by_database[:300],
        "known": True,
        "needed": needed,
    }


def typed_components(posted: Mapping[str, Any], prefix: str, *, more: bool = False) -> list[dict[str, Any]]:
    """Return the rows as they were typed, to be shown again; the empty ones at the end only when `more` are wanted."""
    total = str(posted.get(f"{prefix}-TOTAL_FORMS", "0"))
    rows = range(min(int(total), MOST_COMPONENTS) if total.isdecimal() and len(total) < 4 else 0)
    typed = [{name: posted.get(f"{prefix}-{row}-{name}", "") for name in ComponentForm.base_fields} for row in rows]
    while typed and not typed[-1]["name"] and not more:
        typed.pop()
    return typed


def not_given(rows: Iterable[ComponentForm]) -> list[str]:
    """Return the names of what must be there and was not given."""
    return [row.cleaned_data["name"] for row in rows if row.cleaned_data["needed"] and not row.cleaned_data["given"]]


class TurnAwayForm(forms.Form):
    """What is missing, or why it is refused, before anything is received."""

    kind = forms.ChoiceField(
        label=_("Giấy trao cho người nộp"),
        choices=[
            ("supplement_request", _("Phiếu yêu cầu bổ sung, hoàn thiện (mẫu 02)")),
            ("refusal", _("Phiếu từ chối tiếp nhận (mẫu 03)")),
        ],
        widget=forms.RadioSelect,
    )
    items = forms.CharField(
        label=_("Giấy tờ, nội dung phải bổ sung"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Mỗi dòng một việc. Hướng dẫn một lần, đầy đủ: lần sau không đòi thêm."),
    )
    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    request = forms.CharField(label=_("Nội dung yêu cầu giải quyết"), max_length=500)
    applicant = forms.CharField(
        label=_("Họ tên, tên tổ chức"),
        required=False,
        max_length=200,
        help_text=_("Chỉ in ra giấy, không lưu. Để trống thì trên giấy có dòng chấm để ghi tay."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a request that names nothing, and a refusal without a reason."""
        told = super().clean() or {}
        if told.get("kind") == "supplement_request" and not told.get("items", "").strip():
            self.add_error("items", gettext("Hãy ghi ít nhất một giấy tờ hoặc nội dung phải bổ sung."))
        if told.get("kind") == "refusal" and not told.get("reason", "").strip():
            self.add_error("reason", gettext("Từ chối thì phải ghi lý do, để người nộp biết."))
        return told

    @property
    def lines(self) -> list[str]:
        """The items, one of each line."""
        return [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
