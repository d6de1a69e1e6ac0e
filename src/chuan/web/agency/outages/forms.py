"""The forms of the record of outages. They read what was typed; whether it may be is for the actions to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chuan.quality.dossiers.outages.models import LONGEST_WHY
from chuan.web.agency.reception.moments import MomentField

_MOMENT = _("Giờ rồi ngày, ví dụ 9:05 16/11/2026; chỉ giờ là hôm nay.")


class OutageForm(forms.Form):
    """When the system was down, and why."""

    began_at = MomentField(label=_("Mất mạng từ"), help_text=_MOMENT)
    ended_at = MomentField(label=_("Có lại lúc"), required=False, help_text=_("Để trống nếu còn đang mất mạng."))
    why = forms.CharField(
        label=_("Vì sao"),
        max_length=LONGEST_WHY,
        help_text=_("Ví dụ: đứt cáp, mất điện, hệ thống một cửa của tỉnh bảo trì."),
    )


class EndForm(forms.Form):
    """Since when the system runs again."""

    ended_at = MomentField(label=_("Có lại lúc"), help_text=_MOMENT)
