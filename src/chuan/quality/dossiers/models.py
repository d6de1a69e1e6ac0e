"""Dossiers that are run here, their acts, the agencies that take part, and the numbers that are given.

Personal data are off by default (facts D21): an applicant is kept only where the agency says so, in a table of its own.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.constraints import never
from chuan.kernel.models import Entity, Scoped
from chuan.kernel.scoping import ScopedManager
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Position
from chuan.quality.procedures.models import Procedure, ProcedureVersion
from chuan.quality.services.models import UNITS, PublicService
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import ActKind, DossierState
from chuan.rules.handling.reckoning import limit_from
from chuan.rules.procedure.structure import Limit

LONGEST_CODE = 100
OPEN_STATES = tuple(state.value for state in DossierState if state.is_open and state is not DossierState.NEW)
CITIZEN_HAS_IT = (DossierState.SUPPLEMENT.value, DossierState.PAYMENT.value, DossierState.READY.value)
"""The states in which the citizen has the next word."""


class Channel(models.TextChoices):
    """How a dossier is filed (facts 3.2)."""

    DIRECT = "direct", _("Trực tiếp")
    POSTAL = "postal", _("Bưu chính công ích")
    ONLINE = "online", _("Trực tuyến")
    PAPER_SLIP = "paper_slip", _("Phiếu giấy khi mất mạng")


class OneStop(Entity, Scoped):
    """How an agency runs its one-stop shop: what codes and forms say, how time is counted, whether names are kept.

    `identifier` is the agency's in codes (QĐ 20/2020/QĐ-TTg), `code_format` and `forms` the issuing texts of the forms
    in use ("" for codes: the newest in effect). `keeps_applicants` is off until the agency switches it on.
    """

    personal_data = None

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="one_stop", verbose_name=_("cơ quan"))
    unit = models.CharField(_("tên bộ phận Một cửa"), max_length=200, blank=True)
    place = models.CharField(_("địa danh trên văn bản"), max_length=100, blank=True)
    identifier = models.CharField(_("mã định danh cơ quan"), max_length=30, blank=True)
    code_format = models.CharField(_("cách đặt mã hồ sơ"), max_length=40, blank=True)
    system_owner = models.CharField(_("mã chủ quản hệ thống"), max_length=4, blank=True)
    forms = models.CharField(_("mẫu giấy theo văn bản"), max_length=40, default="03/2025/TT-VPCP")
    counting = models.CharField(_("cách đếm hạn"), max_length=20, default="days")
    supplement = models.CharField(_("khi bổ sung hồ sơ"), max_length=20, default="restart")
    keeps_applicants = models.BooleanField(_("giữ thông tin người nộp"), default=False)

    def __str__(self) -> str:
        return self.unit or str(self.agency)


class RoleHolder(Entity, Scoped):
    """The position of the agency that does what a procedure gives to a role ("Công chức tư pháp – hộ tịch")."""

    personal_data = None

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="role_holders")
    role = models.CharField(_("vai trò trong quy trình"), max_length=300)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("vị trí"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "role"],
                name="role_holder_once",
                violation_error_message=_("Vai trò này đã có vị trí thực hiện."),
            )
        ]

    def __str__(self) -> str:
        return self.role


class CodeCounter(models.Model):
    """The number given last for an agency's identifier on a day. Its row is held while the next one is given."""

    personal_data = None
    unscoped = "a counter; the codes it gave are on the dossiers"

    identifier = models.CharField(max_length=30)
    owner = models.CharField(max_length=4, blank=True)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identifier", "owner", "day"],
                name="code_counter_once",
                violation_error_message=_("Bộ đếm mã hồ sơ của ngày này đã có."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.day}: {self.last}"


