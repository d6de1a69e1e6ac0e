"""One-stop systems push events: the same state whatever the order, however often and however late."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from chuan.analytics.logs.actions import add_source
from chuan.analytics.logs.models import LogSource, LogUpload
from chuan.analytics.logs.withdrawing import take_out, withdraw
from chuan.trail.models import Entry

from ..analytics.world import ALL, BY, STEPS, World, csv, world
from ..cast import NOW, Cast
from .pushing import Sender, event, forgotten, state, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


@pytest.fixture
def sender(here: World) -> Sender:
    return Sender(here.source)


def life(number: int, seed: random.Random) -> list[dict[str, Any]]:
    """The events of one dossier: steps, a supplement for some, due dates that move, states beside steps."""
    code, moment = f"H{number:05}", NOW - timedelta(days=seed.randint(12, 60), minutes=seed.randint(0, 600))
    due = (moment + timedelta(days=4)).date().isoformat()
    said: list[dict[str, Any]] = [{"status": 2, "due_at": due}, {"activity": STEPS[0], "position": "Công chức một cửa"}]
    if number % 5 == 0:
        said += [{"status": "05"}, {"status": "resubmitted", "due_at": f"{due}T17:00:00"}]
    said += [{"activity": STEPS[1], "number": "B2"}, {"activity": STEPS[2], "status": 9}]
    said += [{"activity": STEPS[3], "status": 10}] if number % 7 else []
    if number % 3 == 0:
        said.append({"activity": STEPS[2], "status": 9})  # twice at one moment, told apart by nothing but its place
    found = []
    for place, one in enumerate(said):
        moment += timedelta(minutes=seed.choice((0, 0, 30, 300, 1500)))
        found.append(event(code, moment.isoformat(), **one) | ({"id": f"{number}-{place}"} if number % 2 else {}))
    return found


def test_the_same_events_shuffled_in_pieces_three_times_and_late_give_what_they_give_once_in_order(
    here: World, sender: Sender
) -> None:
    seed = random.Random(7)  # noqa: S311 - the same in every run
    events = sorted((one for number in range(300) for one in life(number, seed)), key=lambda one: one["at"])
    for start in range(0, len(events), 500):
        sender.push(events[start : start + 500])
    work_off()
    once, until = state(here), LogSource.objects.within(here.agency).get(pk=here.source.pk).recorded_until
    assert len(once) == 300
    forgotten(here)
    taken = 0
    for turn in range(3):
        several = events[:]
        seed.shuffle(several)
        late = several[: len(several) // 100] if not turn else []
        several = several[len(late) :]
        for start in range(0, len(several), 250):
            taken += sender.push(several[start : start + 250])["taken"]
        work_off()  # verdicts in between are of no consequence
        with time_machine.travel(NOW + timedelta(days=3 + turn), tick=False):
            taken += sender.push(late)["taken"] if late else 0
            work_off()
    assert state(here) == once
    here.source.refresh_from_db()
    distinct = len({json.dumps({**one, "id": one.get("id")}, sort_keys=True) for one in events})
    assert (taken, here.source.recorded_until, here.source.dossier_count) == (distinct, until, 300)
    assert {row.channel for row in LogUpload.objects.within(here.agency)} == {"events"}
    assert LogUpload.objects.within(here.agency).count() == 2, "a row a day"


def test_the_same_push_again_changes_nothing(here: World, sender: Sender) -> None:
    events = [event(), event(at="2026-11-02T16:00:00+07:00", activity=STEPS[1], position="Chuyên viên")]
    told = {"dossiers": 1, "refused": [], "ignored": []}
    assert sender.push(events) == {"taken": 2, "unchanged": 0} | told
    before = state(here)
    for again in (events, events[::-1], [events[0] | {"at": "2026-11-02T01:00:00Z"}, events[1]]):
        assert sender.push(again) == {"taken": 0, "unchanged": 2} | told | {"dossiers": 0}
    assert sender.push([events[1] | {"position": ""}])["unchanged"] == 1, "told before, with its position"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert sender.push(events)["unchanged"] == 2
    assert state(here) == before
    assert LogUpload.objects.within(here.agency).count() == 1, "a day on which nothing came has no row"


def test_a_late_event_is_put_in_its_place_and_judged_again(here: World, sender: Sender) -> None:
    moments = ("02T08:00:00", "02T16:00:00", "03T10:00:00", "03T14:00:00")
    events = [event(at=f"2026-11-{at}+07:00", activity=step) for at, step in zip(moments, STEPS, strict=True)]
    sender.push([events[0], *events[2:]])
    work_off()
    assert "|skipped:B2|" in here.dossiers()["H1"].marks
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        sender.push(events[1:2])
        assert here.source.to_judge == []
        work_off()
    row = here.dossiers()["H1"]
    assert ([one["activity"] for one in row.events], row.marks, row.state) == (list(STEPS), "", "early")
    here.source.refresh_from_db()
    assert here.source.to_judge == []


def test_ordered_by_the_time_of_events_the_latest_due_date_holds_whenever_it_came(here: World, sender: Sender) -> None:
    def moved(day: int, due: str) -> dict[str, Any]:
        return event(at=f"2026-11-{day:02}T08:00:00", status="4", due_at=due)

    events = [moved(2, "2026-11-05"), moved(3, "2026-11-09T17:00:00"), moved(4, "2026-11-07")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        forgotten(here)
        for place in order:
            sender.push([events[place]])
        facts = here.dossiers()["H1"].facts
        assert (facts["due_at"][:10], [due[:10] for due in facts["earlier_due_at"]]) == (
            "2026-11-07",
            ["2026-11-05", "2026-11-09"],
        )
        assert facts["whole_days"] == ["due_at"]


CODES = {
    1: ("status", "Mới đăng ký"),
    2: ("received", "Được tiếp nhận"),
    3: ("not_received", "Không được tiếp nhận"),
    4: ("status", "Đang xử lý"),
    5: ("supplement", "Yêu cầu bổ sung giấy tờ"),
    6: ("payment", "Yêu cầu thực hiện nghĩa vụ tài chính"),
    7: ("withdrawn", "Công dân yêu cầu rút hồ sơ"),
    8: ("stopped", "Dừng xử lý"),
    9: ("result_ready", "Đã xử lý xong"),
    10: ("returned", "Đã trả kết quả"),
}


@pytest.mark.parametrize("code", CODES)
def test_the_national_codes_of_states_are_known(code: int, here: World, sender: Sender) -> None:
    sender.push([event(f"H{shown}", status=shown) for shown in (code, f"{code:02}", CODES[code][1])])
    told = {(row.events[0].get("kind"), row.facts["status"]) for row in here.dossiers().values()}
    assert told == {CODES[code]}


def test_a_state_beside_work_turns_the_clock_or_dates_the_result(here: World, sender: Sender) -> None:
    sender.push(
        [
            event(activity=STEPS[1], status=5),
            event(at="2026-11-04T08:00:00+07:00", activity=STEPS[2], status=9),
            event(at="2026-11-05T08:00:00+07:00", activity=STEPS[3], status="resubmitted"),
        ]
    )
    row = here.dossiers()["H1"]
    assert [(one["activity"], one.get("kind", "step")) for one in row.events] == [
        ("Yêu cầu bổ sung giấy tờ", "supplement"),
        (STEPS[2], "step"),
        ("resubmitted", "resubmitted"),
    ]
    assert row.facts["finished_at"] == "2026-11-04T08:00:00+07:00"


def test_an_event_told_otherwise_is_refused_and_mended_by_a_higher_revision(here: World, sender: Sender) -> None:
    first = event(id="e1", due_at="2026-11-05")
    mended = first | {"at": "2026-11-02T09:30:00+07:00", "due_at": "2026-11-06", "revision": 1}
    sender.push([first])
    told = sender.push([first | {"activity": STEPS[1]}, event("H2")])
    assert [(one["place"], one["code"]) for one in told["refused"]] == [(1, "told_otherwise")]
    assert sender.push([mended])["taken"] == 1
    after = state(here)
    assert (len(after[0][4]), after[0][3]["due_at"][:10], "earlier_due_at" in after[0][3]) == (1, "2026-11-06", False)
    assert sender.push([first, mended])["unchanged"] == 2, "what was mended comes late: nothing changes"
    assert state(here) == after
    forgotten(here)
    sender.push([event("H2"), mended, first])
    assert state(here) == after
    forgotten(here)
    sender.push([first, event("H2")])
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        sender.push([mended])
    assert state(here) == after, "mended on another day"


def test_the_first_reception_and_the_last_result_hold_in_whatever_order_they_are_told(
    here: World, sender: Sender
) -> None:
    events = [
        event(received_at="2026-11-02T07:30:00", finished_at="2026-11-03T07:30:00"),
        event(at="2026-11-05T09:00:00", activity=STEPS[1], status=2),
        event(at="2026-11-06T09:00:00", activity=STEPS[2], status=9),
    ]
    for order in ((0, 1, 2), (2, 1, 0)):
        forgotten(here)
        for place in order:
            sender.push([events[place]])
        facts = here.dossiers()["H1"].facts
        assert (facts["received_at"][:16], facts["finished_at"][:16]) == ("2026-11-02T07:30", "2026-11-06T09:00")


def test_a_list_an_object_with_events_one_event_and_lines_are_understood(here: World, sender: Sender) -> None:
    lines = "\n".join(json.dumps(event(f"H{number}"), ensure_ascii=False) for number in (4, 5))
    bodies = ([event("H1")], {"events": [event("H2")]}, event("H3"), lines, "\ufeff" + json.dumps(event("H6")))
    assert [sender.push(body)["taken"] for body in bodies] == [1, 1, 1, 2, 1]
    with_a_broken_line = f'{json.dumps(event("H7"))}\n{{"dossier": \n{json.dumps(event("H8"))}'
    told = sender.push(with_a_broken_line)
    assert (told["taken"], told["refused"][0]["place"], told["refused"][0]["code"]) == (2, 2, "line_not_json")


def test_a_token_is_used_and_the_day_is_in_the_trail_once(here: World, sender: Sender) -> None:
    for number in range(5):
        sender.push([event(f"H{number}")])
    sender.row.refresh_from_db()
    assert sender.row.used_at == NOW
    actions = list(Entry.objects.order_by("seq").values_list("action", flat=True))
    assert (actions.count("log_upload.begin_day"), actions.count("push_token.make")) == (1, 1)


def test_a_file_is_handed_in_as_on_the_page(here: World, sender: Sender) -> None:
    address = reverse("push_file") + "?ten=hoso.csv"
    answers = [sender.post(csv(ALL), address, "text/csv") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    told = answers[0].json()
    assert (told["status"], told["name"]) == ("waiting", "hoso.csv")
    for _round in range(2):
        work_off()
    headers = {"Authorization": f"Bearer {sender.token}"}
    result = sender.client.get(told["result"], headers=headers).json()
    assert (result["status"], result["dossiers"], result["changed"], result["refused"]) == ("done", 4, 4, [])
    assert here.dossiers()["H2"].state == "late"
    other = Sender(add_source(agency=here.agency, name="Khác", by=BY, at=NOW))
    headers = {"Authorization": f"Bearer {other.token}"}
    assert sender.client.get(told["result"], headers=headers).status_code == 404
    assert sender.post(b"%PDF-1.4", address, "application/octet-stream").status_code == 415


def test_a_day_of_pushes_is_withdrawn_like_a_file(here: World, sender: Sender) -> None:
    sender.push([event(), event("H2")])
    first = state(here)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        sender.push([event(at="2026-11-03T08:00:00", activity=STEPS[1]), event("H3")])
        day = LogUpload.objects.within(here.agency).latest("pk")
        withdraw(day, reason="Hệ thống gửi nhầm", by=BY, at=NOW)
        take_out(day, told=lambda codes: None, at=NOW)
        assert state(here) == first
        assert sender.push([event("H3")])["taken"] == 1, "sent again it counts again, in a row of its own"
    assert [row.checksum for row in LogUpload.objects.within(here.agency).order_by("pk")] == [
        "events:2026-11-16:1",
        "events:2026-11-17:1",
        "events:2026-11-17:2",
    ]


def test_files_and_pushes_of_one_source_come_together(here: World, sender: Sender) -> None:
    here.take_in(ALL)
    told = sender.push([event(), event(at="2026-11-09T09:00:00", activity="Gọi điện", due_at="2026-11-10")])
    assert told["taken"] == 2
    assert [one["activity"] for one in here.dossiers()["H1"].events] == [*STEPS, "Gọi điện"]
    before = state(here)
    here.take_in(ALL)
    assert (sender.push([event()])["unchanged"], state(here)) == (1, before)
