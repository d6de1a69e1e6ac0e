"""Who has a dossier is told on the last working day before it is due, once for each appointment."""

from datetime import datetime

import pytest
import time_machine

from chuan.jobs.warn_late import warn
from chuan.notices.models import Notice
from chuan.quality.dossiers import actions

from ..cast import Cast
from ..quality.dossier_stage import an, at, dossier, press, received

pytestmark = pytest.mark.django_db


def told(key: str, moment: datetime) -> list[str]:
    """Return which of the head and An the job told of the dossier so far, once it ran at `moment`."""
    with time_machine.travel(moment, tick=False):
        warn()
    rows = Notice.objects.filter(kind="dossiers.late_soon", text=dossier(key).code).order_by("pk")
    names = [row.recipient.removeprefix("account:") for row in rows]
    return [name for name in names if name in ("ha", "an")]


def test_a_delay_is_told_when_the_last_working_day_before_the_due_day_begins(cast: Cast) -> None:
    one = received("le", at(16, "08:30"))
    assert one.due_at == at(25, "17:00"), "24/11 is a holiday"
    assert told("le", at(20, "16:00")) == []
    assert told("le", at(23, "07:00")) == []
    assert told("le", at(23, "07:30")) == ["ha"]


def test_over_a_weekend_it_is_told_on_friday(cast: Cast) -> None:
    one = received("cuoituan", at(13, "08:30"))
    assert one.due_at == at(23, "17:00")
    assert told("cuoituan", at(19, "16:30")) == []
    assert told("cuoituan", at(20, "08:00")) == ["ha"]


def test_over_the_new_year_it_is_told_before_the_holidays_begin(cast: Cast) -> None:
    one = received("tet", at(27, "08:30", month=1).replace(year=2027))
    assert one.due_at == at(11, "17:00", month=2).replace(year=2027)
    assert told("tet", at(2, "17:00", month=2).replace(year=2027)) == []
    assert told("tet", at(3, "08:00", month=2).replace(year=2027)) == ["ha"]


def test_it_is_told_once_however_often_the_job_runs_and_again_before_the_new_appointment(cast: Cast) -> None:
    one = dossier("hosomo")
    assert one.due_at == at(17, "17:00")
    for clock in ("08:00", "08:30", "16:30"):
        assert told("hosomo", at(16, clock)) == ["ha"]
    by = an(at(17, "08:00"))
    actions.apologise(one, why="Chờ đo đạc", new_due=at(26, "17:00"), press=press(one, "xl"), by=by, at=by.at)
    assert told("hosomo", at(23, "16:00")) == ["ha"]
    assert told("hosomo", at(25, "08:00")) == ["ha", "ha"]
    assert told("hosomo", at(26, "08:00")) == ["ha", "ha"]


def test_the_position_that_has_it_is_told_with_the_head(cast: Cast) -> None:
    one = dossier("hosomo")
    by = cast.ha.actor
    actions.hand_over(one, cast.an.position, press=press(one, "giao"), by=by, at=at(16))
    assert sorted(told("hosomo", at(16, "09:00"))) == ["an", "ha"]


def test_nobody_is_told_of_what_waits_for_its_citizen_is_ready_or_is_late_already(cast: Cast) -> None:
    waits, ready, late = (received(key, at(6)) for key in ("cho", "xong", "tre"))
    assert late.due_at == at(16, "17:00")
    actions.ask_supplement(waits, ["Bản vẽ"], why="Thiếu", press=press(waits, "bs"), by=an(at(9)), at=at(9))
    actions.make_ready(ready, reason="Đã ký", press=press(ready, "kq"), by=an(at(9)), at=at(9))
    assert told("tre", at(16, "17:30")) == []
    assert [told(key, at(13)) for key in ("cho", "xong", "tre")] == [[], [], ["ha"]]
