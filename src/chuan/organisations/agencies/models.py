"""Provinces, agencies, their units and quality systems."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import days_in_order, known_state, never
from chuan.kernel.models import Entity, MoveMade, Scoped, Staged
from chuan.organisations.agencies.lifecycle import QUALITY_SYSTEM, STATES
from chuan.rules.authority import Permission


class AgencyKind(models.TextChoices):
    """The levels of agencies (facts D2, 13.1). Divisions inside an agency are units."""

    PROVINCE = "province", _("Ủy ban nhân dân tỉnh, thành phố")
    DEPARTMENT = "department", _("Sở và tương đương")
    SUB_DEPARTMENT = "sub_department", _("Chi cục và tương đương")
    COMMUNE = "commune", _("Ủy ban nhân dân xã, phường, đặc khu")
    PUBLIC_UNIT = "public_unit", _("Đơn vị sự nghiệp công lập")
    VERTICAL = "vertical", _("Cơ quan ngành dọc")
    OTHER = "other", _("Cơ quan, tổ chức khác")


class CommuneType(models.TextChoices):
    """What a commune is called (Law on the Organisation of Local Government, 2025)."""

    COMMUNE = "xa", _("Xã")
    WARD = "phuong", _("Phường")
    SPECIAL_ZONE = "dac_khu", _("Đặc khu")


class Obligation(models.TextChoices):
    """Whether an agency must apply TCVN ISO 9001 (facts 1.2). For communes the text is not settled: data, not code."""

    OBLIGED = "obliged", _("Bắt buộc")
    ENCOURAGED = "encouraged", _("Khuyến khích")
    VOLUNTARY = "voluntary", _("Tự nguyện")
    UNKNOWN = "unknown", _("Chưa xác định")


class UnitKind(models.TextChoices):
    """What a unit inside an agency is."""

    DIVISION = "division", _("Phòng, ban")
    ONE_STOP = "one_stop", _("Bộ phận Một cửa, Trung tâm Phục vụ hành chính công")
    OTHER = "other", _("Đơn vị khác")


class Province(Entity):
    """A province or centrally run city: the boundary between tenants. `fictitious` is said on every page."""

    personal_data = None
    unscoped: ClassVar[str] = "a province has no inner matter; its name is public"

    code = models.CharField(_("mã tỉnh"), max_length=10, unique=True)
    name = models.CharField(_("tên tỉnh"), max_length=100)
    fictitious = models.BooleanField(_("tỉnh giả định"), default=False)

    def __str__(self) -> str:
        return self.name


class Agency(Entity, Scoped):
    """An agency: a tenant with people, procedures and dossiers of its own. Its code is unique in the province."""

    personal_data = None
    scope_path = ""
    see = Permission.SEE_ORGANISATION

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="agencies", verbose_name=_("tỉnh"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("cơ quan cấp trên"),
    )
    kind = models.CharField(_("loại cơ quan"), max_length=20, choices=AgencyKind)
    commune_type = models.CharField(_("loại đơn vị hành chính"), max_length=10, choices=CommuneType, blank=True)
    code = models.CharField(_("mã cơ quan"), max_length=30)
    name = models.CharField(_("tên cơ quan"), max_length=200)
    search_text = models.CharField(max_length=250, editable=False, blank=True, db_index=True)
    valid_from = models.DateField(_("thành lập từ ngày"))
    valid_until = models.DateField(_("hoạt động đến hết ngày"), null=True, blank=True)
    obligation = models.CharField(_("diện áp dụng ISO"), max_length=20, choices=Obligation, default=Obligation.UNKNOWN)
    obligation_source = models.CharField(_("căn cứ của diện áp dụng"), max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "code"],
                name="agency_code_once_in_province",
                violation_error_message=_("Mã cơ quan đã được dùng trong tỉnh này."),
            ),
            models.UniqueConstraint(
                fields=["province"],
                condition=Q(kind=AgencyKind.PROVINCE, valid_until__isnull=True),
                name="agency_one_people_s_committee",
                violation_error_message=_("Mỗi tỉnh chỉ có một Ủy ban nhân dân tỉnh đang hoạt động."),
            ),
            days_in_order("agency_days_in_order", "valid_from", "valid_until"),
            never(
                "agency_never_its_own_parent",
                Q(parent=F("id")),
                _("Cơ quan không thể là cấp trên của chính mình."),
            ),
            models.CheckConstraint(
                condition=Q(kind=AgencyKind.PROVINCE, parent__isnull=True)
                | (~Q(kind=AgencyKind.PROVINCE) & Q(parent__isnull=False)),
                name="agency_never_without_parent",
                violation_error_message=_("Mọi cơ quan, trừ Ủy ban nhân dân tỉnh, phải có cơ quan cấp trên."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=AgencyKind.COMMUNE) & ~Q(commune_type=""))
                | (~Q(kind=AgencyKind.COMMUNE) & Q(commune_type="")),
                name="agency_commune_has_its_type",
                violation_error_message=_("Cơ quan cấp xã phải ghi là xã, phường hay đặc khu; cơ quan khác để trống."),
            ),
            never(
                "agency_obligation_never_without_source",
                ~Q(obligation=Obligation.UNKNOWN) & Q(obligation_source=""),
                _("Ghi diện áp dụng ISO thì phải ghi căn cứ (số, ngày văn bản)."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Return whether the agency works on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Succession(Entity, Scoped):
    """One agency went over into another, by a decision: several into one, or one into several (01/07/2025)."""

    personal_data = None
    scope_path = "successor"
    see = Permission.SEE_ORGANISATION

    predecessor = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="later", verbose_name=_("cơ quan cũ")
    )
    successor = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="earlier", verbose_name=_("cơ quan mới")
    )
    decision = models.CharField(_("quyết định sắp xếp"), max_length=200)
    effective_on = models.DateField(_("có hiệu lực từ ngày"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message=_("Việc kế thừa giữa hai cơ quan này đã được ghi."),
            ),
            never(
                "succession_never_to_itself",
                Q(predecessor=F("successor")),
                _("Cơ quan không thể kế thừa chính mình."),
            ),
            never(
                "succession_never_without_decision",
                Q(decision=""),
                _("Ghi việc sắp xếp thì phải ghi quyết định (số, ngày)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Unit(Entity, Scoped):
    """A division, one-stop centre or other unit inside an agency. It is no tenant: what it holds is the agency's."""

    personal_data = None
    see = Permission.SEE_ORGANISATION

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units", verbose_name=_("cơ quan"))
    kind = models.CharField(_("loại đơn vị"), max_length=20, choices=UnitKind, default=UnitKind.DIVISION)
    code = models.CharField(_("mã đơn vị"), max_length=30)
    name = models.CharField(_("tên đơn vị"), max_length=200)
    valid_from = models.DateField(_("thành lập từ ngày"))
    valid_until = models.DateField(_("hoạt động đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"],
                name="unit_code_once_in_agency",
                violation_error_message=_("Mã đơn vị đã được dùng trong cơ quan này."),
            ),
            days_in_order("unit_days_in_order", "valid_from", "valid_until"),
        ]

    def __str__(self) -> str:
        return self.name


