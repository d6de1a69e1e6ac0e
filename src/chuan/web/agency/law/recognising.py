"""A pasted legal basis, read: each instrument with its worth on a day, and what to cite instead."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chuan.kernel.effects import actor_of, writes
from chuan.norms.law.queries import cited
from chuan.rules.authority import Permission
from chuan.web.agency.law.shown import STATES, library_of
from chuan.web.kit.acting import ask
from chuan.web.kit.forms import DayField

LONGEST_TEXT = 50_000


class PastedForm(forms.Form):
    """The text, and the day on which it shall hold."""

    text = forms.CharField(
        label=_("Đoạn văn"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Dán cả mục căn cứ pháp lý của quy trình hoặc quyết định."),
    )
    on = DayField(label=_("Xét hiệu lực vào ngày"))


@writes(Permission.SEE_ORGANISATION)
def recognise(request: HttpRequest) -> HttpResponse:
    """Show the form; a posted text (too long for an address) is read and not kept."""
    actor = actor_of(request)
    form = PastedForm(request.POST or None, initial={"on": timezone.localdate(actor.at)})
    context: dict[str, object] = {}
    if form.is_valid():
        day = form.cleaned_data["on"]
        found = cited([form.cleaned_data["text"]], library_of(actor), day)
        context["found"] = [(one, *STATES[one.state]) for one in found]
        context["to_mend"] = sum(one.to_mend for one in found)
        context["day"] = day
    return ask(request, form, "agency/law/recognise.html", **context)
