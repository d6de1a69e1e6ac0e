"""Entries in the improvement registers of the cast's agencies, in the database of every test beside the cast.

phieudong  Thanh Bình  01/2026, closed by Hà: a late dossier of QT.XD.03
phieumo    Đông Hạ     01/2026, open, given to nobody: a wrong result
"""

from datetime import date, datetime

from chuan.organisations.agencies.models import Agency
from chuan.quality.improvement.actions import close, correct, enter
from chuan.quality.improvement.models import Improvement
from chuan.quality.models import Procedure

from ..cast import HERE
from .stage import actor

AT = datetime(2026, 10, 12, 9, 0, tzinfo=HERE)


def furnish_improvements() -> None:
    """Write the entries."""
    giang, ha, chi = (actor(name, AT) for name in ("giang", "ha", "chi"))
    home, other = (Agency.objects.everywhere(reason="tests").get(key=key) for key in ("thanhbinh", "dongha"))
    late = enter(
        agency=home,
        found_on=date(2026, 10, 9),
        source=Improvement.Source.DOSSIER,
        kind=Improvement.Kind.LATE,
        about="Hồ sơ cấp phép xây dựng trả chậm hai ngày",
        dossier_code="H61.07-260901-0003",
        procedure=Procedure.objects.within(home).get(key="qtxd03"),
        clause="8.7",
        due_on=date(2026, 10, 20),
        by=giang,
        at=AT,
    )
    correct(late, correction="Xin lỗi và hẹn lại", corrected_by="Thư ký ISO", corrected_on=AT.date(), by=giang, at=AT)
    close(late, note="Đã xem phiếu xin lỗi", by=ha, at=AT)
    wrong = enter(
        agency=other,
        found_on=date(2026, 10, 12),
        source=Improvement.Source.CITIZEN,
        kind=Improvement.Kind.WRONG_OUTPUT,
        about="Giấy khai sinh ghi sai ngày sinh",
        clause="8.7",
        by=chi,
        at=AT,
    )
    for one, key in ((late, "phieudong"), (wrong, "phieumo")):
        Improvement.objects.everywhere(reason="tests").filter(pk=one.pk).update(key=key)
