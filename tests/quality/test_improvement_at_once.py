"""Many write in the improvement register at once: each gets a number of its own, and none is left out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITERS, EACH = 4, 10

SCRIPT = f"""
import threading
from datetime import UTC, datetime
import django
django.setup()
from django.db import connection
from django.utils import timezone
from chuan.kernel.actor import machine
from chuan.organisations.models import Agency
from chuan.quality.improvement.actions import enter
from chuan.quality.improvement.models import Improvement

at = datetime.now(UTC)
failures = []

def write(name):
    try:
        agency = Agency.objects.everywhere(reason="tests").get(key="thanhbinh")
        for number in range({EACH}):
            enter(agency=agency, found_on=timezone.localdate(at), source="own_check", kind="other",
                  about=f"{{name}} {{number}}", by=machine(name, at), at=at)
    except Exception as error:
        failures.append(repr(error))
    connection.close()

def numbers():
    rows = Improvement.objects.everywhere(reason="tests").filter(agency__key="thanhbinh")
    return sorted(rows.filter(year=timezone.localdate(at).year).values_list("number", flat=True))

first = len(numbers())
threads = [threading.Thread(target=write, args=(f"writer{{n}}",)) for n in range({WRITERS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(numbers() == list(range(1, first + {WRITERS * EACH} + 1)), failures)
"""


@pytest.mark.real_clock
def test_numbers_given_at_once_are_each_given_once_and_without_a_gap(database_copy: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_copy,
        "CHUAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chuan.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split("\n")[0] == "True []", done.stderr
