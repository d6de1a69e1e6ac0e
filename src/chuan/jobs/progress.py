"""How running work tells how far it is, and remembers where to go on."""

from typing import Any

from chuan.jobs.models import Run


class Progress:
    """Handed to every job. Each call is one short write; call it once per chunk, inside the chunk's transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @property
    def memory(self) -> dict[str, Any]:
        """What the last attempt remembered: plain JSON, {} at first."""
        return dict(self._run.memory)

    def remember(self, **facts: Any) -> None:
        """Keep plain JSON facts for the next attempt."""
        self._run.memory = {**self._run.memory, **facts}
        self._run.save(update_fields=["memory"])

    def report(self, done: int, total: int, stage: str = "") -> None:
        """Tell that `done` of `total` pieces are finished, in words for people (Vietnamese) if `stage` is given."""
        self._run.done, self._run.total = done, total
        self._run.stage = stage or self._run.stage
        self._run.save(update_fields=["done", "total", "stage"])
