"""Why a due date, in short: plain days stand together, whatever the unit of the limit."""

from datetime import datetime
from fractions import Fraction

from chuan.reading.calendars import load_calendar
from chuan.rules.deadlines import due
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.web.agency.reality.ledger import in_short

from ..cast import HERE


def test_a_limit_in_calendar_days_is_told_in_few_rows_with_its_days_off() -> None:
    limit = Limit(Fraction(30), TimeUnit.CALENDAR_DAY)
    rows = in_short(due(datetime(2026, 5, 4, 9, 0, tzinfo=HERE), limit, load_calendar("vn")))
    assert [(row.days, row.amount, row.why) for row in rows[1:]] == [
        ("05/05 – 03/06/2026", 30.0, "Tính 30 ngày, cả ngày nghỉ")
    ]
