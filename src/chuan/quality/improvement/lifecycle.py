"""The life of an entry in the improvement register (TCVN ISO 9001:2015, 8.7 and 10.2): plain for now.

Reopening asks for work again. `uncorrect`, `unclose` and `take_up_again` take back what was pressed by mistake.
"""

from django.utils.translation import gettext_lazy as _

from chuan.rules.authority import Permission
from chuan.rules.lifecycle import Lifecycle, Move

STATES = {
    "open": _("Đang mở"),
    "corrected": _("Đã khắc phục, chờ đóng"),
    "closed": _("Đã đóng"),
    "dropped": _("Đã bỏ, ghi nhầm"),
}

UNFINISHED = ("open", "corrected")

ENTRY = Lifecycle(
    states=tuple(STATES),
    moves=(
        Move("correct", "open", "corrected", Permission.RECORD_IMPROVEMENT),
        Move("uncorrect", "corrected", "open", Permission.RECORD_IMPROVEMENT),
        Move("close", "corrected", "closed", Permission.CLOSE_IMPROVEMENT),
        Move("unclose", "closed", "corrected", Permission.CLOSE_IMPROVEMENT),
        Move("reopen", "closed", "open", Permission.CLOSE_IMPROVEMENT),
        Move("drop", "open", "dropped", Permission.RECORD_IMPROVEMENT),
        Move("take_up_again", "dropped", "open", Permission.RECORD_IMPROVEMENT),
    ),
)
