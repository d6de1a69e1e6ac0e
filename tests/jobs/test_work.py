"""Background work is done once, however often it is delivered and wherever it was cut off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from chuan.jobs import table
from chuan.jobs.models import Run, State
from chuan.jobs.progress import Progress
from chuan.jobs.queue import enqueue, release_interrupted
from chuan.jobs.work import ATTEMPTS, InOtherHands, perform
from chuan.text.messages import BadInput

pytestmark = pytest.mark.django_db

Define = Callable[[Callable[..., None]], None]


@pytest.fixture
def define(monkeypatch: pytest.MonkeyPatch) -> Define:
    """Put a job named "tests.job" into the table."""

    def put(work: Callable[..., None]) -> None:
        monkeypatch.setitem(table.JOBS, "tests.job", table.Job("tests.job", "thử việc", work))

    return put


def test_work_delivered_twice_is_done_once(define: Define) -> None:
    done: list[str] = []
    define(lambda progress, word: done.append(word))
    run = enqueue("tests.job", word="một")
    perform(run.pk)
    perform(run.pk)
    assert done == ["một"]
    assert Run.objects.get().state == State.DONE


def test_the_same_request_is_one_piece_of_work(define: Define) -> None:
    define(lambda progress, word: None)
    first, second = enqueue("tests.job", word="một"), enqueue("tests.job", word="một")
    assert first.pk == second.pk
    assert OrmQ.objects.count() == 1
    assert enqueue("tests.job", word="hai").pk != first.pk


def test_a_request_falls_with_the_transaction_around_it(define: Define) -> None:
    define(lambda progress: None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("tests.job")
        raise ZeroDivisionError
    assert not Run.objects.exists()
    assert not OrmQ.objects.exists()


def test_a_second_worker_leaves_work_in_other_hands_to_the_queue(define: Define) -> None:
    define(lambda progress: None)
    run = enqueue("tests.job")
    Run.objects.update(state=State.RUNNING, lease_until=timezone.now() + timedelta(minutes=1))
    with pytest.raises(InOtherHands):
        perform(run.pk)
    assert Run.objects.get().attempts == 0


def test_work_whose_worker_was_killed_is_done_when_the_lease_is_over(define: Define) -> None:
    done: list[int] = []
    define(lambda progress: done.append(1))
    run = enqueue("tests.job")
    Run.objects.update(state=State.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(seconds=1))
    perform(run.pk)
    assert done == [1]
    assert Run.objects.get().attempts == 2


def test_a_restarted_server_hands_interrupted_work_out_at_once(define: Define) -> None:
    define(lambda progress: None)
    enqueue("tests.job")
    later = timezone.now() + timedelta(minutes=15)
    OrmQ.objects.update(lock=later)
    Run.objects.update(state=State.RUNNING, lease_until=later)
    assert release_interrupted() == 1
    assert Run.objects.get().state == State.WAITING
    assert OrmQ.objects.get().lock < timezone.now()


def test_work_goes_on_where_it_remembers_to_have_been(define: Define) -> None:
    seen: list[int] = []
    accidents = [ConnectionError("the machine is gone")]

    def work(progress: Progress) -> None:
        for number in range(progress.memory.get("next", 0), 4):
            if number == 2 and accidents:
                raise accidents.pop()
            seen.append(number)
            progress.remember(next=number + 1)
            progress.report(number + 1, 4, "đang làm")

    define(work)
    run = enqueue("tests.job")
    with pytest.raises(ConnectionError):
        perform(run.pk)
    perform(run.pk)
    assert seen == [0, 1, 2, 3]
    run.refresh_from_db()
    assert (run.state, run.done, run.total, run.stage) == (State.DONE, 4, 4, "đang làm")


def test_a_failure_is_tried_again_and_then_given_up_with_a_reason(define: Define) -> None:
    def work(progress: Progress) -> None:
        raise ValueError("a defect")

    define(work)
    run = enqueue("tests.job")
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(ValueError, match="a defect"):
            perform(run.pk)
    perform(run.pk)
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "nhật ký máy chủ" in run.failure


def test_input_that_cannot_be_used_is_not_tried_again(define: Define) -> None:
    def work(progress: Progress) -> None:
        raise BadInput("cli.not_empty", directory="x")

    define(work)
    run = enqueue("tests.job")
    perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (State.REFUSED, 1)
    assert "không trống" in run.failure


def test_work_that_kills_its_worker_every_time_is_given_up(define: Define) -> None:
    define(lambda progress: None)
    run = enqueue("tests.job")
    Run.objects.update(state=State.RUNNING, attempts=ATTEMPTS, lease_until=timezone.now() - timedelta(seconds=1))
    perform(run.pk)
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "quá nhiều lần" in run.failure


def test_failed_work_asked_for_again_gets_new_attempts(define: Define) -> None:
    define(lambda progress: None)
    run = enqueue("tests.job")
    Run.objects.update(state=State.FAILED, attempts=ATTEMPTS, finished_at=timezone.now())
    enqueue("tests.job")
    perform(run.pk)
    assert Run.objects.get().state == State.DONE


def test_arguments_that_are_not_json_are_refused_at_once(define: Define) -> None:
    define(lambda progress, thing: None)
    thing: Any = object()
    with pytest.raises(TypeError):
        enqueue("tests.job", thing=thing)
