"""Several officers act on the same dossiers at the same moment: nothing is doubled, nobody is turned away by a lock."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OFFICERS, EACH = 4, 8

SCRIPT = f"""
import json, threading
import django
django.setup()
from collections import Counter
from django.db import connection
from django.utils import timezone
from chuan.organisations.models import Account
from chuan.organisations.people.queries import actor_for
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.quality.dossiers.refusals import ActedMeanwhile, NotAdmittedNow
from chuan.quality.dossiers.writing import Press

said, start = Counter(), threading.Barrier({OFFICERS})
why = "tests"

def act(officer):
    by = actor_for(Account.objects.get(username="an"), timezone.now())
    start.wait()
    for turn in range({EACH}):
        one = Dossier.objects.everywhere(reason=why).get(key="hosomo")
        # all press the same key in even turns (the same press), each its own in odd ones (different presses)
        key = f"lan-{{turn}}" if turn % 2 == 0 else f"lan-{{turn}}-{{officer}}"
        try:
            written = actions.note(one, text="ghi", press=Press(key, one.act_count), by=by, at=timezone.now())
            said["written" if written.numbers else "known"] += 1
        except ActedMeanwhile:
            said["meanwhile"] += 1
        except Exception as error:
            said[repr(error)] += 1
    connection.close()

threads = [threading.Thread(target=act, args=(n,)) for n in range({OFFICERS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
one = Dossier.objects.everywhere(reason=why).get(key="hosomo")
numbers = list(one.acts.values_list("number", flat=True))
lasting = one.acts.filter(key__startswith="lan-").count()
print(json.dumps({{"said": said, "numbers": numbers, "count": one.act_count, "lasting": lasting}}))
"""


@pytest.mark.real_clock
def test_acts_at_the_same_moment_are_written_once_each_and_numbered_without_a_gap(
    database_copy: str, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_copy,
        "CHUAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chuan.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found["said"]) <= {"written", "known", "meanwhile"}, found["said"]
    assert sum(found["said"].values()) == OFFICERS * EACH
    assert found["said"]["written"] == found["lasting"]
    assert found["numbers"] == list(range(1, found["count"] + 1))
