"""The background work on logs: done once however often it is delivered, and it goes on after a crash."""

import pytest

from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.logs import actions
from chuan.jobs.models import Run, State
from chuan.jobs.take_in_log import ask_for, run_key
from chuan.jobs.work import perform

from ..cast import NOW, Cast
from .world import ALL, BY, OPEN, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


def run_all() -> None:
    for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
        perform(run.pk)


def test_a_log_is_taken_in_and_its_procedure_read(here: World) -> None:
    ask_for(here.hand_in(ALL))
    run_all()
    run_all()
    assert {code: one.state for code, one in here.dossiers().items()}["H2"] == "late"
    assert ProcedureReading.objects.within(here.agency).get(period="").dossiers == 4


def test_delivered_twice_it_is_done_once(here: World) -> None:
    upload = here.hand_in(ALL)
    ask_for(upload)
    ask_for(upload)
    run = Run.objects.get(key=run_key(upload))
    perform(run.pk)
    state = here.state()
    perform(run.pk)
    assert here.state() == state
    assert Run.objects.filter(name="dossiers.read").count() == 1


def test_killed_after_the_last_chunk_the_procedures_are_read_all_the_same(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = here.hand_in(ALL)
    ask_for(upload)
    run = Run.objects.get(key=run_key(upload))
    monkeypatch.setattr(actions, "CHUNK", 2)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "finish", lambda *args, **facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            perform(run.pk)
    perform(run.pk)
    upload.refresh_from_db()
    assert (upload.status, len(here.dossiers())) == ("done", 4)
    assert Run.objects.filter(name="dossiers.read").count() == 1


def test_a_file_of_no_use_is_refused_with_the_reason(here: World) -> None:
    upload = actions.hand_in(here.source, b"Ten;Ghi chu\na;b", "x.csv", by=BY, at=NOW)
    ask_for(upload)
    run_all()
    upload.refresh_from_db()
    assert (upload.status, upload.problem != "") == ("refused", True)
    assert Run.objects.get(key=run_key(upload)).failure == upload.problem


def test_handed_in_again_it_is_taken_in_again(here: World) -> None:
    for _ in range(2):
        ask_for(here.hand_in(OPEN))
        run_all()
    assert Run.objects.filter(name="logs.take_in", state=State.DONE).count() == 2
