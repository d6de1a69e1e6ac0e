"""Việc của tôi: tasks in order, and where they come from."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.test import Client

from chuan.analytics.logs.actions import add_source
from chuan.analytics.logs.models import LogSource
from chuan.jobs.models import Run, State
from chuan.kernel.actor import Actor, nobody
from chuan.notices.actions import notify
from chuan.notices.models import Notice
from chuan.organisations.people import actions
from chuan.organisations.people.models import Position
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures import actions as procedures
from chuan.web.agency.tasks import PROVIDERS
from chuan.web.kit.tasks import Task, Urgency, gather, in_short

from ..cast import NOW, Cast
from ..quality.stage import content, in_force
from ..quality.word_files import word_file
from .test_imports import files_of, handed_in, zipped

TODAY = NOW.date()  # a Monday


def task(title: str, days: int | None, urgency: Urgency = Urgency.LATER) -> Task:
    due_on = None if days is None else TODAY + timedelta(days=days)
    return Task(due_on=due_on, urgency=urgency, title=title, why="", verb="Mở", url="/")


def gathered(*tasks: Task) -> list[list[str]]:
    def provider(actor: Actor) -> Iterable[Task]:
        return tasks

    groups = gather(nobody(NOW), [provider])
    return [[one.title for one in group] for group in (groups.today, groups.this_week, groups.later)]


def test_tasks_stand_under_today_this_week_and_later() -> None:
    tasks = [task("sau", 7), task("không hạn", None), task("nay", 0), task("chủ nhật", 6), task("hôm qua", -1)]
    assert gathered(*tasks) == [["hôm qua", "nay"], ["chủ nhật"], ["sau", "không hạn"]]


def test_what_is_late_belongs_to_today_and_comes_first() -> None:
    assert gathered(task("nay", 0), task("trễ", 3, Urgency.LATE))[0] == ["trễ", "nay"]


def test_only_a_late_task_gets_the_filled_button() -> None:
    quiet = gather(nobody(NOW), [lambda actor: [task("nay", 0)]])
    urgent = gather(nobody(NOW), [lambda actor: [task("nay", 0), task("trễ", 0, Urgency.LATE)]])
    assert quiet.first is None
    assert urgent.first is not None
    assert urgent.first.title == "trễ"


def test_many_alike_tasks_without_a_day_become_one_that_says_how_many() -> None:
    def as_one(count: int) -> Task:
        return task(f"{count} việc", None)

    assert [one.title for one in in_short([task("a", None)] * 3, as_one)] == ["a", "a", "a"]
    assert [one.title for one in in_short([task("a", None)] * 4, as_one)] == ["4 việc"]


@pytest.mark.django_db
def test_the_one_task_for_many_empty_positions_opens_just_these(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    agency = cast.an.person.agency
    for number in range(4):
        actions.add_position(
            Position(agency=agency, code=f"TRONG{number}", title=f"Chức danh {number}"), by=cast.khanh.actor, at=NOW
        )
    found = next(one for one in gather(cast.giang.actor, PROVIDERS).all if "vị trí chưa có ai giữ" in one.title)
    page = signed_in("giang").get(found.url).content.decode()
    assert int(found.title.split()[0]) >= 4
    assert all(f"Chức danh {number}" in page for number in range(4))
    assert cast.an.person.full_name not in page


def titles(actor: Actor) -> list[str]:
    return [task.title for task in gather(actor, PROVIDERS).all]


@pytest.mark.django_db
def test_a_notice_is_a_task_until_it_is_opened(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    notify(kind="account.reset", to={"account:an": ""}, key="t1", at=NOW, link="/toi/")
    assert "Tài khoản của anh/chị vừa được đặt lại" in titles(cast.an.actor)
    answer = signed_in("an").post(f"/thong-bao/{Notice.objects.get().pk}/")
    assert answer.headers["Location"] == "/toi/"
    assert titles(cast.an.actor) == []


@pytest.mark.django_db
def test_many_notices_are_one_task_that_opens_the_unread_ones(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    for number in range(4):
        notify(kind="logs.imported", to={"account:an": ""}, key=str(number), at=NOW, text=f"Lô {number}")
    found = next(one for one in gather(cast.an.actor, PROVIDERS).all if one.title == "4 thông báo chưa đọc")
    assert "Lô 3" in signed_in("an").get(found.url).content.decode()


@pytest.mark.django_db
def test_home_says_one_number_of_unread_notices(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    for kind in ("logs.imported",) * 4 + ("procedures.review",) * 2:
        notify(kind=kind, to={"account:an": ""}, key=str(Notice.objects.count()), at=NOW)
    home = signed_in("an").get("/").content.decode()
    assert set(re.findall(r"(\d+)(?: thông báo)? chưa đọc", home)) == {"6"}


@pytest.mark.django_db
def test_a_notice_of_work_that_is_a_task_anyway_is_not_a_second_task(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    notify(kind="procedures.review", to={"account:an": ""}, key="t1", at=NOW)
    assert titles(cast.an.actor) == []
    assert "1 chưa đọc" in signed_in("an").get("/").content.decode()


@pytest.mark.django_db
def test_work_given_up_reaches_the_administrator_who_runs_it_again(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ended = {"name": "norms.load", "attempts": 3, "asked_at": NOW, "finished_at": NOW}
    Run.objects.create(key="a", state=State.FAILED, failure="Lỗi của phần mềm.", **ended)
    Run.objects.create(key="b", state=State.REFUSED, failure="Tệp hỏng.", **ended)
    found = next(one for one in gather(cast.khanh.actor, PROVIDERS).all if "chạy nền" in one.title)
    assert found.title == "1 việc chạy nền không làm được: nạp lịch và văn bản"
    assert not [title for title in titles(cast.ha.actor) if "chạy nền" in title]
    assert signed_in("ha").post(found.url).status_code == 403
    assert "Đã cho chạy lại 1 việc." in signed_in("khanh").post(found.url, follow=True).content.decode()
    assert dict(Run.objects.values_list("key", "state")) == {"a": State.WAITING, "b": State.REFUSED}


@pytest.mark.django_db
def test_an_import_is_work_until_its_last_file_is_accepted_or_put_aside(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("giang")
    batch = handed_in(client, "lo.zip", zipped({"a.docx": word_file("QT.A"), "b.docx": b"", "c.docx": word_file("")}))
    client.post(f"/thong-bao/{Notice.objects.get(kind='imports.read').pk}/")
    found = next(one for one in gather(cast.giang.actor, PROVIDERS).all if batch.name in one.title)
    assert (found.url, found.why) == (
        f"/nhap-quy-trinh/{batch.key}/",
        "2 tệp còn chỗ cần xem, 1 tệp không đọc được.",
    )
    assert "2 tệp còn chỗ cần xem, 1 tệp không đọc được" in client.get("/nhap-quy-trinh/").content.decode()
    for row in files_of(batch):
        assert any(batch.name in title for title in titles(cast.giang.actor))
        client.post(f"/tep-nhap/{row.key}/bo/")
    assert not any(batch.name in title for title in titles(cast.giang.actor))
    assert "Đã xong" in client.get("/nhap-quy-trinh/").content.decode()


@pytest.mark.django_db
def test_a_draft_is_work_of_who_writes_it_until_it_is_handed_over(cast: Cast) -> None:
    draft = procedures.start_procedure(
        agency=cast.giang.agency, code="QT.DD", content=content(), by=cast.giang.actor, at=NOW
    )
    (mine,) = [one for one in gather(cast.giang.actor, PROVIDERS).all if "QT.DD" in one.title]
    assert (mine.verb, mine.url, mine.since) == ("Soạn tiếp", f"/ban-thao/{draft.key}/", TODAY)
    assert not any("QT.DD" in title for title in titles(cast.ha.actor))
    procedures.submit(draft, by=cast.giang.actor, at=NOW)
    assert not any("QT.DD" in title for title in titles(cast.giang.actor))
    procedures.send_back(draft, note="Thiếu căn cứ", by=cast.ha.actor, at=NOW)
    assert sum("Sửa dự thảo bị trả lại" in title for title in titles(cast.giang.actor)) == 1


@pytest.mark.django_db
def test_an_agency_with_procedures_and_no_log_is_led_to_its_first_source(cast: Cast) -> None:
    def asked() -> list[str]:
        return [task.url for task in gather(cast.giang.actor, PROVIDERS).all if "nhật ký hồ sơ" in task.title]

    sources = LogSource.objects.within(cast.giang.agency)
    sources.all().delete()
    assert asked() == ["/nguon-ho-so/them/thanhbinh/"]
    Procedure.objects.within(cast.giang.agency).update(in_force=False)
    assert asked() == []
    Procedure.objects.within(cast.giang.agency).update(in_force=True)
    add_source(agency=cast.giang.agency, name="Một cửa", by=cast.giang.actor, at=NOW)
    assert asked() == []


def sent_back(cast: Cast, count: int) -> None:
    for number in range(count):
        draft = procedures.start_procedure(
            agency=cast.giang.agency, code=f"QT.LAI.{number}", content=content(), by=cast.giang.actor, at=NOW
        )
        procedures.submit(draft, by=cast.giang.actor, at=NOW)
        procedures.send_back(draft, note="Thiếu căn cứ", by=cast.ha.actor, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "found"), [(3, 0), (5, 1)])
def test_no_draft_that_came_back_is_left_out(
    count: int, found: int, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    sent_back(cast, count)
    mine = [one for one in gather(cast.giang.actor, PROVIDERS).all if "trả lại" in one.title]
    assert [one.title for one in mine].count("5 dự thảo bị trả lại") == found
    assert len(mine) == (1 if found else count)
    if found:
        page = signed_in("giang").get(mine[0].url).content.decode()
        assert all(f"QT.LAI.{number}" in page for number in range(count))
        assert "QT.XD.03" not in page


@pytest.mark.django_db
def test_no_adopted_procedure_whose_original_moved_on_is_left_out(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    older = ProcedureVersion.objects.everywhere(reason="tests").get(procedure__key="qtkhcn01", number=1)
    for number in range(4):
        draft = procedures.start_procedure(
            agency=cast.chi.agency, code=f"QT.THEO.{number}", content=content(), by=cast.chi.actor, at=NOW
        )
        draft.procedure.change(adopted_from=older.procedure, adopted_version=older)
    task = next(one for one in gather(cast.chi.actor, PROVIDERS).all if one.title.startswith("Tỉnh đã có bản mới"))
    assert task.title == "Tỉnh đã có bản mới của 4 quy trình"
    page = signed_in("chi").get(task.url).content.decode()
    assert all(f"QT.THEO.{number}" in page for number in range(4))


@pytest.mark.django_db
def test_the_notice_of_another_person_is_not_found(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    notify(kind="account.reset", to={"account:an": ""}, key="t1", at=NOW)
    assert signed_in("binh").post(f"/thong-bao/{Notice.objects.get().pk}/").status_code == 404
    assert Notice.objects.get().read_at is None


@pytest.mark.django_db
def test_a_position_that_nobody_holds_is_work_for_who_keeps_the_people(cast: Cast) -> None:
    position = Position(agency=cast.giang.agency, code="TRONG", title="Công chức địa chính")
    actions.add_position(position, by=cast.giang.actor, at=NOW)
    assert "Chưa có ai giữ vị trí Công chức địa chính" in titles(cast.giang.actor)
    assert titles(cast.an.actor) == []
    assert "Chưa có ai giữ vị trí Công chức địa chính" not in titles(cast.chi.actor)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "warned"), [(7, True), (8, False)])
def test_standing_in_warns_a_week_before_its_end(days: int, warned: bool, cast: Cast) -> None:
    until = TODAY + timedelta(days=days)
    actions.delegate(
        cast.ha.holding,
        cast.binh.person,
        from_on=date(2026, 11, 1),
        until_on=until,
        reason="Nghỉ phép",
        by=cast.ha.actor,
        at=NOW,
    )
    assert ("Sắp hết thời gian làm thay: Chủ tịch UBND xã" in titles(cast.binh.actor)) is warned


@pytest.mark.django_db
def test_an_administrator_with_a_password_alone_is_told(cast: Cast) -> None:
    assert "Tài khoản quản trị của bạn chỉ có mật khẩu" in titles(cast.khanh.actor)


@pytest.mark.django_db
def test_what_has_no_last_day_says_since_when_it_waits(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    draft = procedures.start_procedure(
        agency=cast.giang.agency, code="QT.CHO", content=content(), by=cast.giang.actor, at=NOW - timedelta(days=9)
    )
    procedures.submit(draft, by=cast.giang.actor, at=NOW - timedelta(days=4))
    task = next(one for one in gather(cast.ha.actor, PROVIDERS).all if one.title.startswith("Phê duyệt QT.CHO"))
    assert task.since == date(2026, 11, 12)
    assert "Chờ từ 12/11/2026" in signed_in("ha").get("/").content.decode()


@pytest.mark.django_db
def test_expired_law_is_red_by_the_day_on_which_it_ended(cast: Cast) -> None:
    draft = procedures.start_procedure(
        agency=cast.giang.agency,
        code="QT.CU",
        content=content(legal_basis=("Nghị định số 61/2018/NĐ-CP",)),
        by=cast.giang.actor,
        at=NOW,
    )
    in_force(draft, TODAY)
    red = [one for one in gather(cast.giang.actor, PROVIDERS).today if "61/2018/NĐ-CP" in one.title]
    assert [(one.urgency, one.due_on) for one in red] == [(Urgency.LATE, date(2025, 7, 1))]


@pytest.mark.django_db
def test_a_home_without_work_says_why(signed_in: Callable[[str], Client]) -> None:
    assert "Không có việc nào đang chờ bạn" in signed_in("an").get("/").content.decode()
