"""Logs of real dossiers: where they come from, each upload, and the dossiers as the source last described them.

Personal data are off by default (facts D21): only the columns that were understood are kept, never applicants, and
positions that read as a person's name are emptied unless the source says otherwise.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chuan.files.models import StoredFile
from chuan.kernel.constraints import never
from chuan.kernel.models import Entity, Scoped
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.rules.authority import Permission

LONGEST_CODE, LONGEST_SERVICE_CODE = 100, 40
_SUMMED = ("procedure", "source", "state", "pace", "supplements", "worked_seconds")


class LogSource(Entity, Scoped):
    """A system that exports dossiers of an agency; its columns are mapped once (`mapping`: docs/log-sources.md).

    `service_code` holds where the files name no service; `recorded_until` is the last moment that its files tell of.
    `dossier_count` is kept by the intake. What was judged before `terms_changed_at` (how days are counted, which words
    are which step, until when the files tell) is judged again. `to_judge` are the national codes of services whose
    pushed dossiers changed since they were judged. A source that `watches_folder` takes files from the folder of its
    own (logs/folder.py), last seen at `looked_at` with the files `seen_files` in it.
    Nobody hands files in for the one source of an agency that is `living`: it is the dossiers run here, taken in up to
    the act with the number `acts_until` (logs/living_intake.py).
    """

    personal_data = "names of files in its folder"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="log_sources", verbose_name=_("cơ quan"))
    name = models.CharField(_("tên nguồn"), max_length=200)
    mapping = models.JSONField(_("ánh xạ cột"), default=dict, blank=True)
    counting = models.CharField(_("cách đếm hạn"), max_length=20, default="days")
    supplement = models.CharField(_("khi bổ sung hồ sơ"), max_length=20, default="restart")
    service_code = models.CharField(_("mã thủ tục khi tệp không ghi"), max_length=40, blank=True)
    recorded_until = models.DateTimeField(_("dữ liệu đến"), null=True, blank=True, editable=False)
    keeps_names = models.BooleanField(_("giữ tên người xử lý"), default=False)
    dossier_count = models.PositiveIntegerField(_("số hồ sơ"), default=0, editable=False)
    terms_changed_at = models.DateTimeField(_("đổi cách đếm lúc"), null=True, blank=True, editable=False)
    step_names = models.JSONField(_("tên bước trong dữ liệu"), default=dict, blank=True)
    closed_at = models.DateTimeField(_("đóng lúc"), null=True, blank=True, editable=False)
    to_judge = models.JSONField(default=list, blank=True, editable=False)
    watches_folder = models.BooleanField(_("nhận tệp từ thư mục"), default=False)
    looked_at = models.DateTimeField(_("xem thư mục lần cuối"), null=True, blank=True, editable=False)
    seen_files = models.JSONField(default=dict, blank=True, editable=False)
    living = models.BooleanField(_("hồ sơ xử lý trên Chuẩn"), default=False, editable=False)
    acts_until = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="log_source_name_once",
                violation_error_message=_("Cơ quan đã có nguồn dữ liệu mang tên này."),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(living=True),
                name="log_source_living_once",
                violation_error_message=_("Hồ sơ xử lý trên Chuẩn của cơ quan đã có nguồn dữ liệu của mình."),
            ),
            never(
                "log_source_never_living_and_closed",
                Q(living=True) & Q(closed_at__isnull=False),
                _("Nguồn hồ sơ xử lý trên Chuẩn không đóng được."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LogUpload(Entity, Scoped):
    """One file of a source, or the events that it pushed in one day (`channel`; logs/pushing.py). The same file again
    is the same upload; its bytes are let go once it is taken in.

    `activities` are the words for work that it uses: [national code of the service, words, number, events]. A file that
    was withdrawn for a `reason` counts no longer; what it told is set aside (SetAside) until it is given back.
    """

    personal_data = "the file as handed in, until it is taken in"
    scope_path = "source__agency"
    see = Permission.IMPORT_LOG

    class Status(models.TextChoices):
        """How far it is."""

        MAPPING = "mapping", _("Chờ xác nhận các cột")
        WAITING = "waiting", _("Đang chờ nhập")
        RUNNING = "running", _("Đang nhập")
        DONE = "done", _("Đã nhập")
        REFUSED = "refused", _("Không nhập được")
        WITHDRAWN = "withdrawn", _("Đã rút")

    class Channel(models.TextChoices):
        """The door by which it came."""

        PAGE = "page", _("Tải lên")
        FOLDER = "folder", _("Thư mục")
        HTTP_FILE = "http_file", _("Tệp gửi qua HTTP")
        EVENTS = "events", _("Sự kiện gửi qua HTTP")

    source = models.ForeignKey(LogSource, on_delete=models.CASCADE, related_name="uploads")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=300)
    checksum = models.CharField(max_length=64)
    channel = models.CharField(_("cách nhận"), max_length=10, choices=Channel, default=Channel.PAGE)
    status = models.CharField(_("tình trạng"), max_length=20, choices=Status, default=Status.MAPPING)
    problem = models.TextField(_("vấn đề"), blank=True)
    reason = models.TextField(_("lý do rút tệp"), blank=True)
    activities = models.JSONField(_("tên việc trong tệp"), default=list, blank=True)
    dossiers = models.PositiveIntegerField(_("số hồ sơ"), default=0)
    events = models.PositiveIntegerField(_("số sự kiện"), default=0)
    added = models.PositiveIntegerField(_("hồ sơ mới hoặc có thay đổi"), default=0)
    bad_rows = models.JSONField(_("dòng không dùng được"), default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    finished_at = models.DateTimeField(_("nhập xong lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "checksum"],
                name="log_upload_once",
                violation_error_message=_("Tệp này đã được tải lên cho nguồn này."),
            ),
            never(
                "log_upload_never_refused_without_problem",
                Q(status="refused") & Q(problem=""),
                _("Tệp không nhập được phải có lý do."),
            ),
            never(
                "log_upload_never_withdrawn_without_reason",
                Q(status="withdrawn") & Q(reason=""),
                _("Rút tệp thì phải ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PushToken(Entity, Scoped):
    """What a system shows to push dossiers into `source` without anybody signed in. Only the `digest` of the secret is
    kept; `used_at` is right to the minute.
    """

    personal_data = None
    scope_path = "source__agency"
    see = Permission.IMPORT_LOG

    source = models.ForeignKey(LogSource, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("tên mã"), max_length=100)
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("dùng lần cuối"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"],
                condition=Q(revoked_at__isnull=True),
                name="push_token_name_once",
                violation_error_message=_("Nguồn đã có mã gửi mang tên này."),
            ),
            never(
                "push_token_never_without_digest",
                Q(digest=""),
                _("Mã gửi phải có dấu kiểm tra của phần bí mật."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LoggedDossier(Entity, Scoped):
    """A dossier as its source describes it (`facts`, `events`: see logs/stored.py) and the verdict on it.

    `version` governs: the one in force when the dossier was received. `marks` holds "|kind:step|" for every deviation,
    so that every number on a page can open the list behind it. `way` is the fingerprint of the way it went.
    `national_code` is the part of the service's code that is the same in all agencies; it finds the procedure.
    `told` says which uploads told what (logs/pieces.py). `counted` is False where another source of the agency tells
    newer of the same dossier of the same service: it is counted there.
    `worked_seconds` is the working time from reception to result, pauses out; `pace` that of its slowest step against
    the step's limit (checking/pace.py). An index carries all that sums over an agency need, for the rows are long.
    """

    personal_data = "names of officers, only if the source keeps them"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="logged_dossiers")
    source = models.ForeignKey(LogSource, on_delete=models.CASCADE, related_name="dossiers")
    code = models.CharField(_("mã hồ sơ"), max_length=LONGEST_CODE)
    service_code = models.CharField(_("mã thủ tục"), max_length=LONGEST_SERVICE_CODE, blank=True)
    national_code = models.CharField(max_length=LONGEST_SERVICE_CODE, blank=True, editable=False)
    facts = models.JSONField(default=dict)
    events = models.JSONField(default=list)
    told = models.JSONField(default=list)
    counted = models.BooleanField(_("được tính"), default=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="logged_dossiers")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("tình trạng"), max_length=20, default="not_judged")
    received_at = models.DateTimeField(_("nhận đủ"), null=True)
    due_at = models.DateTimeField(_("hạn"), null=True)
    legal_due_at = models.DateTimeField(_("hạn luật"), null=True)
    finished_at = models.DateTimeField(_("có kết quả"), null=True)
    fitness = models.FloatField(_("mức khớp"), null=True)
    cost = models.PositiveIntegerField(_("số điểm khác"), default=0)
    verdict = models.JSONField(default=dict)
    marks = models.TextField(blank=True)
    way = models.CharField(max_length=32, blank=True)
    worked_seconds = models.PositiveIntegerField(_("thời gian giải quyết"), null=True)
    supplements = models.PositiveSmallIntegerField(_("số lần yêu cầu bổ sung"), default=0)
    pace = models.CharField(_("các bước so với định mức"), max_length=10, blank=True)

    class Meta:
        ordering = ["-received_at", "code"]
        indexes = [
            models.Index(fields=["agency", "counted", "received_at", *_SUMMED], name="dossier_sums"),
            models.Index(fields=["agency", "-received_at", "-id"]),  # the order of the list
            models.Index(fields=["agency", "counted", "state"]),  # its counts
            models.Index(fields=["version", "state"]),
            models.Index(fields=["version", "way"]),
            models.Index(fields=["procedure", "-received_at"]),
            models.Index(fields=["agency", "national_code"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "code"],
                name="logged_dossier_once",
                violation_error_message=_("Hồ sơ mang mã này đã có trong nguồn dữ liệu."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class SetAside(Scoped):
    """What a withdrawn upload told of one dossier, as in LoggedDossier; `place` is where it stood among the pieces."""

    personal_data = "names of officers, only if the source keeps them"
    scope_path = "upload__source__agency"
    see = Permission.IMPORT_LOG
    part_of = "upload"

    id = models.BigAutoField(primary_key=True)
    upload = models.ForeignKey(LogUpload, on_delete=models.CASCADE, related_name="set_aside")
    code = models.CharField(max_length=LONGEST_CODE)
    service_code = models.CharField(max_length=LONGEST_SERVICE_CODE, blank=True)
    facts = models.JSONField(default=dict)
    events = models.JSONField(default=list)
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code
