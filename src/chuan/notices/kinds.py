"""The kinds of notices. A subject is a fixed sentence: mail subjects are read over shoulders and kept in logs, so no
name, dossier or number of a person can ever get into one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """`code` is "room.what"; `subject` has no place to fill; `when` ends the sentence "you are told when …".

    `page` is the name of the address it leads to. `by_mail` says whether it also goes out as e-mail, `is_task` whether
    the work it tells of stands among the tasks anyway, so that it is not shown there twice.
    """

    code: str
    subject: Promise
    when: Promise
    page: str
    by_mail: bool = True
    is_task: bool = False


_ALL = (
    Kind(
        "procedures.review",
        _("Có quy trình chờ anh/chị xem xét"),
        _("có bản quy trình trình lên để bạn xem xét"),
        "procedure",
        is_task=True,
    ),
    Kind(
        "procedures.approve",
        _("Có quy trình chờ anh/chị phê duyệt"),
        _("có bản quy trình trình lên để bạn phê duyệt"),
        "procedure",
        is_task=True,
    ),
    Kind(
        "procedures.returned",
        _("Dự thảo quy trình của anh/chị được trả lại"),
        _("bản bạn soạn được trả lại"),
        "procedure",
        is_task=True,
    ),
    Kind(
        "procedures.approved",
        _("Quy trình anh/chị soạn đã được phê duyệt"),
        _("bản bạn soạn được phê duyệt"),
        "procedure",
    ),
    Kind(
        "procedures.in_force",
        _("Quy trình anh/chị soạn đã có hiệu lực"),
        _("bản bạn soạn có hiệu lực"),
        "procedure",
    ),
    Kind(
        "procedures.withdrawn",
        _("Quy trình anh/chị soạn đã thôi áp dụng"),
        _("bản bạn soạn thôi áp dụng"),
        "procedure",
    ),
    Kind(
        "procedures.acknowledge",
        _("Có quy trình mới cần đọc và xác nhận"),
        _("có quy trình mới của cơ quan cần đọc và xác nhận"),
        "procedure",
        by_mail=False,
        is_task=True,
    ),
    Kind(
        "procedures.source_changed",
        _("Quy trình gốc của tỉnh đã thay đổi"),
        _("quy trình gốc mà cơ quan áp dụng có bản mới"),
        "compare_original",
        is_task=True,
    ),
    Kind(
        "procedures.source_ended",
        _("Quy trình gốc của tỉnh đã thôi áp dụng"),
        _("bản của tỉnh mà cơ quan đang áp dụng thôi có hiệu lực"),
        "procedure",
    ),
    Kind(
        "imports.read",
        _("Đã đọc xong các tệp quy trình, còn chỗ cần xem"),
        _("các tệp quy trình bạn nộp đã đọc xong mà còn chỗ cần xem"),
        "import_batch",
        is_task=True,
    ),
    Kind(
        "logs.imported",
        _("Đã nhập xong nhật ký hồ sơ"),
        _("tệp hồ sơ bạn nộp đã nhập xong"),
        "log_upload",
        by_mail=False,
    ),
    Kind(
        "logs.failed",
        _("Nhật ký hồ sơ chưa nhập được"),
        _("tệp hồ sơ bạn nộp không nhập được"),
        "log_upload",
        is_task=True,
    ),
    Kind(
        "questions.open",
        _("Hồ sơ mới cho thấy điều khác quy trình, cần quyết định"),
        _("hồ sơ mới cho thấy điều khác quy trình mà bạn cần quyết định"),
        "realities",
        is_task=True,
    ),
    Kind(
        "improvement.assigned",
        _("Có phiếu trong sổ cải tiến giao cho anh/chị"),
        _("có phiếu trong sổ cải tiến giao cho vị trí của bạn"),
        "improvement",
        is_task=True,
    ),
    Kind(
        "improvement.corrected",
        _("Có phiếu trong sổ cải tiến chờ anh/chị đóng"),
        _("có phiếu trong sổ cải tiến đã khắc phục, chờ bạn đóng"),
        "improvement",
        is_task=True,
    ),
    Kind(
        "tasks.assigned",
        _("Anh/chị được giao một việc"),
        _("bạn được giao một việc"),
        "reality",
        is_task=True,
    ),
    Kind(
        "account.reset",
        _("Tài khoản của anh/chị vừa được đặt lại"),
        _("mật khẩu hoặc lớp đăng nhập thứ hai của bạn được đặt lại"),
        "account",
    ),
    Kind(
        "dossiers.asked",
        _("Cơ quan khác gửi hồ sơ chờ cơ quan anh/chị cho ý kiến hoặc phối hợp"),
        _("cơ quan khác gửi hồ sơ lấy ý kiến, liên thông đến cơ quan bạn"),
        "living_dossier",
        is_task=True,
    ),
    Kind(
        "dossiers.handed",
        _("Có hồ sơ chuyển đến anh/chị"),
        _("có người chuyển hồ sơ cho vị trí của bạn"),
        "living_dossier",
        by_mail=False,
        is_task=True,
    ),
    Kind(
        "dossiers.late_soon",
        _("Có hồ sơ sắp trễ hẹn: cần làm xong hoặc xin lỗi trước hạn"),
        _("hồ sơ bạn đang giữ sắp trễ hẹn"),
        "living_dossier",
        is_task=True,
    ),
)

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}
