"""Words and shapes of the improvement register on pages."""

from datetime import date

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from chuan.quality.improvement.actions import EDITION
from chuan.quality.improvement.lifecycle import UNFINISHED
from chuan.quality.improvement.models import Improvement
from chuan.reading.standards import load_standards

SHAPES = {"open": "soon", "corrected": "doing", "closed": "done", "dropped": "todo"}
"""The shape in which the state of an entry is shown; what is overdue is late."""

MADE = {
    ("", "open"): gettext_lazy("Ghi vào sổ"),
    ("open", "corrected"): gettext_lazy("Ghi việc khắc phục"),
    ("corrected", "open"): gettext_lazy("Lấy lại việc khắc phục"),
    ("corrected", "closed"): gettext_lazy("Đóng phiếu"),
    ("closed", "corrected"): gettext_lazy("Lấy lại việc đóng"),
    ("closed", "open"): gettext_lazy("Mở lại"),
    ("open", "dropped"): gettext_lazy("Bỏ, ghi nhầm"),
    ("dropped", "open"): gettext_lazy("Lấy lại phiếu"),
}
"""What was done, by the states that a move left and reached."""


def standing(one: Improvement, day: date) -> tuple[str, str]:
    """Return the shape and the words of where an entry stands on `day`: ("late", "Quá hạn 4 ngày")."""
    if one.state in UNFINISHED and one.due_on is not None and one.due_on < day:
        days = (day - one.due_on).days
        return "late", ngettext("Quá hạn %(days)d ngày", "Quá hạn %(days)d ngày", days) % {"days": days}
    return SHAPES[one.state], one.state_label


def clause_words(clause: str) -> str:
    """Return "8.7 Đầu ra không phù hợp" for the number of a clause, "" for none."""
    if not clause:
        return ""
    found = load_standards().editions[EDITION].by_number.get(clause)
    return f"{clause} {found.title(get_language() or 'vi')}" if found else clause


def beneath(one: Improvement, source: str) -> str:
    """Return the second line of an entry in lists: "Hồ sơ thực tế · điều 8.7 · hồ sơ H2"; `source` in words."""
    parts = [source]
    parts += [_("điều %(clause)s") % {"clause": one.clause}] if one.clause else []
    parts += [_("hồ sơ %(code)s") % {"code": one.dossier_code}] if one.dossier_code else []
    return " · ".join(parts)