class QualitySystem(Entity, Scoped, Staged):
    """A quality system with one owner agency and its members (TT 26/2014/TT-BKHCN, Article 5)."""

    personal_data = None
    scope_path = "owner"
    see = Permission.SEE_ORGANISATION
    lifecycle = QUALITY_SYSTEM

    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="quality_systems", verbose_name=_("cơ quan chủ trì")
    )
    name = models.CharField(_("tên hệ thống"), max_length=200)
    standard = models.CharField(_("phiên bản tiêu chuẩn"), max_length=40, default="TCVN ISO 9001:2015")
    scope_note = models.TextField(_("phạm vi áp dụng"), blank=True)
    declaration = models.CharField(_("quyết định công bố"), max_length=200, blank=True)
    declared_on = models.DateField(_("ngày công bố"), null=True, blank=True)

    class Meta:
        constraints = [
            known_state(QUALITY_SYSTEM, "quality_system_state_known"),
            models.UniqueConstraint(
                fields=["owner"],
                condition=~Q(state="dissolved"),
                name="quality_system_one_living_per_owner",
                violation_error_message=_("Mỗi cơ quan chỉ chủ trì một hệ thống quản lý chất lượng đang tồn tại."),
            ),
            never(
                "quality_system_never_declared_without_decision",
                Q(state__in=["declared", "redeclaration_due"]) & (Q(declaration="") | Q(declared_on__isnull=True)),
                _("Hệ thống đã công bố phải có quyết định công bố và ngày công bố."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_label(self) -> str:
        """The state as people read it."""
        return str(STATES[self.state])


class QualitySystemMove(MoveMade, Scoped):
    """One move of a quality system."""

    scope_path = "of__owner"
    see = Permission.SEE_ORGANISATION

    of = models.ForeignKey(QualitySystem, on_delete=models.CASCADE, related_name="moves")


class Membership(Entity, Scoped):
    """An agency that applies a quality system without owning it, from–to. It belongs to one system at a time."""

    personal_data = None
    see = Permission.SEE_ORGANISATION

    quality_system = models.ForeignKey(QualitySystem, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("cơ quan"))
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(until_on__isnull=True),
                name="membership_one_system_at_a_time",
                violation_error_message=_("Cơ quan chỉ thuộc một hệ thống quản lý chất lượng trong cùng thời gian."),
            ),
            days_in_order("membership_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} ∈ {self.quality_system_id}"
