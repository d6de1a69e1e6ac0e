"""Why a write on the record of outages is refused, in words for people."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.errors import Refusal
from chuan.text import numbers


class NotYetBegun(Refusal):
    """The moment at which it began has not come."""

    def __str__(self) -> str:
        return _("Lúc bắt đầu mất mạng không thể sau bây giờ.")


class NotYetOver(Refusal):
    """The moment at which it ended has not come."""

    def __str__(self) -> str:
        return _("Lúc có lại không thể sau bây giờ. Nếu còn đang mất mạng, hãy để trống.")


class Overlapping(Refusal):
    """Another outage of the agency is on record for that time."""

    def __init__(self, began_at: datetime, ended_at: datetime | None) -> None:
        self.began_at, self.ended_at = began_at, ended_at
        super().__init__(began_at, ended_at)

    def __str__(self) -> str:
        start = numbers.moment(timezone.localtime(self.began_at))
        if self.ended_at is None:
            return _("Đã ghi mất mạng từ %(start)s và chưa ghi lúc có lại. Hãy ghi tiếp vào lần đó.") % {"start": start}
        end = numbers.moment(timezone.localtime(self.ended_at))
        return _("Trùng với lần mất mạng đã ghi từ %(start)s đến %(end)s. Hãy sửa lần đó.") % {
            "start": start,
            "end": end,
        }


class OverAlready(Refusal):
    """Somebody wrote down meanwhile when it ended."""

    def __init__(self, ended_at: datetime) -> None:
        self.ended_at = ended_at
        super().__init__(ended_at)

    def __str__(self) -> str:
        end = numbers.moment(timezone.localtime(self.ended_at))
        return _("Đã ghi có lại lúc %(end)s. Nếu giờ đó sai, hãy sửa lần mất mạng.") % {"end": end}


class StillDown(Refusal):
    """What was received on paper is all entered only when the outage is over."""

    def __str__(self) -> str:
        return _("Chưa ghi lúc có lại. Hãy ghi lúc đó trước.")


class Withdrawn(Refusal):
    """It was taken from the record meanwhile."""

    def __str__(self) -> str:
        return _("Lần mất mạng này đã được bỏ. Nếu bỏ nhầm, hãy lấy lại rồi làm tiếp.")
