"""What is pushed and not taken: bad events, bodies that nobody can read, who has no token; and never persons."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from chuan.analytics.logs.actions import add_source
from chuan.analytics.logs.models import LogUpload, PushToken
from chuan.analytics.logs.tokens import revoke_token
from chuan.analytics.logs.withdrawing import close_source
from chuan.trail.models import Entry

from ..analytics.world import ALL, BY, World, csv, world
from ..cast import NOW, Cast
from .pushing import EVENTS, Sender, event, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


@pytest.fixture
def sender(here: World) -> Sender:
    return Sender(here.source)


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
