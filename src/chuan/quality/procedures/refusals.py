"""Why a write on procedures is refused, in words for people."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from chuan.kernel.errors import MovedMeanwhile, Refusal
from chuan.text import numbers


class SavedMeanwhile(Refusal):
    """Somebody else saved the draft since it was opened."""

    def __str__(self) -> str:
        return _(
            "Người khác vừa lưu bản dự thảo này sau khi bạn mở. Phần bạn vừa gõ chưa mất: "
            "hãy tải lại trang để xem bản mới rồi nhập lại chỗ cần sửa."
        )


class NotADraft(Refusal):
    """Only a draft can be written."""

    def __str__(self) -> str:
        return _("Phiên bản này không còn là dự thảo nên không sửa được. Hãy tạo bản dự thảo mới.")


class NotYetInForce(Refusal):
    """The day of effect has not come."""

    def __str__(self) -> str:
        return _("Chưa đến ngày có hiệu lực đã ghi, nên chưa thể đưa vào áp dụng.")


class AlreadyBeingWritten(Refusal):
    """The procedure has a draft already, of this issue."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)

    def __str__(self) -> str:
        return _("Quy trình đang có dự thảo lần ban hành %(number)02d; hãy làm tiếp bản đó.") % {"number": self.number}


class NotFromHere(MovedMeanwhile):
    """The version stands where it cannot be moved so: who brought it there (`name`, "" for the actor), and when."""

    def __init__(self, state: str, name: str, at: datetime) -> None:
        self.state, self.name, self.at = state, name, at
        super().__init__(state, name, at)

    def __str__(self) -> str:
        said = _("Chưa làm gì: bản này đang ở trạng thái “%(state)s”, do %(name)s chuyển lúc %(time)s.")
        return said % {"state": self.state, "name": self.name or _("bạn"), "time": numbers.moment(self.at)}


class NothingWritten(Refusal):
    """A draft without a step cannot be handed over."""

    def __str__(self) -> str:
        return _("Bản dự thảo chưa có bước nào. Hãy soạn các bước rồi mới trình.")


class NoReason(Refusal):
    """Nobody said why."""

    def __str__(self) -> str:
        return _("Phải ghi lý do, để người khác biết vì sao và cần sửa chỗ nào.")


class DecidedLater(Refusal):
    """The day of the decision has not come."""

    def __str__(self) -> str:
        return _("Ngày quyết định không được sau hôm nay.")


class DecidedBeforeHandingOver(Refusal):
    """The decision is older than the version that was handed over on the day `handed_over`."""

    def __init__(self, handed_over: date) -> None:
        self.handed_over = handed_over
        super().__init__(handed_over)

    def __str__(self) -> str:
        return _(
            "Ngày quyết định trước ngày trình (%(day)s). Nếu ghi lại quyết định đã ký từ trước thì đánh dấu điều đó."
        ) % {"day": numbers.day(self.handed_over)}


class EffectBeforeDecision(Refusal):
    """The version would apply before it was decided on."""

    def __str__(self) -> str:
        return _("Ngày có hiệu lực phải bằng hoặc sau ngày quyết định.")


class BeforeTheCurrent(Refusal):
    """The day of effect is not after that of the version in force."""

    def __str__(self) -> str:
        return _("Ngày có hiệu lực phải sau ngày có hiệu lực của phiên bản đang áp dụng.")


class NothingNewer(Refusal):
    """The original has no version newer than the one taken over."""

    def __str__(self) -> str:
        return _("Quy trình của tỉnh không có bản nào mới hơn bản đã áp dụng.")


class AdoptedAlready(Refusal):
    """The agency follows this procedure already."""

    def __str__(self) -> str:
        return _("Cơ quan đã áp dụng quy trình này rồi. Hãy mở quy trình ấy để lấy bản mới.")


class NotItsOwn(Refusal):
    """The procedure serves public services that the agency does not handle."""

    def __str__(self) -> str:
        return _("Quy trình này của thủ tục cơ quan không được giao. Đánh dấu để xác nhận rồi mới tạo bản của cơ quan.")
