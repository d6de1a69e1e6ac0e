"""The forms of what is done with a dossier. They read what was typed; what may be is for the actions to say."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.organisations.models import Agency
from chuan.organisations.people.models import Position
from chuan.quality.dossiers.models import Dossier
from chuan.rules.deadlines import due_at
from chuan.rules.handling.acts import ActKind, in_effect
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import closing
from chuan.text import numbers
from chuan.web.agency.handling.axis import Clocked, ready_by, step_words
from chuan.web.agency.reception.moments import MomentField
from chuan.web.kit.forms import offer

LONGEST_TEXT = 4000
_SHORT = forms.Textarea(attrs={"rows": 3})
_UNITS = (
    (TimeUnit.WORKING_DAY.value, gettext_lazy("ngày làm việc")),
    (TimeUnit.WORKING_HOUR.value, gettext_lazy("giờ làm việc")),
    (TimeUnit.CALENDAR_DAY.value, gettext_lazy("ngày")),
)
_NEXT_DAY = Limit(Fraction(1), TimeUnit.WORKING_DAY)


class Choosing(forms.TextInput):
    """A text field that offers names while one types; anything else can be typed too."""

    template_name = "agency/handling/choosing.html"
    offered: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template shows: the field and the names."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-names", "autocomplete": "off"})
        return context | {"offered": self.offered, "names": f"{name}-names"}


class ActForm(forms.Form):
    """What every act can say: that it was done before it is written down. Subclasses put their fields before it."""

    def __init__(self, *args: Any, dossier: Dossier, one: Clocked, **options: Any) -> None:
        super().__init__(*args, **options)
        self.dossier, self.one = dossier, one
        self.begin()
        self.fields["done_at"] = MomentField(
            label=_("Đã làm lúc"),
            required=False,
            help_text=_("Chỉ ghi khi việc đã làm trước đó, ví dụ lúc mất mạng. Để trống: bây giờ."),
        )

    def begin(self) -> None:
        """Fill what depends on the dossier."""

    def clean_done_at(self) -> datetime | None:
        """Refuse a moment before the dossier was there; one that has not come yet is refused by the rules."""
        done_at = cast("datetime | None", self.cleaned_data["done_at"])
        if done_at and done_at < self.dossier.received_at:
            raise forms.ValidationError(_("Lúc đó hồ sơ chưa được tiếp nhận."))
        return done_at


class PlainForm(ActForm):
    """Nothing but when it was done."""


class ReasonForm(ActForm):
    """Why it is done; `label` and `hint` name it."""

    label: str | Promise = gettext_lazy("Lý do")
    hint: str | Promise = ""
    wanted = True
    why = forms.CharField(
        max_length=LONGEST_TEXT, widget=_SHORT, error_messages={"required": gettext_lazy("Việc này phải ghi lý do.")}
    )

    def begin(self) -> None:
        """Name the field."""
        field = self.fields["why"]
        field.label, field.help_text, field.required = str(self.label), str(self.hint), self.wanted


class PaymentForm(ReasonForm):
    """What the citizen has to pay."""

    label = gettext_lazy("Khoản phải nộp")
    hint = gettext_lazy("Ví dụ: thuế trước bạ theo thông báo số …; thời gian chờ không tính vào thời hạn.")


class PauseForm(ReasonForm):
    """Why the clock stands."""

    hint = gettext_lazy("Chỉ tạm dừng khi pháp luật cho phép; nêu căn cứ.")


class RefuseForm(ReasonForm):
    """Why the dossier is refused (form 03)."""

    hint = gettext_lazy("Nêu rõ căn cứ; in trên phiếu từ chối (Mẫu 03).")


class StopForm(ReasonForm):
    """Why the handling stops (form 05)."""

    hint = gettext_lazy("In trên thông báo dừng giải quyết hồ sơ.")


class WithdrawForm(ReasonForm):
    """Why the citizen takes the dossier back, if it is known."""

    label = gettext_lazy("Lý do người nộp nêu")
    wanted = False


class ReadyForm(ReasonForm):
    """The result is there; a reason is wanted while steps are left."""

    def begin(self) -> None:
        """Ask for the reason only where something had to come before."""
        super().begin()
        field = self.fields["why"]
        field.required = bool(self.one.course) and not self.one.found.may_end
        field.help_text = (
            _("Còn bước phải làm trước khi có kết quả: nêu vì sao xong sớm hơn.") if field.required else ""
        )


class SupplementForm(ReasonForm):
    """What is missing, once and completely, and why (form 02, R2)."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ cần bổ sung"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Chọn ít nhất một, hoặc ghi ở ô dưới."),
    )
    more = forms.CharField(
        label=gettext_lazy("Giấy tờ khác"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Mỗi dòng một giấy tờ."),
    )
    hint = gettext_lazy("In trên phiếu yêu cầu bổ sung (Mẫu 02). Chỉ yêu cầu một lần, đầy đủ, chính xác.")
    field_order = ("items", "more", "why")

    def begin(self) -> None:
        """Offer the components of the dossier."""
        super().begin()
        offer(self, "items", _pairs(str(each.get("name", "")) for each in self.dossier.components))
        if not self.dossier.components:
            del self.fields["items"]

    def clean(self) -> dict[str, Any]:
        """At least one paper is named."""
        if not self.named and "more" not in self.errors:
            self.add_error("items" if "items" in self.fields else "more", _("Hãy chọn hoặc ghi ít nhất một giấy tờ."))
        return self.cleaned_data

    @property
    def named(self) -> list[str]:
        """The papers, those of the list first."""
        typed = [line.strip() for line in self.cleaned_data.get("more", "").splitlines()]
        return [*self.cleaned_data.get("items", ()), *(line for line in typed if line)]


class TakeSupplementForm(ActForm):
    """What the citizen completed."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Đã nhận đủ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ chọn giấy tờ vẫn còn thiếu."),
    )

    def begin(self) -> None:
        """Offer what was asked for last, all of it ticked."""
        asked = [act for act in in_effect(self.one.acts) if act.kind is ActKind.SUPPLEMENT]
        items = [str(item) for item in asked[-1].details.get("items", ())] if asked else []
        offer(self, "items", _pairs(items))
        self.initial["items"] = items
        if not items:
            del self.fields["items"]


class ApologyForm(ReasonForm):
    """Why it is late, and the new appointment (form 04, R11)."""

    label = gettext_lazy("Lý do chậm")
    hint = gettext_lazy("In trên văn bản xin lỗi và hẹn lại (Mẫu 04).")
    new_due = MomentField(label=gettext_lazy("Hẹn lại lúc"))

    def begin(self) -> None:
        """Suggest the end of the working day after the dossier will be done, as far as that is known."""
        super().begin()
        found, calendar = self.one.found, self.one.terms.calendar
        moments = [self.one.now, found.due_at, ready_by(self.one)]
        latest = max(moment for moment in moments if moment)
        suggested = closing(calendar, due_at(latest, _NEXT_DAY, calendar).date())
        self.initial["new_due"] = numbers.moment(suggested)
        self.fields["new_due"].help_text = _("Gợi ý: hết ngày làm việc sau khi các bước còn lại xong đúng định mức.")

    def clean_new_due(self) -> datetime:
        """The new appointment is a working day after the one that was not kept, and still to come."""
        new_due, due = cast(datetime, self.cleaned_data["new_due"]), self.one.found.due_at
        if new_due <= self.one.now or (due and new_due <= due):
            raise forms.ValidationError(_("Hẹn mới phải sau bây giờ và sau hẹn cũ."))
        if not self.one.terms.calendar.is_workday(new_due.date()):
            raise forms.ValidationError(
                _("%(day)s là ngày nghỉ: hãy hẹn vào ngày làm việc."), params={"day": f"{new_due:%d/%m/%Y}"}
            )
        return new_due


class AskForm(ActForm):
    """Which agency is asked, what, and until when (R13, R14)."""

    body = forms.CharField(label=gettext_lazy("Cơ quan"), max_length=200, widget=Choosing)
    content = forms.CharField(label=gettext_lazy("Nội dung"), max_length=1000, widget=_SHORT)
    amount = forms.CharField(
        label=gettext_lazy("Thời hạn trả lời"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "amount"}),
        error_messages={"required": gettext_lazy("Phải nêu thời hạn trả lời.")},
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"), choices=_UNITS, widget=forms.Select(attrs={"class": "amount"})
    )
    outside = True

    def begin(self) -> None:
        """Offer the agencies of the province but the handling one."""
        own = self.dossier.agency
        rows = Agency.objects.everywhere(reason="agencies of the province are named to one another")
        near = rows.filter(province=own.province_id, valid_until__isnull=True).exclude(pk=own.pk)
        self.agencies = {agency.name: agency for agency in near.order_by("name")}
        field = self.fields["body"]
        cast(Choosing, field.widget).offered = list(self.agencies)
        said = _("Gõ để chọn cơ quan trong tỉnh.")
        outside = _("Cơ quan ngoài hệ thống: ghi tên; khi có trả lời, cơ quan mình ghi lại.")
        field.help_text = f"{said} {outside}" if self.outside else said

    def clean_body(self) -> str:
        """An interlinked part goes to an agency of the house."""
        body = " ".join(str(self.cleaned_data["body"]).split())
        if not self.outside and body not in self.agencies:
            raise forms.ValidationError(_("Không có cơ quan nào tên như vậy. Hãy chọn trong danh sách khi gõ."))
        return body

    def clean_amount(self) -> Fraction:
        """Return "0,5" as 1/2; refuse what is no positive number."""
        try:
            amount = Fraction(str(self.cleaned_data["amount"]).replace(",", ".").replace(" ", ""))
        except (ValueError, ZeroDivisionError) as problem:
            raise forms.ValidationError(_("Chỉ ghi số, ví dụ 3 hoặc 0,5.")) from problem
        if not 0 < amount <= 1000:  # more than four years of working days is a slip of the pen
            raise forms.ValidationError(_("Thời hạn phải lớn hơn 0 và không quá 1000."))
        return amount

    @property
    def agency(self) -> Agency | None:
        """The agency of the house that is asked, None for a body outside."""
        return self.agencies.get(self.cleaned_data["body"])

    @property
    def limit(self) -> Limit:
        """Until when it answers."""
        return Limit(self.cleaned_data["amount"], TimeUnit(self.cleaned_data["unit"]))


class ForwardForm(AskForm):
    """The same for a part of an interlinked dossier, which only an agency of the house can take."""

    outside = False


class HandOverForm(ActForm):
    """To whom the dossier goes on, with a word to the next person."""

    position: "forms.ModelChoiceField[Position]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Chuyển cho vị trí"), empty_label=gettext_lazy("Chọn vị trí")
    )
    note = forms.CharField(
        label=gettext_lazy("Nhắn người nhận"), required=False, max_length=LONGEST_TEXT, widget=_SHORT
    )
    always = forms.BooleanField(required=False)

    def begin(self) -> None:
        """Offer the open positions of the agency; say which role would stay with the position."""
        rows = Position.objects.within(self.dossier.agency).filter(closed_on__isnull=True)
        cast("forms.ModelChoiceField[Position]", self.fields["position"]).queryset = rows.order_by("title")
        step = self.one.found.usual
        role = self.one.terms.steps[step].role if step is not None and self.one.terms.steps else ""
        if role:
            self.fields["always"].label = _("Từ nay vai trò “%(role)s” luôn là vị trí này") % {"role": role}
        else:
            del self.fields["always"]


class NoteForm(ActForm):
    """Something written down that changes nothing; `about` tells the citizen's and the head's knowing apart."""

    about = forms.ChoiceField(label=gettext_lazy("Ghi việc gì"), widget=forms.RadioSelect)
    text = forms.CharField(label=gettext_lazy("Nội dung"), max_length=LONGEST_TEXT, widget=_SHORT)

    def begin(self) -> None:
        """Offer what was to be told, and has not been yet."""
        told = {act.details.get("told_of") for act in in_effect(self.one.acts)}
        choices = [("", _("Ghi chú thường"))]
        if self.one.found.ready_at and not self.one.found.ended_at:
            choices.append(("result", _("Đã báo người nộp: kết quả có sớm")))
        for act in in_effect(self.one.acts):
            if act.kind is ActKind.CONSULTED and act.number not in told:
                words = _("Đã báo người đứng đầu Bộ phận Một cửa: %(body)s chậm trả lời")
                choices.append((str(act.number), words % {"body": act.details.get("body", "")}))
        offer(self, "about", choices)
        self.fields["about"].required = False
        if len(choices) == 1:
            del self.fields["about"]


class OtherStepForm(ActForm):
    """A step out of turn, or done in another's place, with the reason."""

    step = forms.TypedChoiceField(label=gettext_lazy("Bước"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_SHORT,
        help_text=gettext_lazy("Bước chưa đến lượt, hoặc làm thay người khác, thì phải ghi lý do."),
    )
    note = forms.CharField(label=gettext_lazy("Nhắn người sau"), required=False, max_length=LONGEST_TEXT, widget=_SHORT)

    def begin(self) -> None:
        """Offer all steps, those that are open first."""
        steps = self.one.terms.steps
        ready = [each.step for each in self.one.found.at_hand]
        rest = [place for place in range(len(steps)) if place not in ready]
        groups = [(_("Đang mở"), ready), (_("Chưa đến lượt, hoặc đã làm"), rest)]
        offer(
            self, "step", [(word, [(place, step_words(steps[place], place)) for place in row]) for word, row in groups]
        )


class AnswerForm(ActForm):
    """What came back from who was asked."""

    content = forms.CharField(label=gettext_lazy("Nội dung trả lời"), max_length=LONGEST_TEXT, widget=_SHORT)


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words if word]
