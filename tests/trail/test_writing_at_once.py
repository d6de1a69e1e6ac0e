"""Many writers at once: the trail stays one chain, and nobody is turned away by a locked database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITERS, EACH = 4, 25

SCRIPT = f"""
import threading
from datetime import UTC, datetime
import django
django.setup()
from django.db import connection, transaction
from chuan.trail.actions import record
from chuan.trail.models import Entry
from chuan.trail.queries import broken_link

failures = []

def write(name):
    try:
        for number in range({EACH}):
            with transaction.atomic():
                Entry.objects.count()  # reading first is what makes a late lock fail
                record("test.do", by=name, at=datetime.now(UTC), subject="thing:1", facts={{"number": number}})
    except Exception as error:
        failures.append(repr(error))
    connection.close()

before = Entry.objects.count()
threads = [threading.Thread(target=write, args=(f"account:{{n}}",)) for n in range({WRITERS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(Entry.objects.count() - before, broken_link(), failures)
"""


@pytest.mark.real_clock
def test_entries_written_at_once_are_one_chain(database_copy: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_copy,
        "CHUAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chuan.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split("\n")[0] == f"{WRITERS * EACH} None []", done.stderr
