"""Words and shapes of procedures on pages: states, limits, amounts."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chuan.rules.procedure.amounts import amount_text, written
from chuan.rules.procedure.remarks import LegalStatus
from chuan.rules.procedure.structure import Limit

KINDS = {
    "draft": "soon",
    "review": "doing",
    "approved": "doing",
    "in_force": "done",
    "replaced": "todo",
    "dropped": "todo",
}
"""The shape in which a state of a version is shown."""

LEGAL = {
    LegalStatus.IN_FORCE: ("done", _("Còn hiệu lực")),
    LegalStatus.AMENDED: ("soon", _("Đã sửa đổi, cần rà soát")),
    LegalStatus.NOT_YET: ("soon", _("Chưa có hiệu lực")),
    LegalStatus.EXPIRED: ("late", _("Hết hiệu lực")),
    LegalStatus.UNKNOWN: ("todo", _("Chưa có trong thư viện")),
}
"""The shape and the words of the state of a cited instrument."""


def language() -> str:
    """Return the language of the reader."""
    return get_language() or "vi"


def limit_words(limit: Limit | None) -> str:
    """Return "12 ngày làm việc", or "" for none."""
    return written(limit, language()) if limit is not None else ""


def amount(limit: Limit) -> str:
    """Return the bare figure of a limit."""
    return amount_text(limit.amount, language())
