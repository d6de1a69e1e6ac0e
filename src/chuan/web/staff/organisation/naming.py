"""The province of an installation that was begun without one: its name, and with it its communes."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.kernel.effects import actor_of, writes
from chuan.organisations.agencies.loading import name_province
from chuan.reading.administrative_units import provinces
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page
from chuan.web.kit.forms import offer
from chuan.web.staff.organisation.changing import kept_committee


class ProvinceForm(forms.Form):
    """Which of the provinces it is, and whether its communes come along."""

    province = forms.ChoiceField(label=gettext_lazy("Tỉnh, thành phố"))
    communes = forms.BooleanField(
        label=gettext_lazy("Ghi luôn các xã, phường, đặc khu của tỉnh"),
        help_text=gettext_lazy("Theo danh mục có hiệu lực từ 01/07/2025; sửa, thêm, cho ngừng được ở trang Cơ quan."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "province", [("", "—"), *((code, f"{name} ({code})") for code, name in provinces().items())])


@writes(Permission.MANAGE_ORGANISATION)
def choose_province(request: HttpRequest) -> HttpResponse:
    """Say which province it is that this installation was begun for."""
    actor = actor_of(request)
    committee = kept_committee(actor)
    form = ProvinceForm(request.POST or None)

    def act() -> None:
        typed = form.cleaned_data
        name_province(committee, typed["province"], communes=typed["communes"], by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Đây là tỉnh nào?"),
        verb=_("Ghi tên tỉnh"),
        back=reverse("home"),
        said=_("Đã ghi tên tỉnh."),
    )
