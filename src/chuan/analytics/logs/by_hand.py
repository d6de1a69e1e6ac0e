"""Which sources people tell something: all but the living dossiers of an agency, which are what was done here."""

from django.utils.translation import gettext as _

from chuan.analytics.logs.models import LogSource
from chuan.kernel.errors import Refusal


class NotByHand(Refusal):
    """The source is the dossiers run here: it takes no file and no terms, and cannot be closed."""

    def __str__(self) -> str:
        return _(
            "Nguồn này là Hồ sơ xử lý trên Chuẩn: tự cập nhật từ việc làm trên từng hồ sơ, nên không nhận tệp, "
            "không đặt cách đọc và không đóng được."
        )


def refuse_living(source: LogSource) -> None:
    """Raise NotByHand for living dossiers."""
    if source.living:
        raise NotByHand
