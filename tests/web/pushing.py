"""A one-stop system that pushes: its token, what it sends, and all that came of it."""

import json
from typing import Any

from django.test import Client

from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.analytics.logs.tokens import make_token
from chuan.jobs.judge_pushed import judge_pushed
from chuan.jobs.models import Run, State
from chuan.jobs.work import perform

from ..analytics.world import BY, STEPS, World
from ..cast import NOW

EVENTS = "/api/v1/su-kien"
VERDICT = "code service_code national_code facts events state received_at due_at legal_due_at finished_at fitness cost"
VERDICT += " verdict marks way"


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


def event(dossier: str = "H1", at: Any = "2026-11-02T08:00:00+07:00", **more: Any) -> dict[str, Any]:
    """One event, `Tiếp nhận hồ sơ` unless something else is said."""
    what = {} if {"activity", "status"} & more.keys() else {"activity": STEPS[0]}
    return {"dossier": dossier, "service_code": "9.000001.H99", "at": at} | what | more


def work_off() -> None:
    """Do what waits, after the job that asks for the judging of what was pushed."""
    judge_pushed()
    for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
        perform(run.pk)


def state(here: World) -> list[tuple[Any, ...]]:
    """Everything that is recorded and judged."""
    return list(LoggedDossier.objects.within(here.agency).order_by("code").values_list(*VERDICT.split()))


def forgotten(here: World) -> None:
    """As if nothing had been pushed yet."""
    LoggedDossier.objects.within(here.agency).delete()
    LogUpload.objects.within(here.agency).delete()
    ProcedureReading.objects.within(here.agency).delete()
    here.source.change(recorded_until=None, dossier_count=0, to_judge=[])
