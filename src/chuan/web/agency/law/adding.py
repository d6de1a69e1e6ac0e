"""Adding an instrument of the province's own."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed
from chuan.norms.law.actions import add_instrument
from chuan.organisations.models import Province
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page
from chuan.web.kit.forms import DayField


class InstrumentForm(forms.Form):
    """A legal instrument as people know it."""

    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=80)
    title = forms.CharField(label=gettext_lazy("Tên gọi ngắn"), max_length=300)
    issued_on = DayField(label=gettext_lazy("Ngày ban hành"), required=False)
    effective_on = DayField(label=gettext_lazy("Có hiệu lực từ ngày"), required=False)
    expires_on = DayField(label=gettext_lazy("Hết hiệu lực từ ngày"), required=False)
    amends = forms.CharField(label=gettext_lazy("Sửa đổi văn bản"), required=False, max_length=500)
    replaces = forms.CharField(label=gettext_lazy("Thay thế văn bản"), required=False, max_length=500)


@writes(Permission.MANAGE_NORMS)
def add(request: HttpRequest) -> HttpResponse:
    """Add an instrument to the law of the actor's province."""
    actor = actor_of(request)
    province = Province.objects.filter(pk__in=actor.provinces_where(Permission.MANAGE_NORMS)).first()
    if province is None:
        raise NotAllowed
    form = InstrumentForm(request.POST or None)

    def act() -> object:
        typed: dict[str, Any] = dict(form.cleaned_data)
        typed |= {name: [typed[name]] for name in ("amends", "replaces")}
        return add_instrument(province, **typed, by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Thêm văn bản của tỉnh"),
        verb=_("Thêm văn bản"),
        back=reverse("instruments"),
        said=_("Đã thêm văn bản."),
    )
