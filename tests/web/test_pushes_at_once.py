"""Pushes that meet: several at once tell of the same dossiers, one is cut off; nothing is lost and nothing is twice."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from chuan.analytics.logs import pushing
from chuan.reading.eventlogs.pushed import PushedEvent

from ..analytics.world import world
from ..cast import Cast
from .pushing import Sender, event, state

SENDERS, PUSHES, DOSSIERS = 4, 6, 5

SCRIPT = f"""
import json, threading
from datetime import UTC, datetime
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.analytics.logs.tokens import make_token
from chuan.kernel.actor import machine
settings.ALLOWED_HOSTS.append("testserver")
reason, now, failures = "a test", datetime.now(UTC), []
source = LogSource.objects.everywhere(reason=reason).select_related("agency").get(key="nguon")
before = source.dossier_count
_row, token = make_token(source, name="Thử", by=machine("tests", now), at=now)

def push(sender):
    client = Client(raise_request_exception=False)
    for number in range({PUSHES}):
        at = f"2026-11-0{{1 + number}}T0{{sender}}:00:00"
        codes = [f"P{{dossier}}" for dossier in range({DOSSIERS})]
        events = [{{"dossier": code, "at": at, "activity": f"B{{sender}}"}} for code in codes]
        headers = {{"Authorization": f"Bearer {{token}}"}}
        answer = client.post("/api/v1/su-kien", json.dumps(events), content_type="application/json", headers=headers)
        if answer.status_code != 200:
            failures.append(answer.content.decode())
    connection.close()

threads = [threading.Thread(target=push, args=(sender,)) for sender in range({SENDERS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
rows = LoggedDossier.objects.everywhere(reason=reason).filter(source=source, code__startswith="P")
uploads = LogUpload.objects.everywhere(reason=reason).filter(source=source, channel="events")
source.refresh_from_db()
counted = [(one.dossiers, one.events) for one in uploads]
print(json.dumps([[len(row.events) for row in rows], counted, source.dossier_count - before, failures]))
"""


@pytest.mark.real_clock
def test_pushes_at_once_of_the_same_dossiers_lose_nothing(database_copy: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_copy,
        "CHUAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chuan.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120)
    each = SENDERS * PUSHES
    told = json.loads(done.stdout.splitlines()[-1] if done.stdout else done.stderr)
    assert told == [[each] * DOSSIERS, [[DOSSIERS, each * DOSSIERS]], DOSSIERS, []]


def test_a_push_that_is_cut_off_leaves_no_trace_and_comes_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world(cast)
    sender = Sender(here.source)
    events = [event(f"H{number}") for number in range(6)]
    sender.push(events[:2])
    before, bring_in = state(here), pushing._bring_in
    done: list[Mapping[str, list[PushedEvent]]] = []

    def cut_off(chunk: pushing._Chunk, groups: Mapping[str, list[PushedEvent]]) -> None:
        if len(done) == 2:
            raise ConnectionError
        done.append(groups)
        bring_in(chunk, groups)

    with monkeypatch.context() as patch:
        patch.setattr(pushing, "CHUNK", 2)
        patch.setattr(pushing, "_bring_in", cut_off)
        with pytest.raises(ConnectionError):
            sender.post(events)
    assert (len(done), state(here)) == (2, before)
    told = sender.push(events)
    assert (told["taken"], told["unchanged"], len(here.dossiers())) == (4, 2, 6)
