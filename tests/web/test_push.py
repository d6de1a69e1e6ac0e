"""One-stop systems push events: the same state whatever the order and however often, and every refusal says why."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.logs.actions import add_source
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload, PushToken
from chuan.analytics.logs.tokens import make_token, revoke_token
from chuan.analytics.logs.withdrawing import close_source, take_out, withdraw
from chuan.jobs.judge_pushed import judge_pushed
from chuan.jobs.models import Run, State
from chuan.jobs.work import perform
from chuan.trail.models import Entry

from ..analytics.world import ALL, BY, STEPS, World, csv, world
from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/su-kien"
VERDICT: tuple[str, ...] = (
    "code",
    "service_code",
    "national_code",
    "facts",
    "events",
    "state",
    "received_at",
    "due_at",
    "legal_due_at",
)
VERDICT += ("finished_at", "fitness", "cost", "verdict", "marks", "way")


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


class Sender:
    """A one-stop system that holds the token of a source."""

    def __init__(self, source: LogSource) -> None:
        self.row, self.token = make_token(source, name="Một cửa", by=BY, at=NOW)
        self.client = Client(enforce_csrf_checks=True)

    def post(self, body: Any, address: str = EVENTS, kind: str = "application/json", **headers: str) -> Any:
        """Post a body, a list of events as JSON."""
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.token}"} | headers
        return self.client.post(address, data, content_type=kind, headers=headers)

    def push(self, events: Any) -> dict[str, Any]:
        """Push events that are all taken, or were."""
        answer = self.post(events)
        assert answer.status_code == 200, answer.content.decode()
        return dict(answer.json())


@pytest.fixture
def sender(here: World) -> Sender:
    return Sender(here.source)


def event(dossier: str = "H1", at: Any = "2026-11-02T08:00:00+07:00", **more: Any) -> dict[str, Any]:
    """One event, `Tiếp nhận hồ sơ` unless something else is said."""
    what = {} if {"activity", "status"} & more.keys() else {"activity": STEPS[0]}
    return {"dossier": dossier, "service_code": "9.000001.H99", "at": at} | what | more


def work_off() -> None:
    judge_pushed()
    for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
        perform(run.pk)


def state(here: World) -> list[tuple[Any, ...]]:
    return list(LoggedDossier.objects.within(here.agency).order_by("code").values_list(*VERDICT))


def forgotten(here: World) -> None:
    """As if nothing had been pushed yet."""
    LoggedDossier.objects.within(here.agency).delete()
    LogUpload.objects.within(here.agency).delete()
    ProcedureReading.objects.within(here.agency).delete()
    here.source.change(recorded_until=None, dossier_count=0, to_judge=[])


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


BAD: tuple[tuple[Any, str, str], ...] = (
    ({"at": "2026-11-02T08:00:00", "activity": "A"}, "dossier", "no_dossier"),
    ({"dossier": "H1", "activity": "A"}, "at", "no_moment"),
    (event(at="2026-11-02"), "at", "no_time_of_day"),
    (event(at="02/11/2026 08:00"), "at", "not_a_moment"),
    (event(at=1762041600), "at", "not_a_moment"),
    (event(at="2027-01-01T08:00:00"), "at", "ahead"),
    (event(at="0001-01-01T00:00:00+08:00"), "at", "not_a_moment"),
    (event(at="1900-01-01T00:00:00"), "at", "impossible_year"),
    (event(finished_at="2026-12-24"), "finished_at", "ahead"),
    (event(due_at="mai"), "due_at", "not_a_moment"),
    (event(activity=""), "activity", "nothing_happened"),
    (event(status="bận"), "status", "unknown_status"),
    (event(status=11), "status", "unknown_status"),
    (event(status="step"), "status", "unknown_status"),
    (event(status=True), "status", "not_text"),
    (event("H" * 101), "dossier", "too_long"),
    (event("H1\x00"), "dossier", "control_signs"),
    (event("H\ud800"), "dossier", "control_signs"),
    (event(position=["An"]), "position", "not_text"),
    (event(revision=-1), "revision", "not_a_number"),
    ("H1", "", "not_an_object"),
)


def test_bad_events_are_refused_with_place_field_and_reason_and_good_ones_taken(here: World, sender: Sender) -> None:
    told = sender.push([event("H0"), *(one for one, _field, _code in BAD), event("H2", status=2)])
    assert (told["taken"], sorted(here.dossiers())) == (2, ["H0", "H2"])
    refused = told["refused"]
    assert [(one["place"], one["field"], one["code"]) for one in refused] == [
        (place, field, code) for place, (_one, field, code) in enumerate(BAD, start=2)
    ]
    assert "10 Đã trả kết quả" in next(one["reason"] for one in refused if one["code"] == "unknown_status")
    day = LogUpload.objects.within(here.agency).get()
    assert (day.dossiers, day.events, len(day.bad_rows)) == (2, 2, len(BAD))
    again = sender.post([one for one, _field, _code in BAD])
    assert again.status_code == 422, "nothing of it could be used"
    assert len(LogUpload.objects.within(here.agency).get().bad_rows) == len(BAD), "the same again is not counted again"


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


def test_persons_are_never_kept(here: World, sender: Sender) -> None:
    said = {"applicant": "Trần Thị Dân", "phone": "0912345678"}
    told = sender.push([event(position="Nguyễn Văn Minh", **said), event("H2", position="Văn thư", **said)])
    assert told["ignored"] == ["applicant", "phone"]
    assert [one.events[0].get("position") for one in here.dossiers().values()] == [None, "Văn thư"]
    kept = str(list(LogUpload.objects.within(here.agency).values())) + str(state(here)) + str(Entry.objects.values())
    assert not [word for word in ("Trần Thị Dân", "0912345678", "Nguyễn Văn Minh") if word in kept]
    here.source.change(keeps_names=True)
    sender.push([event("H3", position="Nguyễn Văn Minh")])
    assert here.dossiers()["H3"].events[0]["position"] == "Nguyễn Văn Minh"


def test_a_list_an_object_with_events_one_event_and_lines_are_understood(here: World, sender: Sender) -> None:
    lines = "\n".join(json.dumps(event(f"H{number}"), ensure_ascii=False) for number in (4, 5))
    bodies = ([event("H1")], {"events": [event("H2")]}, event("H3"), lines, "\ufeff" + json.dumps(event("H6")))
    assert [sender.push(body)["taken"] for body in bodies] == [1, 1, 1, 2, 1]
    with_a_broken_line = f'{json.dumps(event("H7"))}\n{{"dossier": \n{json.dumps(event("H8"))}'
    told = sender.push(with_a_broken_line)
    assert (told["taken"], told["refused"][0]["place"], told["refused"][0]["code"]) == (2, 2, "line_not_json")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (" ", 400, "empty"),
        ("[]", 400, "empty"),
        ("{", 400, "not_json"),
        ("[" * 100_000, 400, "not_json"),
        (b"\xff\xfe[", 400, "not_utf8"),
        ([event()] * 5001, 413, "too_many"),
        (" " * (5 * 1024 * 1024 + 1), 413, "too_large"),
    ],
    ids=["empty", "empty-list", "cut", "deep", "not-utf8", "many", "large"],
)
def test_what_cannot_be_read_as_a_whole_is_refused_as_a_whole(
    body: Any, status: int, code: str, here: World, sender: Sender
) -> None:
    answer = sender.post(body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not here.dossiers()


def test_only_a_token_in_force_opens_the_door(here: World, sender: Sender) -> None:
    other = Sender(add_source(agency=here.agency, name="Khác", by=BY, at=NOW))
    key, secret = sender.row.key, sender.token.split("_", 2)[2]
    wrong: tuple[str, ...] = (
        "",
        "Basic abc",
        "Bearer",
        "Bearer x",
        f"Bearer chuan_{key}_",
        f"Bearer chuan_{key}_{secret[:-1]}",
    )
    wrong += (f"Bearer chuan_{other.row.key}_{secret}", f"Bearer {sender.token}x", "Bearer chuan_aaaaaaaaaa_é")
    for shown in wrong:
        answer = sender.post([event()], Authorization=shown)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="chuan"'), shown
        assert answer.json()["error"]["reason"]
    sender.push([event()])
    revoke_token(sender.row, by=BY, at=NOW)
    answer = sender.post([event("H2")])
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "wrong_token")
    assert sorted(here.dossiers()) == ["H1"]
    assert "chuan_" not in str(PushToken.objects.everywhere(reason="tests").values())
    assert secret not in str(PushToken.objects.everywhere(reason="tests").values())


def test_a_closed_source_takes_nothing(here: World, sender: Sender) -> None:
    close_source(here.source, by=BY, at=NOW)
    answers = [sender.post([event()]), sender.post(csv(ALL), "/api/v1/tep?ten=a.csv", "text/csv")]
    assert [answer.status_code for answer in answers] == [409, 409]


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_only_post_is_answered(method: str, sender: Sender) -> None:
    for address in (EVENTS, "/api/v1/tep"):
        answer = getattr(sender.client, method)(address)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_a_signed_in_browser_has_no_right_here(here: World, signed_in: Callable[[str], Client]) -> None:
    for name in ("an", "giang", "khanh"):
        answer = signed_in(name).post(EVENTS, json.dumps([event()]), content_type="application/json")
        assert answer.status_code == 401
        assert "sessionid" not in answer.cookies


def test_a_form_is_not_taken_for_events(sender: Sender) -> None:
    assert sender.post(json.dumps([event()]), kind="application/x-www-form-urlencoded").status_code == 415


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
