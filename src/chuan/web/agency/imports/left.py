"""What is left to decide of files handed in together, in one line."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def left(batch: Any) -> tuple[str, str]:
    """Return the shape of a state and its words for a row of `queries.imports`."""
    parts = (
        (batch.waiting, ngettext("%(count)d tệp đang chờ đọc", "%(count)d tệp đang chờ đọc", batch.waiting)),
        (batch.doubtful, ngettext("%(count)d tệp còn chỗ cần xem", "%(count)d tệp còn chỗ cần xem", batch.doubtful)),
        (batch.read, ngettext("%(count)d tệp đã rõ chưa nhận", "%(count)d tệp đã rõ chưa nhận", batch.read)),
        (batch.refused, ngettext("%(count)d tệp không đọc được", "%(count)d tệp không đọc được", batch.refused)),
    )
    words = ", ".join(words % {"count": count} for count, words in parts if count)
    if not words:
        return "done", _("Đã xong")
    return ("doing" if batch.waiting else "soon"), words
