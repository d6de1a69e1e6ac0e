"""What reading a table says, as the page of its columns says it: there people choose, they write no mapping file."""

from django.utils.translation import gettext_lazy as _

from chuan.text.messages import Message
from chuan.web.agency.reality.words import FACTS
from chuan.web.kit.words import worded

_ON_PAGE = {
    "eventlogs.no_dossier_column": _("Chưa biết cột nào là mã hồ sơ. Hãy chọn ở bảng dưới đây."),
    "eventlogs.no_activity_column": _("Chưa biết cột nào là công việc (bước). Hãy chọn ở bảng dưới đây."),
    "eventlogs.no_time_column": _(
        "Chưa biết cột nào là thời gian. Hãy chọn ở bảng dưới đây: thời điểm hoàn thành bước nếu mỗi dòng là một việc, "
        "ngày tiếp nhận, ngày hẹn trả hoặc ngày có kết quả nếu mỗi dòng là một hồ sơ."
    ),
    "eventlogs.two_columns": _(
        "Hai cột “%(used)s” và “%(left)s” có cùng nghĩa “%(fact)s”: dùng cột “%(used)s”. Nếu không đúng, hãy chọn lại."
    ),
    "eventlogs.time_guessed": _("Lấy cột “%(column)s” làm thời điểm hoàn thành bước. Nếu không đúng, hãy chọn lại."),
    "eventlogs.dossier_guessed": _(
        "Lấy cột “%(column)s” làm mã hồ sơ vì giá trị có dạng mã hồ sơ. Nếu không đúng, hãy chọn lại."
    ),
}


def on_page(said: Message) -> str:
    """Return `said` in words for the page of columns."""
    if said.code not in _ON_PAGE:
        return worded(said)
    values = dict(said.values)
    return str(_ON_PAGE[said.code]) % (values | {"fact": FACTS.get(str(values.get("fact")), "")})
