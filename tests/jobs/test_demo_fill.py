"""The demo is filled in stages, each once, however often the work is cut off."""

import pytest
from django.utils import timezone

from chuan.config.serving.command import DEMO_STAGES
from chuan.jobs import demo_fill
from chuan.jobs.models import Run
from chuan.jobs.progress import Progress

pytestmark = pytest.mark.django_db


def test_the_command_offers_the_stages_that_there_are() -> None:
    assert tuple(stage.code for stage in demo_fill.STAGES) == DEMO_STAGES


def test_a_finished_stage_is_not_done_again_and_a_broken_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    accidents = [ConnectionError("the machine is gone")]

    def first(progress: demo_fill.StageProgress) -> None:
        seen.append("first")

    def second(progress: demo_fill.StageProgress) -> None:
        seen.append(f"second from {progress.memory.get('next', 0)}")
        progress.remember(next=1)
        progress.report(1, 2)
        if accidents:
            raise accidents.pop()

    stages = (demo_fill.Stage("first", "cơ quan", first), demo_fill.Stage("second", "hồ sơ", second))
    monkeypatch.setattr(demo_fill, "STAGES", stages)
    run = Run.objects.create(key="tests", name="demo.fill", asked_at=timezone.now())
    with pytest.raises(ConnectionError):
        demo_fill.fill(Progress(run))
    run.refresh_from_db()
    assert (run.stage, run.done, run.total) == ("hồ sơ", 1, 2)
    demo_fill.fill(Progress(run))
    assert seen == ["first", "second from 0", "second from 1"]
    assert (run.done, run.total) == (1, 1)


def test_a_smaller_demo_stops_after_the_stage_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    stages = tuple(demo_fill.Stage(code, code, lambda progress: seen.append(progress.code)) for code in "abc")
    monkeypatch.setattr(demo_fill, "STAGES", stages)
    run = Run.objects.create(key="tests", name="demo.fill", asked_at=timezone.now())
    demo_fill.fill(Progress(run), until="b")
    assert seen == ["a", "b"]
