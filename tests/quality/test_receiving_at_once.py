"""Clerks who receive at the same moment: every code and every number is given once, and none is left out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CLERKS, EACH = 3, 4

SCRIPT = f"""
import threading
import django
django.setup()
from datetime import UTC, datetime
from django.db import connection
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Account
from chuan.organisations.people.queries import actor_for
from chuan.quality.dossiers.models import Book, CodeCounter, Dossier
from chuan.quality.dossiers.receiving import Reception, receive
from chuan.quality.models import PublicService

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
failures, begin = [], threading.Barrier({CLERKS} + 2)
service = PublicService.objects.everywhere(reason="tests").get(key="thutuc1")
home = Agency.objects.everywhere(reason="tests").select_related("province").get(key="thanhbinh")

def clerk(name, count, key):
    try:
        by = actor_for(Account.objects.get(username="an"), NOW)
        begin.wait(30)
        for number in range(count):
            what = Reception(service=service, agency=home, reception=home, received_at=NOW)
            receive(what, key=key or f"{{name}}-{{number}}", by=by, at=NOW)
    except Exception as error:
        failures.append(repr(error))
    connection.close()

said = [(f"c{{n}}", {EACH}, "") for n in range({CLERKS})] + [("d0", 1, "hai-lan-bam"), ("d1", 1, "hai-lan-bam")]
threads = [threading.Thread(target=clerk, args=one) for one in said]
for thread in threads: thread.start()
for thread in threads: thread.join()
rows = Dossier.objects.everywhere(reason="tests").filter(reception=home, received_at=NOW)
serials = sorted(int(code[-4:]) for code in rows.values_list("code", flat=True))
book = Book.objects.within(home).get()
numbers = sorted(Dossier.objects.everywhere(reason="tests").filter(book=book).values_list("number", flat=True))
print(serials == list(range(1, len(serials) + 1)), len(serials), numbers == list(range(1, book.last + 1)), failures)
"""


@pytest.mark.real_clock
def test_clerks_at_once_get_different_codes_and_numbers_and_a_double_press_one_dossier(
    database_copy: str, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_copy,
        "CHUAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chuan.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split("\n")[0] == f"True {CLERKS * EACH + 1} True []", done.stderr
