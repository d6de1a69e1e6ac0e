"""The life of a quality system (QĐ 19/2014/QĐ-TTg, Article 4; facts D4)."""

from django.utils.translation import gettext_lazy as _

from chuan.rules.authority import Permission
from chuan.rules.lifecycle import Lifecycle, Move

_MANAGE, _DECLARE = Permission.MANAGE_QUALITY_SYSTEM, Permission.DECLARE_QUALITY_SYSTEM

STATES = {
    "not_started": _("Chưa xây dựng"),
    "building": _("Đang xây dựng"),
    "applying": _("Đang áp dụng"),
    "confirmed_effective": _("Đã xác nhận hiệu lực"),
    "declared": _("Đã công bố"),
    "redeclaration_due": _("Cần công bố lại"),
    "suspended": _("Tạm dừng"),
    "dissolved": _("Giải thể"),
}

MOVES = {
    "build": _("Bắt đầu xây dựng"),
    "apply": _("Cho áp dụng"),
    "confirm": _("Xác nhận hiệu lực"),
    "declare": _("Công bố"),
    "outgrow": _("Ghi cần công bố lại"),
    "redeclare": _("Công bố lại"),
    "suspend": _("Tạm dừng hệ thống"),
    "resume": _("Áp dụng trở lại"),
    "dissolve": _("Giải thể hệ thống"),
}
"""The verbs of the moves, as they stand on buttons."""

QUALITY_SYSTEM = Lifecycle(
    states=tuple(STATES),
    moves=(
        Move("build", "not_started", "building", _MANAGE),
        Move("apply", "building", "applying", _DECLARE),  # the head approves before anything is applied
        Move("confirm", "applying", "confirmed_effective", _DECLARE),
        Move("declare", "confirmed_effective", "declared", _DECLARE),
        Move("outgrow", "declared", "redeclaration_due", _MANAGE),  # scope, merger or edition changed (facts D5)
        Move("redeclare", "redeclaration_due", "declared", _DECLARE),
        Move("suspend", "building", "suspended", _DECLARE),
        Move("suspend", "applying", "suspended", _DECLARE),
        Move("suspend", "confirmed_effective", "suspended", _DECLARE),
        Move("suspend", "declared", "suspended", _DECLARE),
        Move("suspend", "redeclaration_due", "suspended", _DECLARE),
        Move("resume", "suspended", "applying", _DECLARE),
        Move("dissolve", "suspended", "dissolved", _DECLARE),
    ),
)
