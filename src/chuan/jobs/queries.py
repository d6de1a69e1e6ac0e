"""Reading background work: for progress bars and for the administrator."""

from chuan.jobs.models import Run, State

DEMO_RUN = "demo.fill"  # name of the job and key of its one run


def run_of(key: str) -> Run | None:
    """Return the run that was asked for under this key, or None."""
    return Run.objects.filter(key=key).first()


def demo_filling() -> Run | None:
    """Return the filling of the demo until it is done, also a failed one; None when nothing is missing."""
    return Run.objects.filter(key=DEMO_RUN).exclude(state=State.DONE).first()


def unfinished() -> list[Run]:
    """Return what waits or runs, oldest first."""
    return list(Run.objects.filter(state__in=[State.WAITING, State.RUNNING]).order_by("asked_at"))


def failed() -> list[Run]:
    """Return what was given up through a fault of ours, newest first."""
    return list(Run.objects.filter(state=State.FAILED).order_by("-finished_at"))
