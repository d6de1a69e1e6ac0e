"""People, their accounts, the positions of an agency with their roles, who holds them and who stands in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chuan.kernel.constraints import days_in_order, never
from chuan.kernel.models import Entity, Scoped
from chuan.organisations.agencies.models import Agency, Unit
from chuan.rules.authority import Permission, Role
from chuan.text.vietnamese import clean, fold, person_sort_text

SORTED_BY = 400  # digits: a hundred letters
_OVERLAP = "ranges of days are compared whoever asks"


class Person(Entity, Scoped):
    """A civil servant or official, in the agency that keeps the personnel file today."""

    personal_data = "name, work e-mail address and staff number of an official; no identity number, no home address"
    see = Permission.SEE_PEOPLE

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people", verbose_name=_("cơ quan"))
    staff_code = models.CharField(_("số hiệu"), max_length=30)
    full_name = models.CharField(_("họ và tên"), max_length=150)
    search_text = models.CharField(max_length=200, editable=False, blank=True, db_index=True)
    sort_text = models.CharField(max_length=SORTED_BY, editable=False, blank=True)
    email = models.EmailField(_("thư công vụ"), blank=True)

    class Meta:
        ordering = ["sort_text", "id"]
        indexes = [models.Index(fields=["sort_text", "id"], name="person_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "staff_code"],
                name="person_staff_code_once_in_agency",
                violation_error_message=_("Số hiệu đã được dùng cho người khác trong cơ quan."),
            ),
            never("person_never_without_name", Q(full_name=""), _("Phải ghi họ và tên.")),
        ]

    def __str__(self) -> str:
        return self.full_name

    def call(self, full_name: str) -> None:
        """Set the name, with what it is found by (words without diacritics) and what sorts it (given name first)."""
        self.full_name = clean(full_name)
        self.search_text = fold(f"{self.full_name} {self.staff_code}")
        self.sort_text = person_sort_text(self.full_name)[:SORTED_BY]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts for sign-in; accounts are made by `actions.open_account`."""


class Account(AbstractBaseUser):
    """The right of a person to sign in. What it may do comes from the positions that the person holds."""

    personal_data: ClassVar[str | None] = "user name, password hash, time of last sign-in"
    unscoped: ClassVar[str] = (
        "sign-in must find an account before anybody is known; pages reach accounts through people"
    )

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account", verbose_name=_("người"))
    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    is_active = models.BooleanField(_("được đăng nhập"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    opened_at = models.DateTimeField(_("mở lúc"))

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]*$"),
                name="account_username_plain",
                violation_error_message=_("Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch."),
            )
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def ref(self) -> str:
        """Return the name of the account in the trail."""
        return f"account:{self.username}"


class Position(Entity, Scoped):
    """A position of an agency: it carries the duties and the roles, whoever holds it."""

    personal_data = None
    see = Permission.SEE_ORGANISATION

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="positions", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("đơn vị")
    )
    code = models.CharField(_("mã vị trí"), max_length=30)
    title = models.CharField(_("chức danh, vị trí"), max_length=200)
    closed_on = models.DateField(_("bỏ từ ngày"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"],
                name="position_code_once_in_agency",
                violation_error_message=_("Mã vị trí đã được dùng trong cơ quan này."),
            ),
            never("position_never_without_title", Q(title=""), _("Phải ghi tên vị trí (chức danh).")),
        ]

    def __str__(self) -> str:
        return self.title


class RoleAssignment(Entity, Scoped):
    """A role that a position carries from–to. What the role allows: `chuan.rules.authority`."""

    personal_data = None
    scope_path = "position__agency"
    see = Permission.SEE_ORGANISATION
    part_of = "position"

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="roles", verbose_name=_("vị trí"))
    role = models.CharField(_("vai trò"), max_length=30)
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role if role is not Role.CITIZEN]),
                name="role_known",
                violation_error_message=_("Vai trò không có trong bảng thẩm quyền."),
            ),
            models.UniqueConstraint(
                fields=["position", "role"],
                condition=Q(until_on__isnull=True),
                name="role_once_on_a_position",
                violation_error_message=_("Vị trí đã có vai trò này."),
            ),
            days_in_order("role_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.role


class Holding(Entity, Scoped):
    """A person holds a position from–to, never twice on a day. Ended, not deleted.

    `people.triggers` refuses an overlap in the database too.
    """

    personal_data = "who held which position when"
    scope_path = "position__agency"
    see = Permission.SEE_PEOPLE

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("vị trí"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("người giữ"))
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    decision = models.CharField(_("quyết định"), max_length=200, blank=True)

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "person"],
                condition=Q(until_on__isnull=True),
                name="holding_once_at_a_time",
                violation_error_message=_("Người này đang giữ vị trí này rồi."),
            ),
            days_in_order("holding_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.position_id}"

    def clean(self) -> None:
        """Refuse days on which the person holds the position anyway; two open ends: `holding_once_at_a_time`."""
        others = Holding.objects.everywhere(reason=_OVERLAP).filter(position=self.position_id, person=self.person_id)
        others = others.exclude(pk=self.pk).filter(Q(until_on=None) | Q(until_on__gte=self.from_on))
        others = others.filter(from_on__lte=self.until_on) if self.until_on else others.exclude(until_on=None)
        if others.exists():
            raise ValidationError(_("Người này đã giữ vị trí này trong khoảng thời gian đó."))


class Delegation(Entity, Scoped):
    """During an absence another person carries the duties of a holding, from–to. It always ends."""

    personal_data = "who stood in for whom, when and by which paper"
    scope_path = "holding__position__agency"
    see = Permission.SEE_PEOPLE

    holding = models.ForeignKey(
        Holding, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("ủy quyền của")
    )
    to = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="stands_in", verbose_name=_("người được ủy quyền")
    )
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến hết ngày"))
    reason = models.CharField(_("lý do, văn bản ủy quyền"), max_length=300)

    class Meta:
        ordering = ["from_on"]
        constraints = [
            days_in_order("delegation_days_in_order"),
            never("delegation_never_without_reason", Q(reason=""), _("Phải ghi lý do hoặc văn bản ủy quyền.")),
        ]

    def __str__(self) -> str:
        return f"{self.to_id} ← {self.holding_id}"
