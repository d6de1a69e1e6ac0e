"""What the dossiers of a procedure say about it, and what the agency chose to do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import never
from chuan.kernel.models import Entity, Scoped
from chuan.organisations.models import Agency, Position
from chuan.quality.models import Procedure, ProcedureVersion


class ProcedureReading(Entity, Scoped):
    """The dossiers of one version taken together, as last computed; pages read this and never the events.

    `period` is that of reception: "" for all, a year ("2026") or a quarter ("2026-Q3").
    `content` is documented in findings/computing.py. Counts of the head stand as columns, for lists and sums.
    `leads` marks the one that lists show for the procedure: of its newest version with dossiers, over all time.
    `trouble` is the share of dossiers that went another way plus the share that was late (0–2).
    """

    personal_data = None

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="log_readings")
    period = models.CharField(_("kỳ"), max_length=8, blank=True)
    computed_at = models.DateTimeField(_("tính lúc"))
    as_of = models.DateTimeField(_("xét đến"), null=True)
    calendar = models.TextField(_("lịch"))
    dossiers = models.PositiveIntegerField(default=0)
    judged_steps = models.PositiveIntegerField(default=0)
    followed = models.PositiveIntegerField(default=0)
    judged_time = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    leads = models.BooleanField(default=False)
    trouble = models.FloatField(default=0)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "period"]
        indexes = [
            models.Index(fields=["agency", "-trouble", "id"], condition=Q(leads=True), name="reading_in_lists"),
            models.Index(fields=["agency", "period"], name="reading_of_agency"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "period"],
                name="procedure_reading_once",
                violation_error_message=_("Phiên bản này đã có số liệu của kỳ này."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.period}".strip()


class StepWeek(Scoped):
    """What was done in one week of the steps of a version, so that pages sum up weeks and never open the dossiers.

    `week` is its Monday (ISO 8601). `content` is a list, one of each step that was done: {"variant", "step", "limit",
    "done"}; `limit` in working minutes, None where working time alone does not tell; `done` lists [dossier, day of the
    week 0–6, working minutes since the step could begin, those of them before work on it began or None, over its limit]
    """

    personal_data = None

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="step_weeks", db_index=False)
    week = models.DateField(_("tuần"))
    content = models.JSONField(default=list)

    class Meta:
        ordering = ["version", "week"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "week"],
                name="step_week_once",
                violation_error_message=_("Phiên bản này đã có số liệu của tuần này."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.week}"


class AgencyReading(Entity, Scoped):
    """The sums of an agency's readings over all time of its procedures in force, for the province (facts D1)."""

    personal_data = None
    published = Q()

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="reading")
    computed_at = models.DateTimeField(_("tính lúc"))
    procedures = models.PositiveIntegerField(_("số quy trình"))
    dossiers = models.PositiveIntegerField(_("số hồ sơ"))
    judged_steps = models.PositiveIntegerField()
    followed = models.PositiveIntegerField()
    judged_time = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()

    class Meta:
        ordering = ["agency"]

    def __str__(self) -> str:
        return str(self.agency_id)


class Choice(Entity, Scoped):
    """What the agency decided where procedure and reality differ: change the paper, the practice, or look again.

    `deviation` and `step` are the point (checking.report.questions.point_of); `question` is kept as it was asked, in
    Vietnamese. `sample` holds the codes of dossiers drawn by `seed` to be compared with the paper files.
    """

    personal_data = None

    class Kind(models.TextChoices):
        """The three ways on; explained closes the question with a reason."""

        CHANGE_PAPER = "change_paper", _("Sửa quy trình")
        CHANGE_PRACTICE = "change_practice", _("Sửa cách làm")
        LOOK_AGAIN = "look_again", _("Cần xem thêm")
        EXPLAINED = "explained", _("Đã rõ, ghi lý do")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="choices")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(_("cách xử lý"), max_length=20, choices=Kind)
    deviation = models.CharField(_("khác ở điểm"), max_length=20)
    step = models.CharField(_("bước"), max_length=60, blank=True)
    question = models.TextField(_("câu hỏi"))
    count = models.PositiveIntegerField(_("số hồ sơ"))
    note = models.TextField(_("lý do, yêu cầu"), blank=True)
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("vị trí thực hiện")
    )
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    seed = models.PositiveIntegerField(_("số gieo"), null=True, blank=True)
    sample = models.JSONField(_("hồ sơ chọn ngẫu nhiên"), default=list, blank=True)
    draft = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "deviation", "step"],
                condition=Q(done_at__isnull=True),
                name="choice_open_once_for_a_point",
                violation_error_message=_(
                    "Điều này đã có lựa chọn đang làm. Hãy đánh dấu đã xong hoặc bỏ lựa chọn ấy trước."
                ),
            ),
            never(
                "choice_never_explained_without_reason",
                Q(kind="explained") & Q(note=""),
                _("Chọn “đã rõ” thì phải ghi lý do."),
            ),
            never(
                "choice_practice_never_without_position",
                Q(kind="change_practice") & (Q(position__isnull=True) | Q(due_on__isnull=True)),
                _("Sửa cách làm thì phải giao cho một vị trí và ghi hạn."),
            ),
        ]

    def __str__(self) -> str:
        return self.question
