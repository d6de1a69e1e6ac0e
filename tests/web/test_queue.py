"""Hồ sơ của tôi: who sees what, the most pressing first, one press from the list, and the number behind which it is."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuan.formats.xlsx import read_sheets
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.people.actions import hold
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.queries import soon_for, to_apologise
from chuan.rules.handling.urgency import Limits, Urgency, urgency
from chuan.web.agency.queue.chosen import GROUPS, Queue, Wanted
from chuan.web.agency.queue.words import GROUP_WORDS
from chuan.web.kit.paging import page_of

from ..cast import NOW, SINCE, Cast
from ..quality.dossier_stage import agency, an, at, dossier, press, received
from .looking import rows_in, text, titles

pytestmark = pytest.mark.django_db
QUEUE = "/xu-ly/"


def codes(page: str) -> list[str]:
    """Return the codes of the dossiers in the order of the list."""
    return re.findall(r'<tr><td><a href="/xu-ly/\w+/">([^<]+)</a>', page)


def copies(count: int, **facts: Any) -> list[Dossier]:
    """Put copies of hosomo into the list, numbered on, without acts: lists ask for columns only."""
    one, rows = dossier("hosomo"), []
    known = Dossier.objects.everywhere(reason="tests").count()
    for number in range(count):
        made = {"key": f"ban{known + number}", "code": f"{one.code}-{known + number}", "number": 100 + known + number}
        rows.append(copy_of(one, **made, **{name: at_row(value, number) for name, value in facts.items()}))
    return Dossier.objects.add_many(rows)


def copy_of(one: Dossier, **facts: Any) -> Dossier:
    kept = {field.attname: getattr(one, field.attname) for field in Dossier._meta.fields if field.name != "id"}
    return Dossier(**kept | facts)


def at_row(value: Any, number: int) -> Any:
    return value(number) if callable(value) else value


PAST, JUST, SOON, LATER = at(13), at(16, "08:30"), at(16, "15:00"), at(25)
SPREAD = (  # the limits of the law, of the appointment, of the step
    (PAST, PAST, PAST),
    (JUST, PAST, None),
    (LATER, JUST, PAST),
    (None, PAST, LATER),
    (LATER, LATER, JUST),
    (None, LATER, PAST),
    (LATER, LATER, SOON),
    (LATER, SOON, LATER),
    (SOON, None, None),
    (LATER, LATER, LATER),
    (None, LATER, None),
    (None, None, None),
)


def spread(number: int) -> dict[str, datetime | None]:
    """Return limits of row `number`: some past, some within a day, some far, some none."""
    return dict(zip(("legal", "due", "step"), SPREAD[number % len(SPREAD)], strict=True))


def many(count: int) -> None:
    """Fill the list with dossiers of every group."""
    states = ("handling", "handling", "handling", "supplement", "ready", "paused")
    copies(
        count,
        state=lambda n: states[n % 6],
        waiting_since=lambda n: at(12) if states[n % 6] in ("supplement", "paused") else None,
        ready_at=lambda n: at(12) if states[n % 6] == "ready" else None,
        legal_due_at=lambda n: spread(n // 6)["legal"] if states[n % 6] != "ready" else None,
        due_at=lambda n: spread(n // 6)["due"] if states[n % 6] != "ready" else None,
        step_due_at=lambda n: spread(n // 6)["step"] if states[n % 6] != "ready" else None,
        next_due_at=lambda n: (
            min((one for one in spread(n // 6).values() if one), default=None) if states[n % 6] != "ready" else None
        ),
    )


def test_the_queue_shows_what_lies_with_the_actor_and_only_of_his_agency(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    mine = codes(text(signed_in("an"), QUEUE))
    assert mine == [dossier("hosomo").code, dossier("hosohoi").code], "due 17/11 before due 20/11"
    assert codes(text(signed_in("chi"), QUEUE, xem="co-quan")) == []
    assert codes(text(signed_in("chi"), QUEUE, xem="hoi")) == [dossier("hosohoi").code]
    assert codes(text(signed_in("binh"), QUEUE)) == [], "a reader has nothing to do"
    assert len(codes(text(signed_in("binh"), QUEUE, xem="co-quan"))) == 2
    assert codes(text(signed_in("an"), QUEUE, xem="ket-thuc")) == [dossier("hosoxong").code]


def test_what_was_handed_to_another_leaves_the_list_and_comes_to_his(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    one = dossier("hosomo")
    actions.hand_over(one, cast.ha.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    assert one.code not in codes(text(signed_in("an"), QUEUE))
    page = text(signed_in("ha"), QUEUE)
    assert one.code in codes(page)
    assert "Chủ tịch UBND xã" in page
    seen_by_an = text(signed_in("an"), QUEUE, xem="co-quan", vt=cast.ha.position.key)
    assert codes(seen_by_an) == [one.code]
    assert f'action="/xu-ly/{one.key}/buoc/"' not in seen_by_an, "another's step wants a reason: the dossier is opened"


def test_every_group_is_what_the_rules_say_and_its_number_is_its_list(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    many(72)
    queue = Queue(cast.an.actor, Wanted(scope="co-quan"))
    soon = soon_for(agency("thanhbinh"), NOW)
    by_hand: Counter[Urgency] = Counter(grouped(row, soon) for row in queue.of_any_group)
    counts = queue.counted()
    assert counts == by_hand
    assert len(counts) == len(Urgency), "every group occurs"
    client = signed_in("an")
    chips = text(client, QUEUE, xem="co-quan")
    for name, group in GROUPS.items():
        assert f"{GROUP_WORDS[group]} ({counts[group]})" in chips
        assert rows_in(text(client, QUEUE, xem="co-quan", nhom=name)) == counts[group]


def grouped(row: Dossier, soon: datetime) -> Urgency:
    """Return the group of a row by the rules, written out once more."""
    clock = row.waiting_since or NOW
    if row.legal_due_at and row.legal_due_at < clock:
        return Urgency.LATE_BY_LAW
    if row.due_at and row.due_at < clock:
        return Urgency.LATE
    if row.state in ("supplement", "payment", "ready"):
        return Urgency.WAITING
    if row.state == "paused":
        return Urgency.PAUSED
    if row.step_due_at and row.step_due_at < NOW:
        return Urgency.STEP_LATE
    return Urgency.CLOSE if row.next_due_at and row.next_due_at <= soon else Urgency.IN_TIME


def test_pages_follow_each_other_across_the_groups_without_gap_or_repetition(cast: Cast) -> None:
    many(72)
    queue, mark = Queue(cast.an.actor, Wanted(scope="co-quan")), ""
    seen: list[tuple[int, datetime, int]] = []
    while not seen or mark:
        page = page_of(queue.rows, queue.what.order, mark, size=7)
        seen += [(row.urgency, row.ends, row.pk) for row in page.rows]
        mark = page.after
    assert seen == sorted(seen)
    assert len({pk for _group, _ends, pk in seen}) == page.total == 74


def test_the_next_page_of_the_list_goes_on(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    many(72)
    client = signed_in("an")
    first = client.get(QUEUE, {"xem": "co-quan"})
    second = client.get(QUEUE, {"xem": "co-quan", "sau": first.context["page"].after})
    shown = [one.row.code for answer in (first, second) for one in answer.context["rows"]]
    assert len(set(shown)) == 74


@pytest.mark.parametrize("scope", ["", "co-quan", "hoi", "cho-tra", "ket-thuc", "xin-loi", "nhan", "quyet"])
def test_queries_do_not_grow_with_the_rows_of_a_scope(
    scope: str, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("an")
    counts = []
    for count in (3, 57):
        many(count)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(QUEUE, {"xem": scope}).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0]
    assert counts[1] <= 10 + 6, "beside those of signing in"


def test_a_word_without_diacritics_finds_by_matter_and_code(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    one = received("cay", at(16, "08:15"), request="Chặt hạ cây xanh đường Nguyễn Huệ")
    client = signed_in("an")
    assert codes(text(client, QUEUE, q="chat ha NGUYEN hue")) == [one.code]
    assert codes(text(client, QUEUE, q=one.code[-13:])) == [one.code]
    assert "Không có hồ sơ nào khớp" in text(client, QUEUE, q="khong co gi")
    assert one.code in text(client, "/tim/", q="cay xanh")
    assert one.code not in text(signed_in("chi"), "/tim/", q="cay xanh")


def test_one_press_in_the_list_does_the_step_and_undo_comes_back_to_the_list(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client, one = signed_in("an"), dossier("hosomo")
    form = next(shown for shown in client.get(QUEUE).context["rows"] if shown.row.key == "hosomo")
    fields = {"key": form.press, "seen": form.row.act_count, "step": form.row.step, "next": QUEUE}
    answer = client.post(f"/xu-ly/{one.key}/buoc/", fields)
    assert answer.headers["Location"] == QUEUE
    assert dossier("hosomo").step_title == "Thẩm định hồ sơ"
    page = text(client, QUEUE)
    undo = re.search(r'action="(/xu-ly/hosomo/lay-lai/[^"]+)"', page)
    assert undo is not None
    answer = client.post(undo[1])
    assert answer.headers["Location"] == QUEUE
    assert dossier("hosomo").step_title == one.step_title


def test_a_result_is_handed_out_from_the_list_where_it_waits(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    one = dossier("hosomo")
    for step in (1, 2, 3):
        actions.do_step(one, step, press=press(one, f"b{step}"), by=an(NOW), at=NOW)
    client = signed_in("an")
    shown = next(iter(client.get(QUEUE, {"xem": "cho-tra"}).context["rows"]))
    assert (shown.row.key, shown.verb, shown.page) == ("hosomo", "Trả kết quả", "return_dossier")
    client.post("/xu-ly/hosomo/tra/", {"key": shown.press, "seen": shown.row.act_count, "next": QUEUE})
    assert dossier("hosomo").state == "returned"
    assert codes(text(client, QUEUE, xem="cho-tra")) == []


def test_only_the_first_limit_to_end_is_bold_and_a_clock_that_stands_shows_none(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    one = dossier("hosomo")
    actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu", press=press(one, "bs"), by=an(at(10)), at=at(10))
    rows = {shown.row.key: shown for shown in signed_in("an").get(QUEUE, {"xem": "co-quan"}).context["rows"]}
    running = rows["hosohoi"].limits
    assert [(limit.word, limit.first) for limit in running] == [("Bước", True), ("Hẹn trả", False), ("Luật", False)]
    assert rows["hosomo"].limits == []
    assert rows["hosomo"].since == "dừng từ 08:00 10/11"


def test_the_workbook_holds_what_the_page_shows(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    many(30)
    answer = signed_in("an").get("/xu-ly/tai-ve/", {"xem": "co-quan", "nhom": "qua-han"})
    rows = read_sheets(answer.content)[0].rows
    shown = signed_in("an").get(QUEUE, {"xem": "co-quan", "nhom": "qua-han"}).context["rows"]
    assert [row[0] for row in rows[1:]] == [one.row.code for one in shown]
    assert {row[7] for row in rows[1:]} == {"Quá hạn"}


def test_home_asks_for_what_is_pressing_for_answers_and_for_apologies(cast: Cast) -> None:
    assert titles(cast, "an") == [], "what lies with nobody is no one's task"
    one = dossier("hosohoi")
    actions.hand_over(one, cast.an.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    assert f"Xử lý hồ sơ {one.code}" in titles(cast, "an")
    assert any(f"Hồ sơ {dossier('hosomo').code} sẽ trễ hẹn" in title for title in titles(cast, "ha"))
    late = dossier("hosomo")
    actions.apologise(late, why="Mưa bão", new_due=at(20, "17:00"), press=press(late, "xl"), by=cast.ha.actor, at=NOW)
    assert not any("sẽ trễ hẹn" in title for title in titles(cast, "ha"))


def test_many_pressing_dossiers_are_one_task_at_home(cast: Cast) -> None:
    copies(5, holder_id=cast.an.position.pk, due_at=at(13), next_due_at=at(13))
    assert "5 hồ sơ ở chỗ bạn quá hạn hoặc sắp đến hạn" in titles(cast, "an")


def test_an_apology_is_due_from_the_working_day_before_the_appointment(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    copies(3, due_at=lambda n: at(16 + n, "17:00"))
    found = signed_in("ha").get(QUEUE, {"xem": "xin-loi"}).context["rows"]
    days = sorted(one.row.due_at.day for one in found)
    assert days == [16, 17, 17], "today, tomorrow, and hosomo; not the day after"


def test_who_serves_two_agencies_sees_both_each_by_its_name_or_one_alone(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    there = agency("dongha")
    copies(2, agency_id=there.pk, reception_id=there.pk)
    hold(cast.chi.position, cast.an.person, from_on=SINCE, by=cast.khanh.actor, at=NOW)
    client = signed_in("an")
    page = text(client, QUEUE, xem="co-quan")
    assert rows_in(page) == 4
    assert page.count("<td>UBND xã Đông Hạ</td>") == 2
    assert rows_in(text(client, QUEUE, xem="co-quan", cq="dongha")) == 2
    answer = client.get(QUEUE, {"xem": "co-quan"})
    buttons = {shown.row.agency_id: shown.page for shown in answer.context["rows"]}
    assert set(buttons.values()) == {"do_dossier_step"}, "the secretary of Đông Hạ handles its dossiers too"


def test_nobody_is_asked_to_apologise_twice(cast: Cast) -> None:
    one, home = dossier("hosomo"), [agency("thanhbinh")]
    by, new_due = cast.ha.actor, at(18, "17:00")
    actions.apologise(one, why="Mưa bão", new_due=new_due, press=press(one, "xl"), by=by, at=NOW)
    assert dossier("hosomo").due_at == new_due
    assert one not in to_apologise(home, at(17, "10:00")), "a new day is given once (R11)"
    actions.take_back(one, press=press(one, "lui"), by=by, at=NOW)
    assert one in to_apologise(home, at(17, "10:00")), "a letter that was taken back is none"


def test_limits_of_the_rules_and_of_the_list_agree_on_what_is_close(cast: Cast) -> None:
    soon, calendar = soon_for(agency("thanhbinh"), NOW), calendar_of(agency("thanhbinh"), NOW.date())
    for moment in (soon, soon + timedelta(minutes=1)):
        found = urgency(Limits(promised=moment), NOW, calendar)
        assert (found is Urgency.CLOSE) == (moment <= soon)
