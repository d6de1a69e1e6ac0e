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
from ..cast import HERE, NOW, Cast

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/su-kien"
VERDICT = ("code", "service_code", "national_code", "facts", "events", "state", "received_at", "due_at", "legal_due_at")
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


def event(dossier: str = "H1", at: str = "2026-11-02T08:00:00+07:00", **more: Any) -> dict[str, Any]:
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
