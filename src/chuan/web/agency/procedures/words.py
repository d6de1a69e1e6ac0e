"""Words and shapes of procedures on pages: states, limits, amounts."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chuan.quality.procedures.drafting import says_uncounted
from chuan.rules.procedure.amounts import compared_total, counted_minutes, sharing, written
from chuan.rules.procedure.remarks import LegalStatus
from chuan.rules.procedure.structure import Limit, Procedure, Step, Variant, written_minutes

KINDS = {
    "draft": "soon",
    "review": "doing",
    "approved": "doing",
    "in_force": "done",
    "replaced": "todo",
    "withdrawn": "todo",
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

FIELDS = {
    "no": _("Số thứ tự"),
    "title": _("Trình tự"),
    "role": _("Trách nhiệm"),
    "time": _("Thời gian"),
    "counted": _("Tính thời gian"),
    "time_label": _("Thời gian (lời)"),
    "output_or_form": _("Biểu mẫu, kết quả"),
    "phase": _("Giai đoạn"),
    "note": _("Ghi chú"),
    "budget": _("Thời gian chung"),
    "links": _("Đường đi tiếp"),
    "parallel": _("Làm song song"),
    "optional": _("Tùy trường hợp"),
    "name": _("Tên quy trình"),
    "service_code": _("Mã thủ tục"),
    "procedure_code": _("Ký hiệu"),
    "field": _("Lĩnh vực"),
    "processing_agency": _("Cơ quan giải quyết"),
    "deciding_authority": _("Cơ quan có thẩm quyền quyết định"),
    "committed": _("Thời hạn cam kết"),
    "committed_text": _("Thời hạn cam kết (lời)"),
    "legal": _("Thời hạn theo luật"),
    "legal_text": _("Thời hạn theo luật (lời)"),
    "fee": _("Phí, lệ phí"),
    "online_level": _("Mức độ trực tuyến"),
    "conditions": _("Điều kiện"),
    "subject": _("Đối tượng"),
    "purpose": _("Mục đích"),
    "scope": _("Phạm vi"),
    "place": _("Nơi tiếp nhận"),
    "sets": _("Số bộ hồ sơ"),
    "legal_basis": _("Căn cứ pháp lý"),
    "components": _("Thành phần hồ sơ"),
    "forms": _("Biểu mẫu"),
    "results": _("Kết quả"),
    "records": _("Hồ sơ lưu"),
    "channels": _("Cách thức nộp"),
    "definitions": _("Định nghĩa"),
}
"""The names of the parts of a procedure and of a step."""


def language() -> str:
    """Return the language of the reader."""
    return get_language() or "vi"


def limit_words(limit: Limit | None) -> str:
    """Return "12 ngày làm việc", or "" for none."""
    return _limit_words(limit, language()) if limit is not None else ""


@lru_cache(maxsize=1000)
def _limit_words(limit: Limit, spoken: str) -> str:
    return written(limit, spoken)


def time_words(steps: Sequence[Step], index: int) -> tuple[str, str]:
    """Return the time of a step as it is shown, and what stands small under it: shared with whom, counted or not."""
    step, group = steps[index], sharing(steps, index)
    shared = next((steps[at].time for at in group if steps[at].time is not None), None)
    if shared is not None and len(group) > 1:
        numbers = ", ".join(steps[at].no or str(at + 1) for at in group)
        return limit_words(shared), gettext("chung cho các bước %(steps)s") % {"steps": numbers}
    if not step.counted:
        if not step.time_label or says_uncounted(step.time_label):
            return gettext("Không tính"), ""
        return step.time_label, gettext("không tính vào tổng")
    if step.time is not None:
        return limit_words(step.time), step.time_label if step.doubts else ""
    return step.time_label, ""


def limits(written: Procedure) -> list[tuple[Promise, str, bool]]:
    """Return the limits of a procedure for the margin: word, amount, and whether the steps go over it.

    The sum stands there for a single variant only.
    """
    found: list[tuple[Promise, str, bool]] = [
        (_("Theo luật"), limit_words(written.legal) or written.legal_text, False),
        (_("Cam kết"), limit_words(written.committed) or written.committed_text, False),
    ]
    if len(written.variants) == 1 and written.variants[0].steps:
        minutes = counted_minutes(written.variants[0])
        over = written.committed is not None and minutes > written_minutes(written.committed)
        found.append((_("Tổng các bước"), total_words(written, written.variants[0]), over))
    return found


def total_words(written: Procedure, variant: Variant) -> str:
    """Return the sum of the steps as every page shows it beside the promise, "" without steps."""
    return format(compared_total(variant, written.committed), language()) if variant.steps else ""


def optional_words(variant: Variant) -> str:
    """Return how many steps of the sum are not always gone, "" for none."""
    count = sum(step.optional and step.counted and step.time is not None for step in variant.steps)
    words = ngettext("kể cả %(count)d bước tùy trường hợp", "kể cả %(count)d bước tùy trường hợp", count)
    return words % {"count": count} if count else ""
