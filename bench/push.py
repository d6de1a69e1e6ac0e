"""Benchmark `push`: the same events pushed once in order, and three times shuffled, in pieces, 1 % of them days late.

    python bench/push.py [--events 100000] [--piece 1000] [--seed 1] [--data DIR]

The database is a new SQLite file, or the empty one that DATABASE_URL names. Everything goes through the real address
(`POST /api/v1/su-kien`, all middleware, through django.test.Client), and the real jobs judge it, also in between. Then
every dossier is compared: facts, events, verdict, due and finished moments, marks, way; 1 when anything differs. Needs
`requirements-test.txt` (the days that pass are made by time-machine).
"""

import argparse
import hashlib
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMPARED: tuple[str, ...] = (
    "code",
    "service_code",
    "national_code",
    "facts",
    "events",
    "state",
    "received_at",
    "due_at",
)
COMPARED += ("legal_due_at", "finished_at", "fitness", "cost", "verdict", "marks", "way", "counted")
SHARE_LATE, TIMES = 0.01, 3
WAYS = ("straight", "supplement", "skips", "open", "late", "refused")


def main() -> int:
    """Run the benchmark; 1 when the states differ."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="chuan-push-") as scratch:
        _set_up(asked.data or Path(scratch))
        return _Run(asked).compare()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--piece", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="an empty directory for the data")
    return parser.parse_args()


def _set_up(data: Path) -> None:
    """Start Django on the data directory, with the cast of the tests in the database."""
    os.environ |= {"CHUAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "chuan.config.settings"}
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.cast import assemble

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    settings.ALLOWED_HOSTS.append("testserver")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assemble()


def events_of(count: int, now: datetime, seed: random.Random) -> list[dict[str, Any]]:
    """Return `count` events of invented dossiers, in order of time."""
    found: list[dict[str, Any]] = []
    number = 0
    while len(found) < count:
        number += 1
        found += _life(number, now, seed)
    return sorted(found[:count], key=lambda one: str(one["at"]))


def _life(number: int, now: datetime, seed: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the events of one dossier. Every other one has ids; some events fall on one moment, some due dates move."""
    from tests.analytics.world import STEPS

    way, day = seed.choice(WAYS), now - timedelta(days=seed.randint(15, 200), minutes=seed.randint(0, 480))
    due = (day + timedelta(days=4)).date().isoformat()
    said: list[dict[str, Any]] = [{"status": 1}, {"status": 2, "due_at": due}]
    said.append({"activity": STEPS[0], "position": "Công chức một cửa"})
    if way == "supplement":
        moved = (day + timedelta(days=9)).date().isoformat()
        said += [{"status": "5"}, {"status": "resubmitted", "due_at": f"{moved}T17:00:00"}]
    if way != "skips":
        said.append({"activity": STEPS[1], "number": "B2", "position": "Nguyễn Văn Minh"})
    if way == "refused":
        said.append({"status": "Từ chối giải quyết"})
    elif way != "open":
        said += [{"activity": STEPS[2], "status": 9}, {"activity": STEPS[3], "status": 10}]
    for place, one in enumerate(said):
        day += timedelta(minutes=seed.choice((0, 30, 120, 400, 4000 if way == "late" else 900)))
        ids = {"id": f"{number}-{place}"} if number % 2 else {}
        yield {"dossier": f"H{number:06}", "service_code": "9.000001.H99", "at": day.isoformat()} | one | ids


