"""The refusals of the kernel."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _


class NotYours(Http404):
    """It is not within what the actor may see: answered like a thing that does not exist (404)."""


class NotAllowed(PermissionDenied):
    """The actor may see it but not do this with it (403)."""


class Unscoped(RuntimeError):
    """A query forgot to say for whom it reads: a defect of ours, never a reason to answer."""


class Refusal(Exception):
    """Base of the named errors of actions. `str()` is a sentence for the user: what is wrong and how to mend it."""


class MovedMeanwhile(Refusal):
    """Somebody else moved the thing to another state between reading and moving."""

    def __str__(self) -> str:
        return _("Người khác vừa chuyển trạng thái. Hãy tải lại trang để xem trạng thái mới rồi làm tiếp.")
