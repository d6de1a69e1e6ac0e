"""What was done, in words: the actions of the trail as people say them. An action without words shows its code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: Mapping[str, Promise] = {
    "account.open": _("Mở tài khoản"),
    "account.close": _("Khóa tài khoản"),
    "account.reopen": _("Mở lại tài khoản"),
    "account.change_password": _("Đổi mật khẩu"),
    "account.reset_password": _("Đặt lại mật khẩu"),
    "account.reset_second_factor": _("Gỡ lớp bảo vệ thứ hai"),
    "agency.add": _("Thêm cơ quan"),
    "agency.close": _("Cho cơ quan ngừng hoạt động"),
    "agency.change": _("Sửa thông tin cơ quan"),
    "agency.reopen": _("Cho cơ quan hoạt động trở lại"),
    "agency.undo_succession": _("Bỏ việc sáp nhập ghi nhầm"),
    "agency.succeed": _("Ghi việc sáp nhập, sắp xếp"),
    "person.add": _("Thêm người"),
    "person.change": _("Sửa thông tin người"),
    "position.add": _("Thêm vị trí"),
    "position.change": _("Sửa vị trí"),
    "position.close": _("Bỏ vị trí"),
    "position.assign_role": _("Giao vai trò"),
    "position.end_role": _("Thôi giao vai trò"),
    "position.hold": _("Cử người giữ vị trí"),
    "position.end_holding": _("Thôi giữ vị trí"),
    "position.delegate": _("Cử người làm thay"),
    "procedure.start": _("Bắt đầu soạn quy trình"),
    "procedure_version.acknowledge": _("Xác nhận đã đọc quy trình"),
    "province.add": _("Thêm tỉnh"),
    "public_service.change": _("Sửa thủ tục trong danh mục"),
    "public_service.repeal": _("Bãi bỏ thủ tục"),
    "public_service.restore": _("Khôi phục thủ tục đã bãi bỏ"),
    "public_service.add": _("Thêm thủ tục vào danh mục"),
    "quality_system.change": _("Sửa hệ thống quản lý chất lượng"),
    "quality_system.leave": _("Thôi áp dụng hệ thống quản lý chất lượng"),
    "quality_system.join": _("Vào hệ thống quản lý chất lượng"),
    "service_duty.give": _("Giao thủ tục cho cơ quan"),
    "service_duty.end": _("Thôi giao thủ tục"),
    "agency_calendar.change": _("Đổi lịch làm việc"),
    "agency_calendar.renew": _("Cập nhật lịch theo ngày nghỉ của nhà nước"),
    "calendar_edition.load": _("Nạp lịch nghỉ của nhà nước"),
    "choice.draft": _("Mở bản dự thảo theo việc đã chọn"),
    "choice.make": _("Chọn cách xử lý chỗ khác quy trình"),
    "choice.reopen": _("Mở lại việc đã chọn"),
    "choice.settle": _("Báo xong việc đã chọn"),
    "choice.withdraw": _("Bỏ lựa chọn cách xử lý"),
    "law.load": _("Nạp danh mục văn bản pháp luật"),
    "legal_instrument.add": _("Thêm văn bản pháp luật"),
    "log_source.add": _("Thêm nguồn hồ sơ"),
    "log_source.map": _("Khai cột của nguồn hồ sơ"),
    "log_upload.hand_in": _("Nộp tệp hồ sơ"),
    "log_upload.take_in": _("Nhập tệp hồ sơ"),
    "unit.add": _("Thêm đơn vị"),
    "unit.close": _("Cho đơn vị ngừng hoạt động"),
    "unit.reopen": _("Cho đơn vị hoạt động trở lại"),
    "unit.change": _("Sửa đơn vị"),
}


def in_words(action: str) -> str:
    """Return the words for an action, else its code."""
    return str(ACTIONS.get(action, action))
