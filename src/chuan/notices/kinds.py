"""The kinds of notices. A subject is a fixed sentence: mail subjects are read over shoulders and kept in logs, so no
name, dossier or number of a person can ever get into one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """`code` is "room.what"; `subject` has no place to fill; `by_mail` says whether it also goes out as e-mail."""

    code: str
    subject: Promise
    by_mail: bool = True


_ALL = (
    Kind("procedures.review", _("Có quy trình chờ anh/chị xem xét")),
    Kind("procedures.approve", _("Có quy trình chờ anh/chị phê duyệt")),
    Kind("procedures.acknowledge", _("Có quy trình mới cần đọc và xác nhận")),
    Kind("procedures.source_changed", _("Quy trình gốc của tỉnh đã thay đổi")),
    Kind("logs.imported", _("Đã nhập xong nhật ký hồ sơ"), by_mail=False),
    Kind("logs.failed", _("Nhật ký hồ sơ chưa nhập được")),
    Kind("tasks.assigned", _("Anh/chị được giao một việc")),
    Kind("account.reset", _("Tài khoản của anh/chị vừa được đặt lại")),
)

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}