class Book(Entity, Scoped):
    """The book of a year (sổ theo dõi hồ sơ, form 07): its last number, the first numbers of its volumes, its end."""

    personal_data = "who closed it, by name"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dossier_books")
    year = models.PositiveIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối"), default=0)
    volumes = models.JSONField(_("số đầu của mỗi quyển"), default=list)
    closed_on = models.DateField(_("khóa sổ ngày"), null=True, blank=True)
    closed_by = models.CharField(_("người khóa sổ"), max_length=200, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="book_once_a_year",
                violation_error_message=_("Sổ của năm này đã mở."),
            ),
            never(
                "book_never_closed_by_nobody",
                Q(closed_on__isnull=False) & Q(closed_by=""),
                _("Khóa sổ thì phải ghi người khóa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.year}"


class DossierManager(ScopedManager["Dossier"]):
    """Who takes part in a dossier sees it: the place of reception, the handling agency, those asked for a part."""

    def visible_to(self, actor: Actor) -> "QuerySet[Dossier]":
        """Return the dossiers in which an agency whose inner matter the actor sees takes part."""
        if actor.machine:
            return self._unscoped()
        return self._unscoped().filter(_taking_part(actor.agencies_where(Permission.SEE_AGENCY)))

    def within(self, agency: InProvince) -> "QuerySet[Dossier]":
        """Return the dossiers in which `agency` takes part."""
        return self._unscoped().filter(_taking_part([agency.pk]))


def _taking_part(agencies: "frozenset[int] | list[int]") -> Q:
    return Q(
        Exists(
            DossierPart.objects.everywhere(reason="scoped by the agency").filter(
                dossier=OuterRef("pk"), agency__in=agencies
            )
        )
    )


class Dossier(Entity, Scoped):
    """A dossier run here. `reception` took it in, `agency` handles it, `authority` decides: three roles, kept apart.

    What was settled at reception stands here and never changes: `version` (in force then; None: none was written),
    limits, calendar, how days and supplements count. The rest (from `state` on) is what its acts came to, written with
    each of them; while its clock stands (`waiting_since`), the dues are those of the moment it stopped.
    """

    personal_data = "what was asked for, in the citizen's words"
    objects: ClassVar[DossierManager] = DossierManager()

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="handled_dossiers", verbose_name=_("cơ quan giải quyết")
    )
    reception = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="received_dossiers", verbose_name=_("nơi tiếp nhận")
    )
    authority = models.CharField(_("cơ quan có thẩm quyền quyết định"), max_length=300, blank=True)
    service = models.ForeignKey(PublicService, on_delete=models.PROTECT, related_name="+", verbose_name=_("thủ tục"))
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="dossiers", verbose_name=_("quy trình")
    )
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    variant = models.PositiveSmallIntegerField(_("trường hợp"), default=0)
    code = models.CharField(_("mã hồ sơ"), max_length=LONGEST_CODE, unique=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="dossiers")
    volume = models.PositiveIntegerField(_("quyển số"))
    number = models.PositiveIntegerField(_("số thứ tự"))
    channel = models.CharField(_("cách nộp"), max_length=20, choices=Channel, default=Channel.DIRECT)
    paper_slip = models.CharField(_("số phiếu giấy"), max_length=30, blank=True)
    request = models.CharField(_("nội dung yêu cầu"), max_length=500, blank=True)
    components = models.JSONField(_("thành phần hồ sơ"), default=list, blank=True)
    sets = models.PositiveSmallIntegerField(_("số bộ"), default=1)
    result_place = models.CharField(_("nơi nhận kết quả"), max_length=200, blank=True)
    immediate = models.BooleanField(_("giải quyết ngay"), default=False)
    wants_receipt = models.BooleanField(_("có giấy hẹn"), default=True)
    filed_at = models.DateTimeField(_("nộp lúc"), null=True, blank=True)
    received_at = models.DateTimeField(_("tiếp nhận lúc"))
    calendar = models.CharField(max_length=60)
    calendar_version = models.CharField(max_length=60)
    counting = models.CharField(max_length=20)
    supplement = models.CharField(max_length=20)
    committed_amount = models.CharField(max_length=20, blank=True)
    committed_unit = models.CharField(max_length=40, blank=True, choices=UNITS)
    legal_amount = models.CharField(max_length=20, blank=True)
    legal_unit = models.CharField(max_length=40, blank=True, choices=UNITS)
    state = models.CharField(_("tình trạng"), max_length=20)
    act_count = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True, blank=True)
    first_due_at = models.DateTimeField(_("hẹn trả lần đầu"), null=True, blank=True)
    due_at = models.DateTimeField(_("hẹn trả"), null=True, blank=True)
    legal_due_at = models.DateTimeField(_("hạn luật"), null=True, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    step_title = models.CharField(_("bước đang làm"), max_length=300, blank=True)
    step_since_at = models.DateTimeField(_("bước này từ"), null=True, blank=True)
    step_due_at = models.DateTimeField(_("hạn của bước"), null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    holder = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_dossiers",
        verbose_name=_("đang ở"),
    )
    ready_at = models.DateTimeField(_("có kết quả lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    search_text = models.CharField(max_length=700, editable=False, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["agency", "state", "next_due_at"]),
            models.Index(fields=["reception", "-received_at", "-id"]),
            models.Index(fields=["agency", "-received_at", "-id"]),
            models.Index(fields=["agency", "ended_at"]),
            models.Index(fields=["reception", "-received_at"], name="dossier_slips", condition=Q(channel="paper_slip")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DossierState]),
                name="dossier_state_known",
                violation_error_message=_("Trạng thái không có trong quy định."),
            ),
            models.UniqueConstraint(
                fields=["book", "number"],
                name="dossier_number_once_in_book",
                violation_error_message=_("Số này đã có trong sổ theo dõi."),
            ),
            never(
                "dossier_never_version_without_procedure",
                Q(version__isnull=False) & Q(procedure__isnull=True),
                _("Phiên bản phải thuộc một quy trình."),
            ),
            never(
                "dossier_never_ended_while_open",
                Q(ended_at__isnull=False) & Q(state__in=OPEN_STATES),
                _("Hồ sơ đã kết thúc không thể còn đang xử lý."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def committed(self) -> Limit | None:
        """The limit that the agency promised at reception."""
        return limit_from((self.committed_amount, self.committed_unit) if self.committed_amount else None)

    @property
    def legal(self) -> Limit | None:
        """The limit of the law at reception."""
        return limit_from((self.legal_amount, self.legal_unit) if self.legal_amount else None)


class PartRole(models.TextChoices):
    """What an agency has to do with a dossier."""

    RECEPTION = "reception", _("Nơi tiếp nhận")
    LEAD = "lead", _("Cơ quan giải quyết")
    INTERLINKED = "interlinked", _("Cơ quan liên thông")
    CONSULTED = "consulted", _("Cơ quan được lấy ý kiến")


class DossierPart(Scoped):
    """An agency takes part in a dossier: what it is asked, on which limit, until when, and when it was done.

    `act` is the number of the act that asked it (0 for reception and lead); `taken_back` once that act was undone.
    """

    personal_data = None
    part_of = "dossier"

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="participations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dossier_parts")
    role = models.CharField(_("vai trò"), max_length=20, choices=PartRole)
    act = models.PositiveIntegerField(default=0)
    content = models.CharField(_("nội dung"), max_length=1000, blank=True)
    limit_amount = models.CharField(max_length=20, blank=True)
    limit_unit = models.CharField(max_length=40, blank=True, choices=UNITS)
    got_at = models.DateTimeField(_("nhận lúc"))
    due_at = models.DateTimeField(_("hạn"), null=True, blank=True)
    done_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    taken_back = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["agency", "role", "done_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "agency", "role", "act"],
                name="dossier_part_once",
                violation_error_message=_("Cơ quan này đã tham gia hồ sơ ở vai trò này."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.agency_id} {self.role}"

    @property
    def limit(self) -> Limit | None:
        """The limit that it was given."""
        return limit_from((self.limit_amount, self.limit_unit) if self.limit_amount else None)


class Applicant(Scoped):
    """Whose dossier it is: kept only where the agency switched it on, and only for the papers of this dossier."""

    personal_data = "name, identity number, address, phone and e-mail of the applicant; off unless switched on"
    scope_path = "dossier__agency"
    part_of = "dossier"

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="applicant")
    name = models.CharField(_("họ tên, tên tổ chức"), max_length=200)
    identity = models.CharField(_("số định danh"), max_length=30, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("số điện thoại"), max_length=30, blank=True)
    email = models.CharField(_("thư điện tử"), max_length=200, blank=True)
    representative = models.CharField(_("người được ủy quyền"), max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class DossierAct(Scoped):
    """One act on a dossier: never changed, never deleted (triggers). See `chuan.rules.handling.acts.Act`.

    `key` was made by the writer's page: the same key again is the same act. `position` are the words of the position
    that acted, `agency` on whose behalf; `note` is for the next person.
    """

    personal_data = "the name of who acted, as shown in the history"
    scope_path = "dossier__agency"
    part_of = "dossier"

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="acts")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(_("việc"), max_length=20, choices=[(kind.value, kind.value) for kind in ActKind])
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    step_title = models.CharField(_("bước"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    entered_at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("người thực hiện"), max_length=200)
    position = models.CharField(_("vị trí"), max_length=300, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    takes_back = models.PositiveIntegerField(default=0)
    reason = models.TextField(_("lý do, nội dung"), blank=True)
    note = models.TextField(_("nhắn người sau"), blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["agency", "at"]), models.Index(fields=["by", "at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"],
                name="dossier_act_number_once",
                violation_error_message=_("Người khác vừa làm một việc trên hồ sơ này."),
            ),
            never(
                "dossier_act_never_before_it_is_entered",
                Q(at__gt=models.F("entered_at")),
                _("Việc không thể được ghi trước khi xảy ra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number} {self.kind}"
