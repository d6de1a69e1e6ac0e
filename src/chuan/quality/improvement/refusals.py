"""Why a write in the improvement register is refused, in words for people."""

from datetime import datetime

from django.utils.translation import gettext as _

from chuan.kernel.errors import MovedMeanwhile, Refusal
from chuan.text import numbers


class FoundLater(Refusal):
    """The day on which it was found has not come."""

    def __str__(self) -> str:
        return _("Ngày phát hiện không được sau hôm nay.")


class NothingDone(Refusal):
    """Nobody said what was done."""

    def __str__(self) -> str:
        return _("Phải ghi đã khắc phục thế nào.")


class CorrectedLater(Refusal):
    """The day of the correction has not come."""

    def __str__(self) -> str:
        return _("Ngày khắc phục không được sau hôm nay.")


class DueBeforeFound(Refusal):
    """The day until which something must be done lies before the finding."""

    def __str__(self) -> str:
        return _("Hạn phải bằng hoặc sau ngày phát hiện.")


class NoSuchClause(Refusal):
    """The edition has no clause with this number."""

    def __init__(self, clause: str) -> None:
        self.clause = clause
        super().__init__(clause)

    def __str__(self) -> str:
        return _("TCVN ISO 9001:2015 không có điều %(clause)s.") % {"clause": self.clause}


class OfAnotherAgency(Refusal):
    """The procedure or the position belongs to another agency."""

    def __str__(self) -> str:
        return _("Quy trình và vị trí chịu trách nhiệm phải là của cơ quan ghi sổ.")


class WithoutReason(Refusal):
    """Nobody said why."""

    def __str__(self) -> str:
        return _("Phải ghi lý do, để người khác biết còn phải làm gì.")


class Finished(Refusal):
    """What is closed or dropped is not changed any more."""

    def __str__(self) -> str:
        return _("Phiếu đã đóng hoặc đã bỏ thì không sửa. Hãy mở lại phiếu trước.")


class NotFromHere(MovedMeanwhile):
    """The entry stands where it cannot be moved so: who brought it there (`name`, "" for the actor), and when."""

    def __init__(self, state: str, name: str, at: datetime) -> None:
        self.state, self.name, self.at = state, name, at
        super().__init__(state, name, at)

    def __str__(self) -> str:
        said = _("Chưa làm gì: phiếu đang ở trạng thái “%(state)s”, do %(name)s chuyển lúc %(time)s.")
        return said % {"state": self.state, "name": self.name or _("bạn"), "time": numbers.moment(self.at)}
