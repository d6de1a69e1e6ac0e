"""Which clock a bare "ngày" means, decided by the words around it."""

import pytest

from chuan.reading.procedures.times import clock_for
from chuan.rules.procedure.structure import TimeUnit
from chuan.text.quantities import read_time


@pytest.mark.parametrize(
    ("heading", "total", "around"),
    [
        ("Thời gian (ngày lịch)", "", ""),
        ("Thời gian", "Tổng: 10 ngày lịch", ""),
        ("Thời gian", "", "10 ngày lịch"),
        ("Thời gian", "", "10 ngày"),
    ],
)
def test_words_that_say_calendar_days_settle_a_bare_day_without_a_doubt(heading: str, total: str, around: str) -> None:
    clock = clock_for(heading, [read_time("3 ngày"), read_time("7 ngày")], [read_time(total)], [read_time(around)])
    assert (clock.day, clock.doubts) == (TimeUnit.CALENDAR_DAY, ())
