"""`chuan demo --no-serve`: the same preparation as the server's, and the background work done here and now."""

import sys

from chuan.config.serving.greeting import greet
from chuan.config.serving.prepare import ask_for_demo, prepare
from chuan.jobs.load_norms import load_norms
from chuan.jobs.models import State
from chuan.jobs.queue import release_interrupted
from chuan.jobs.work import perform


def prepare_and_fill() -> int:
    """Return 0 when the demo is complete, 1 when it could not be completed (the reason is printed)."""
    prepare()
    load_norms()  # before the dossiers: what is judged by older calendars counts as out of date
    release_interrupted()
    run = ask_for_demo()
    perform(run.pk)
    run.refresh_from_db()
    print(run.failure or run.stage, file=sys.stderr)
    greet(address="")
    return 0 if run.state == State.DONE else 1
