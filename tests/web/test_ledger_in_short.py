"""Why a due date, as rows: plain days stand together, and every wait says what it did to the count."""

from typing import Any

import pytest

from chuan.checking import account
from chuan.checking.result import DossierResult
from chuan.rules.deadlines import Due, PauseRule
from chuan.rules.eventlog import Event, EventKind
from chuan.web.agency.reality.ledger import in_full, in_short
from chuan.web.agency.reality.timeline import timeline

from ..checking.cast import STEPS, at, days, did, dossier, procedure, run


def counted(*events: Event, limit: str = "2", **options: Any) -> tuple[Due, DossierResult]:
    """The due date of one dossier, judged on the 20th."""
    result = run(procedure(committed=days(limit)), dossier(*events), as_of=at("20 10:00"), **options)
    found = result.dossiers[0]
    due = account.committed(found, result.counting, result.as_of)
    assert due is not None
    return due, found


RECEIVED = did("02 08:00", STEPS[0].title)


def asked(moment: str) -> Event:
    return did(moment, "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT)


def completed(moment: str) -> Event:
    return did(moment, "Đã bổ sung", EventKind.RESUBMITTED)


def test_a_limit_of_many_days_is_told_in_few_rows_with_its_days_off() -> None:
    due, found = counted(RECEIVED, limit="15")
    assert [(row.days, row.amount, row.why) for row in in_short(due, found)[1:]] == [
        ("03/11 – 23/11/2026", 15.0, "Tính 15 ngày làm việc; không tính 6 ngày nghỉ hằng tuần"),
    ]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (
            (RECEIVED, asked("03 08:00"), completed("05 08:00")),
            "Chờ bổ sung: nhận đủ lúc 08:00 05/11/2026, hạn tính lại từ đầu",
        ),
        (
            (RECEIVED, asked("05 08:00"), completed("09 08:00")),
            "Chờ bổ sung: hạn đã hết từ 17:00 04/11/2026 nên không tính lại, không lùi hạn",
        ),
        (
            (RECEIVED, did("03 09:00", STEPS[2].title), did("03 10:00", "Chờ nộp thuế", EventKind.PAYMENT)),
            "Chờ nộp tiền: đã có kết quả từ 09:00 03/11/2026 nên hạn không đổi",
        ),
        ((RECEIVED, asked("03 08:00")), "Chờ bổ sung: chưa nhận đủ, hạn sẽ tính lại từ đầu khi nhận đủ"),
        (
            (
                RECEIVED,
                did("02 10:00", "Chờ nộp phí", EventKind.PAYMENT),
                did("02 11:00", "Đã nộp phí", EventKind.PAID),
                asked("03 08:00"),
                completed("05 08:00"),
            ),
            "Chờ nộp tiền: nằm trong lần nhận không được tính nên không lùi hạn",
        ),
    ],
)
def test_every_wait_says_what_it_did_to_the_count(events: tuple[Event, ...], told: str) -> None:
    due, found = counted(*events)
    assert told in [row.why for row in in_full(due, found)]


def test_a_wait_that_stops_the_clock_is_told_once() -> None:
    due, found = counted(RECEIVED, asked("03 08:00"), completed("05 08:00"), supplement=PauseRule.PAUSE)
    assert [row.why for row in in_full(due, found)].count("Tạm dừng: không tính") == 1
    assert not [row for row in in_full(due, found) if row.why.startswith("Chờ bổ sung")]


def test_the_first_reception_is_drawn_apart_and_a_step_has_a_gap_where_the_citizen_held_the_dossier() -> None:
    due, found = counted(RECEIVED, asked("04 08:00"), completed("09 08:00"), did("10 08:00", STEPS[1].title))
    drawn = str(timeline(found, due, None, at("20 10:00")))
    assert drawn.count("Lần nhận thứ nhất: 08:00 02/11/2026 – 08:00 04/11/2026") == 1
    assert drawn.count('class="span taken-back"') == 1
    assert drawn.count('class="span over pale"') == 1, "before the citizen had it"
    assert drawn.count('class="span over"') == 1, "after the citizen had it"
