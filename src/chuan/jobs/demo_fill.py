"""Filling the demo province in the background: stages in order, each resumable, progress told in words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_noop

from chuan.demo.everyday import load_everyday
from chuan.demo.living import load_living
from chuan.demo.loading import load_dossiers, load_services
from chuan.demo.procedures import load_procedures
from chuan.demo.systems import load_systems
from chuan.jobs.demo_organisation import fill_organisation
from chuan.jobs.progress import Progress
from chuan.jobs.take_in_living import take_in_all
from chuan.kernel.actor import machine

_READY = "Tỉnh dùng thử đã sẵn sàng."


@dataclass(frozen=True, slots=True)
class StageProgress:
    """Progress within one stage, in pieces of its own kind; `memory` is the stage's own and survives a crash."""

    whole: Progress
    code: str
    pieces: str

    @property
    def memory(self) -> dict[str, object]:
        """What this stage remembered last: plain JSON, {} at first."""
        return dict(self.whole.memory.get(self.code, {}))

    def remember(self, **facts: object) -> None:
        """Keep plain JSON facts for the next attempt; call it in the transaction of the chunk that it speaks of."""
        self.whole.remember(**{self.code: {**self.memory, **facts}})

    def report(self, done: int, total: int) -> None:
        """Tell that `done` of `total` pieces of this stage are finished."""
        self.whole.report(done, total, self.pieces)


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the demo, counted in `pieces`. `fill` may be cut off anywhere and is called again: what is there,
    it leaves alone.
    """

    code: str
    pieces: str
    fill: Callable[[StageProgress], None]


def _stage(load: Callable[..., None]) -> Callable[[StageProgress], None]:
    """Return a stage that calls `load` as the demo's machine, now."""

    def filled(progress: StageProgress) -> None:
        now = timezone.now()
        load(progress.report, by=machine("demo", now), at=now)

    return filled


def _living(progress: StageProgress) -> None:
    """Make the dossiers that are run here, and bring them before the pages on procedure and reality."""
    _stage(load_living)(progress)
    take_in_all()


STAGES: tuple[Stage, ...] = (
    Stage("organisation", gettext_noop("cơ quan"), fill_organisation),
    Stage("systems", gettext_noop("hệ thống"), _stage(load_systems)),
    Stage("services", gettext_noop("thủ tục"), _stage(load_services)),
    Stage("procedures", gettext_noop("quy trình"), _stage(load_procedures)),
    Stage("everyday", gettext_noop("việc thường ngày"), _stage(load_everyday)),
    Stage("dossiers", gettext_noop("hồ sơ"), _stage(load_dossiers)),
    Stage("living", gettext_noop("hồ sơ đang xử lý"), _living),
)


def fill(progress: Progress, until: str = "") -> None:
    """Go through `STAGES` from the first that is not finished, to `until` or to the end. Work of `demo.fill`."""
    codes = [stage.code for stage in STAGES]
    wanted = STAGES[: codes.index(until) + 1] if until else STAGES
    for stage in wanted:
        finished = progress.memory.get("finished", [])
        if stage.code in finished:
            continue
        stage.fill(StageProgress(progress, stage.code, stage.pieces))
        progress.remember(finished=[*finished, stage.code])
    progress.report(1, 1, _READY)
