"""The life of a version of a written procedure (TCVN ISO 9001:2015, 7.5; facts 4.8)."""

from django.utils.translation import gettext_lazy as _

from chuan.rules.authority import Permission
from chuan.rules.lifecycle import Lifecycle, Move

STATES = {
    "draft": _("Dự thảo"),
    "review": _("Đang xem xét"),
    "approved": _("Đã phê duyệt, chờ hiệu lực"),
    "in_force": _("Đang hiệu lực"),
    "replaced": _("Hết hiệu lực"),
    "withdrawn": _("Đã thôi áp dụng"),
    "dropped": _("Đã bỏ"),
}

BEING_WRITTEN = ("draft", "review")
COMING = (*BEING_WRITTEN, "approved")

VERSION = Lifecycle(
    states=tuple(STATES),
    moves=(
        Move("submit", "draft", "review", Permission.WRITE_PROCEDURE),
        Move("review", "review", "review", Permission.REVIEW_PROCEDURE),
        Move("send_back", "review", "draft", Permission.REVIEW_PROCEDURE),
        Move("approve", "review", "approved", Permission.APPROVE_PROCEDURE),
        Move("reopen", "approved", "draft", Permission.APPROVE_PROCEDURE),
        Move("bring_into_force", "approved", "in_force", Permission.ISSUE_PROCEDURE),
        Move("replace", "in_force", "replaced", Permission.ISSUE_PROCEDURE),
        Move("withdraw", "in_force", "withdrawn", Permission.APPROVE_PROCEDURE),
        Move("come_back", "replaced", "in_force", Permission.APPROVE_PROCEDURE),
        Move("drop", "draft", "dropped", Permission.WRITE_PROCEDURE),
        Move("take_up_again", "dropped", "draft", Permission.WRITE_PROCEDURE),
    ),
)
