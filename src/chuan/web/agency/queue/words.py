"""Words and shapes of living dossiers in lists: groups, states, limits."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.rules.handling.acts import DossierState
from chuan.rules.handling.urgency import Urgency

GROUP_WORDS: Mapping[Urgency, Promise] = {
    Urgency.LATE_BY_LAW: _("Quá hạn luật"),
    Urgency.LATE: _("Quá hạn"),
    Urgency.STEP_LATE: _("Bước quá hạn"),
    Urgency.CLOSE: _("Sắp đến hạn"),
    Urgency.IN_TIME: _("Trong hạn"),
    Urgency.WAITING: _("Chờ công dân"),
    Urgency.PAUSED: _("Tạm dừng"),
}
GROUP_SHAPES: Mapping[Urgency, str] = {
    Urgency.LATE_BY_LAW: "late",
    Urgency.LATE: "late",
    Urgency.STEP_LATE: "soon",
    Urgency.CLOSE: "soon",
    Urgency.IN_TIME: "doing",
    Urgency.WAITING: "todo",
    Urgency.PAUSED: "todo",
}
STATE_WORDS: Mapping[str, Promise] = {
    DossierState.NEW.value: _("Mới"),
    DossierState.HANDLING.value: _("Đang xử lý"),
    DossierState.SUPPLEMENT.value: _("Chờ bổ sung"),
    DossierState.PAYMENT.value: _("Chờ nghĩa vụ tài chính"),
    DossierState.PAUSED.value: _("Tạm dừng"),
    DossierState.READY.value: _("Chờ trả kết quả"),
    DossierState.RETURNED.value: _("Đã trả kết quả"),
    DossierState.REFUSED.value: _("Đã từ chối"),
    DossierState.STOPPED.value: _("Đã dừng"),
    DossierState.WITHDRAWN.value: _("Công dân rút"),
}
STATE_SHAPES: Mapping[str, str] = {
    DossierState.HANDLING.value: "doing",
    DossierState.READY.value: "soon",
    DossierState.RETURNED.value: "done",
}
"""The shape of a state; "todo" for all others."""


def short_moment(value: datetime | None, year: int) -> str:
    """Return "17:00 25/11", with the year where it is not `year`; "" for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    said = f"{local.hour:02d}:{local.minute:02d} {local.day:02d}/{local.month:02d}"
    return said if local.year == year else f"{said}/{local.year}"
