"""Tables of the background work and of the installation that it belongs to."""

from typing import ClassVar

from django.db import models


class State(models.TextChoices):
    """The life of a piece of background work. What was handed in is at fault in "refused", the software in "failed"."""

    WAITING = "waiting", "đang chờ"
    RUNNING = "running", "đang chạy"
    DONE = "done", "đã xong"
    REFUSED = "refused", "không nhận được"
    FAILED = "failed", "không làm được"


ENDED = (State.DONE, State.REFUSED, State.FAILED)


class Run(models.Model):
    """One piece of background work: asked for once under its key, done once, however often it is delivered."""

    personal_data: ClassVar[str | None] = None
    unscoped: ClassVar[str] = "holds keys and counts only; pages read one run by the key that they asked for"

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)  # until then a running piece is in somebody's hands
    finished_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    memory = models.JSONField(default=dict)  # what the work itself remembers, to go on where it was interrupted
    failure = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=State.RUNNING) | models.Q(lease_until__isnull=False),
                name="jobs_run_running_has_a_lease",
                violation_error_message="Việc đang chạy phải có hạn giữ việc.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=ENDED) | models.Q(finished_at__isnull=False),
                name="jobs_run_ended_has_a_moment",
                violation_error_message="Việc đã kết thúc phải có thời điểm kết thúc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class Installation(models.Model):
    """What this database is: the demo or the real thing. One row, written once, never changed."""

    personal_data: ClassVar[str | None] = None
    unscoped: ClassVar[str] = "one row about the database itself"

    only = models.BooleanField(primary_key=True, default=True)
    kind = models.CharField(max_length=10)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(only=True),
                name="jobs_installation_is_one",
                violation_error_message="Cơ sở dữ liệu chỉ thuộc một bản cài đặt.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["demo", "real"]),
                name="jobs_installation_kind_known",
                violation_error_message="Bản cài đặt là bản dùng thử hoặc bản thật.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
