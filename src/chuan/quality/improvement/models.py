"""The improvement register of an agency (sổ cải tiến): what did not go as it should, and what was done about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import known_state, never
from chuan.kernel.models import Entity, MoveMade, Scoped, Staged
from chuan.organisations.models import Agency, Position
from chuan.quality.improvement.lifecycle import ENTRY, STATES
from chuan.quality.procedures.models import Procedure

LONGEST_CODE = 100


class Improvement(Entity, Scoped, Staged):
    """One entry: a nonconforming output or another finding, from whichever source, with its number of the year.

    `dossier_code` and `dossier_key` are text and no foreign key: a dossier that was handled here and one that was read
    from a log are different tables, and this room stands beside them. `clause` is one of TCVN ISO 9001:2015.
    `corrected_by` is the position or person as written, who is not always who enters it.
    """

    personal_data = "who is named in what was found and done"
    lifecycle = ENTRY

    class Source(models.TextChoices):
        """Where it came from."""

        DOSSIER = "dossier", _("Hồ sơ thực tế")
        CITIZEN = "citizen", _("Người dân phản ánh")
        AUDIT = "audit", _("Đánh giá, kiểm tra")
        OWN_CHECK = "own_check", _("Cơ quan tự thấy")
        OTHER = "other", _("Nguồn khác")

    class Kind(models.TextChoices):
        """What was not as it should be."""

        WRONG_OUTPUT = "wrong_output", _("Kết quả sai")
        LATE = "late", _("Quá hạn")
        WRONG_PERSON = "wrong_person", _("Trả sai người")
        OTHER = "other", _("Việc khác")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="improvements", verbose_name=_("cơ quan"))
    year = models.PositiveIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số phiếu"))
    found_on = models.DateField(_("phát hiện ngày"))
    source = models.CharField(_("nguồn"), max_length=20, choices=Source)
    kind = models.CharField(_("loại"), max_length=20, choices=Kind)
    about = models.TextField(_("phát hiện"))
    dossier_code = models.CharField(_("mã hồ sơ"), max_length=LONGEST_CODE, blank=True)
    dossier_key = models.CharField(max_length=16, blank=True, editable=False)
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="improvements"
    )
    clause = models.CharField(_("điều khoản"), max_length=20, blank=True)
    correction = models.TextField(_("khắc phục ngay"), blank=True)
    corrected_by = models.CharField(_("người khắc phục"), max_length=200, blank=True)
    corrected_on = models.DateField(_("khắc phục ngày"), null=True, blank=True)
    cause = models.TextField(_("nguyên nhân"), blank=True)
    corrective_action = models.TextField(_("hành động khắc phục"), blank=True)
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vị trí chịu trách nhiệm"),
    )
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    closed_on = models.DateField(_("đóng ngày"), null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [
            models.Index(fields=["agency", "-year", "-number", "-id"]),  # the order of the list
            models.Index(fields=["agency", "state", "due_on"]),  # its counts, and what is overdue
            models.Index(fields=["agency", "dossier_code"]),
        ]
        constraints = [
            known_state(ENTRY, "improvement_state_known"),
            models.UniqueConstraint(
                fields=["agency", "year", "number"],
                name="improvement_number_once",
                violation_error_message=_("Số phiếu này đã có trong sổ cải tiến của năm."),
            ),
            never("improvement_never_without_words", Q(about=""), _("Phải ghi đã phát hiện điều gì.")),
            never(
                "improvement_never_corrected_without_words",
                Q(state__in=["corrected", "closed"]) & (Q(correction="") | Q(corrected_on__isnull=True)),
                _("Đã khắc phục thì phải ghi đã làm gì, ngày nào."),
            ),
            never(
                "improvement_never_closed_without_day",
                Q(state="closed") & Q(closed_on__isnull=True),
                _("Đóng phiếu thì phải có ngày đóng."),
            ),
            never(
                "improvement_never_corrected_before_found",
                Q(corrected_on__lt=models.F("found_on")),
                _("Ngày khắc phục phải bằng hoặc sau ngày phát hiện."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The number as people write it: "05/2026"."""
        return f"{self.number:02d}/{self.year}"

    @property
    def state_label(self) -> str:
        """The state as people read it."""
        return str(STATES[self.state])


class ImprovementMove(MoveMade, Scoped):
    """One move of an entry."""

    scope_path = "of__agency"

    of = models.ForeignKey(Improvement, on_delete=models.CASCADE, related_name="moves")