class _Run:
    """One run: the world, the system that pushes, and what it took."""

    def __init__(self, asked: argparse.Namespace) -> None:
        from django.test import Client

        from chuan.analytics.logs.tokens import make_token
        from tests.analytics.world import BY, world
        from tests.cast import NOW, Cast

        self.asked, self.now = asked, NOW
        self.seed = random.Random(asked.seed)  # noqa: S311 - the same in every run
        self.world = world(Cast())
        _row, self.token = make_token(self.world.source, name="Một cửa", by=BY, at=NOW)
        self.client = Client(enforce_csrf_checks=True)

    def compare(self) -> int:
        """Push once in order, then shuffled and late; print, and return 1 when the states differ."""
        events = events_of(self.asked.events, self.now, self.seed)
        dossiers = len({one["dossier"] for one in events})
        print(f"{len(events):,} events of {dossiers:,} dossiers, pieces of {self.asked.piece:,}; {_versions()}")
        self._push("once, in order", events, self.now)
        self._judge(self.now)
        once = self._state()
        self._forget()
        for turn in range(TIMES):
            several = events[:]
            self.seed.shuffle(several)
            late = int(len(several) * SHARE_LATE) if turn == 0 else 0
            day = self.now + timedelta(days=3 * turn + 1)
            self._push(f"shuffled, time {turn + 1}", several[late:], day)
            self._judge(day)
            if late:
                self._push("those that are late, 2 days after", several[:late], day + timedelta(days=2))
                self._judge(day + timedelta(days=2))
        thrice = self._state()
        print(f"state once    {once[0]}  {once[1]}")
        print(f"state thrice  {thrice[0]}  {thrice[1]}")
        print("the same" if once == thrice else "DIFFERENT")
        return int(once != thrice)

    def _push(self, what: str, events: Sequence[dict[str, Any]], at: datetime) -> None:
        import time_machine

        counts = {"taken": 0, "unchanged": 0, "refused": 0}
        seconds: list[float] = []
        with time_machine.travel(at, tick=False):
            for start in range(0, len(events), self.asked.piece):
                body = json.dumps(events[start : start + self.asked.piece])
                began = time.perf_counter()
                headers = {"Authorization": f"Bearer {self.token}"}
                answer = self.client.post("/api/v1/su-kien", body, content_type="application/json", headers=headers)
                seconds.append(time.perf_counter() - began)
                assert answer.status_code == 200, answer.content.decode()
                told = answer.json()
                counts["taken"] += told["taken"]
                counts["unchanged"] += told["unchanged"]
                counts["refused"] += len(told["refused"])
        middle, most = statistics.median(seconds), max(seconds)
        rate = len(events) / sum(seconds)
        print(
            f"{what:34} {counts}  {sum(seconds):6.1f} s, {rate:7,.0f} events/s; a piece {middle:.3f} s, "
            f"at most {most:.3f} s",
            flush=True,
        )

    def _judge(self, at: datetime) -> None:
        import time_machine

        from chuan.jobs.judge_pushed import judge_pushed
        from chuan.jobs.models import Run, State
        from chuan.jobs.work import perform

        began = time.perf_counter()
        with time_machine.travel(at, tick=False):
            judge_pushed()
            runs = list(Run.objects.filter(state=State.WAITING))
            for run in runs:
                perform(run.pk)
        print(f"  judged again: {len(runs)} job, {time.perf_counter() - began:.1f} s", flush=True)

    def _state(self) -> tuple[str, dict[str, Any]]:
        """Return the hash over all dossiers, and what there is."""
        from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload

        rows = LoggedDossier.objects.within(self.world.agency)
        digest, states = hashlib.sha256(), {"": 0}
        for row in rows.order_by("code").values(*COMPARED).iterator():
            digest.update(json.dumps(row, sort_keys=True, default=str).encode())
            states[row["state"]] = states.get(row["state"], 0) + 1
        source = LogSource.objects.within(self.world.agency).get(pk=self.world.source.pk)
        digest.update(f"{source.recorded_until} {source.dossier_count}".encode())
        uploads = LogUpload.objects.within(self.world.agency).count()
        del states[""]
        print(f"  {uploads} rows of uploads; recorded until {source.recorded_until}")
        return digest.hexdigest()[:32], {"dossiers": rows.count(), **dict(sorted(states.items()))}

    def _forget(self) -> None:
        """As if nothing had been pushed yet."""
        from chuan.analytics.findings.models import ProcedureReading
        from chuan.analytics.logs.models import LoggedDossier, LogUpload

        for model in (LoggedDossier, LogUpload, ProcedureReading):
            model.objects.within(self.world.agency).delete()
        self.world.source.change(recorded_until=None, dossier_count=0, to_judge=[])


def _versions() -> str:
    from django.db import connection

    return f"Python {platform.python_version()}, {connection.display_name}, {os.cpu_count()} cores"


if __name__ == "__main__":
    sys.exit(main())
