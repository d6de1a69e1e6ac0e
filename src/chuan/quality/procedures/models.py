"""Written procedures: identity, versions with their structure, readers' acknowledgements, imports from Word."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chuan.files.models import StoredFile
from chuan.kernel.constraints import days_in_order, known_state, never
from chuan.kernel.models import Entity, MoveMade, Scoped, Staged
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.quality.procedures.lifecycle import STATES, VERSION
from chuan.quality.services.models import PublicService
from chuan.rules.authority import Permission

ABOVE = (AgencyKind.PROVINCE, AgencyKind.DEPARTMENT, AgencyKind.SUB_DEPARTMENT)
"""The agencies of the province itself: what they issue is there for all to adopt (facts D1)."""


class Procedure(Entity, Scoped):
    """A written procedure of an agency: what stays while versions come and go.

    `adopted_from` is the province's procedure that this one follows; `adopted_version` the version that its newest own
    version, be it a draft, took over (`ProcedureVersion.follows`).
    """

    personal_data = None
    published = Q(in_force=True)
    shared = Q(in_force=True, agency__kind__in=ABOVE)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("cơ quan"))
    code = models.CharField(_("ký hiệu"), max_length=60)
    name = models.CharField(_("tên quy trình"), max_length=600)
    field = models.CharField(_("lĩnh vực"), max_length=200, blank=True)
    search_text = models.CharField(max_length=700, editable=False, blank=True, db_index=True)
    in_force = models.BooleanField(_("đang hiệu lực"), default=False, editable=False)
    adopted_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions", verbose_name=_("áp dụng từ")
    )
    adopted_version = models.ForeignKey(
        "ProcedureVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    services = models.ManyToManyField(PublicService, through="ProcedureService", related_name="procedures")

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["agency", "code"]), models.Index(fields=["agency", "in_force"])]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"],
                name="procedure_code_once_in_agency",
                violation_error_message=_("Ký hiệu quy trình đã được dùng trong cơ quan này."),
            ),
            never(
                "procedure_never_adopted_from_itself",
                Q(adopted_from=F("id")),
                _("Quy trình không thể được áp dụng từ chính nó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureService(models.Model):
    """A procedure serves a public service (many-to-many: one procedure may serve several, facts D8)."""

    personal_data = None
    unscoped = "a bare link; both ends are scoped"

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="service_links")
    service = models.ForeignKey(PublicService, on_delete=models.PROTECT, related_name="procedure_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "service"],
                name="procedure_service_once",
                violation_error_message=_("Quy trình đã gắn với thủ tục này."),
            )
        ]


class ProcedureVersion(Entity, Scoped, Staged):
    """One version (lần ban hành) of a procedure: `content` is its structure in the JSON shape of docs/formats.md.

    `saved` counts the saves of a draft: a save names the one it started from, so nobody overwrites another unseen.
    It was issued by `decision` (its number) on the day `decided_on`; from `effective_on` it applies.
    """

    personal_data = "who signed the decision, by name"
    scope_path = "procedure__agency"
    published = Q(state__in=["in_force", "replaced"])
    shared = Q(state__in=["in_force", "replaced"], procedure__agency__kind__in=ABOVE)
    lifecycle = VERSION

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("lần ban hành"))
    content = models.JSONField(_("nội dung"), default=dict)
    step_count = models.PositiveIntegerField(_("số bước"), default=0, editable=False)
    saved = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("lưu lúc"), null=True, editable=False)
    reason = models.TextField(_("lý do ban hành, sửa đổi"), blank=True)
    decision = models.CharField(_("quyết định ban hành"), max_length=200, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    signed_by = models.CharField(_("người ký quyết định"), max_length=200, blank=True)
    effective_on = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    ended_on = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True, editable=False)
    source = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bản gốc")
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theo bản của tỉnh")
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            known_state(VERSION, "procedure_version_state_known"),
            models.UniqueConstraint(
                fields=["procedure", "number"],
                name="procedure_version_number_once",
                violation_error_message=_("Lần ban hành này đã có."),
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state="in_force"),
                name="procedure_version_one_in_force",
                violation_error_message=_("Mỗi quy trình chỉ có đúng một phiên bản đang hiệu lực."),
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state__in=["draft", "review"]),
                name="procedure_version_one_being_written",
                violation_error_message=_("Quy trình đang có một bản dự thảo; hãy sửa tiếp bản đó."),
            ),
            never(
                "procedure_version_never_approved_without_day",
                Q(state__in=["approved", "in_force", "replaced", "withdrawn"]) & Q(effective_on__isnull=True),
                _("Phê duyệt quy trình thì phải ghi ngày có hiệu lực."),
            ),
            never(
                "procedure_version_never_in_effect_before_decision",
                Q(effective_on__lt=F("decided_on")),
                _("Ngày có hiệu lực phải bằng hoặc sau ngày quyết định."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number:02d}"

    @property
    def state_label(self) -> str:
        """The state as people read it."""
        return str(STATES[self.state])


class VersionMove(MoveMade, Scoped):
    """One move of a version."""

    scope_path = "of__procedure__agency"
    published = Q(of__state__in=["in_force", "replaced"])

    of = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="moves")


class Citation(Scoped):
    """A version cites a legal instrument in its legal basis (number as the law lists it): an index, made when saved."""

    personal_data = None
    scope_path = "version__procedure__agency"
    published = Q(version__state__in=["in_force", "replaced"])
    part_of = "version"

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="citations")
    number = models.CharField(_("số, ký hiệu văn bản"), max_length=80, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="citation_once",
                violation_error_message=_("Văn bản này đã có trong căn cứ pháp lý của phiên bản."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.number}"


class DraftSaved(Entity, Scoped):
    """An earlier save of a draft, kept for undo over days and for "who changed this". The last 100 of a draft stay."""

    personal_data = None
    scope_path = "version__procedure__agency"
    part_of = "version"

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="saves")
    saved = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        ordering = ["-saved"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "saved"],
                name="draft_saved_once",
                violation_error_message=_("Lần lưu này đã có; hãy tải lại trang."),
            )
        ]


class Acknowledgement(Entity, Scoped):
    """A person confirmed having read a version (TCVN ISO 9001:2015, 7.3): once per version and account."""

    personal_data = "who read it, as an account"
    scope_path = "version__procedure__agency"

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="acknowledgements")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "account"],
                name="acknowledged_once",
                violation_error_message=_("Bạn đã xác nhận đọc phiên bản này."),
            )
        ]


class SelfApproval(Entity, Scoped):
    """From–to, who writes a procedure of the agency may also review and approve it: else four eyes are asked for.

    `ended_at`: the moment from which they are asked for again before its last day.
    """

    personal_data = None
    see = Permission.SEE_ORGANISATION

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="self_approvals")
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến hết ngày"))
    ended_at = models.DateTimeField(_("tách lại lúc"), null=True, blank=True, editable=False)
    reason = models.CharField(_("lý do"), max_length=500)

    class Meta:
        constraints = [
            days_in_order("self_approval_days_in_order"),
            never("self_approval_never_without_reason", Q(reason=""), _("Phải ghi lý do cho người soạn tự phê duyệt.")),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.from_on}"


class ImportBatch(Entity, Scoped):
    """Files of written procedures that were handed in together (one file, a folder, a zip)."""

    personal_data = None
    see = Permission.WRITE_PROCEDURE

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedure_imports")
    name = models.CharField(_("tên"), max_length=200)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class ImportedFile(Entity, Scoped):
    """One file of a batch: what was read from it, what is doubtful, and the procedure that was made of it.

    `reading` holds {"procedures": [one], "places": {…}, "outline": […]}; `answers` the user's answers to questions by
    name. A file with several procedures has a row for each; one that could not even be stored has no `source`.
    """

    personal_data = None
    scope_path = "batch__agency"
    see = Permission.WRITE_PROCEDURE

    class Status(models.TextChoices):
        """How far the file is."""

        WAITING = "waiting", _("Đang chờ đọc")
        READ = "read", _("Đã đọc, hiểu rõ")
        DOUBTFUL = "doubtful", _("Đã đọc, còn chỗ cần xem")
        REFUSED = "refused", _("Không đọc được")
        ACCEPTED = "accepted", _("Đã nhận")
        DROPPED = "dropped", _("Đã bỏ")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=300)
    status = models.CharField(_("tình trạng"), max_length=20, choices=Status, default=Status.WAITING)
    problem = models.TextField(_("vấn đề"), blank=True)
    reading = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    doubts = models.PositiveIntegerField(_("chỗ cần xem"), default=0)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            never(
                "imported_file_never_accepted_without_procedure",
                Q(status="accepted") & Q(procedure__isnull=True),
                _("Tệp đã nhận phải gắn với một quy trình."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
