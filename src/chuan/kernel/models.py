"""Base models: what every thing of the house has. All are abstract; the kernel owns no table."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import ScopedManager, door_open
from chuan.rules.authority import Permission
from chuan.rules.lifecycle import Lifecycle

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are mistaken for another when read aloud
KEY_LENGTH = 10


def new_key() -> str:
    """Return a random key for addresses: short, and it tells nobody how many rows there are."""
    return "".join(secrets.choice(_LETTERS) for _ in range(KEY_LENGTH))


class Entity(models.Model):
    """A thing with an address: `key` stands in URLs and in the trail, the number never leaves the database."""

    personal_data: ClassVar[str | None]

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField(_("tạo lúc"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("người tạo"),
    )

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        """Return "model:key", the lasting name of this thing in the trail."""
        return f"{self._meta.model_name}:{self.key}"

    def put(self, *, by: Actor, at: datetime) -> Self:
        """Check everything and insert this new row as made by `by` at `at`; return it."""
        self.created_at, self.created_by_id = at, by.account_id
        self.full_clean()
        self.save(force_insert=True)
        return self

    def change(self, **values: object) -> Self:
        """Set `values`, check everything and save just these fields; return the row."""
        for name, value in values.items():
            setattr(self, name, value)
        self.full_clean()
        self.save(update_fields=list(values))
        return self


class Scoped(models.Model):
    """A row that belongs to an agency and is seen through `chuan.kernel.scoping` only.

    `scope_path` is the lookup from the row to its agency ("" when the row is one), `see` the permission that shows it,
    `published` the rows that the province sees too, `shared` those that every agency of the province sees, `part_of`
    the foreign key to the whole this is a part of.
    """

    scope_path: ClassVar[str] = "agency"
    see: ClassVar[Permission] = Permission.SEE_AGENCY
    published: ClassVar[models.Q | None] = None
    shared: ClassVar[models.Q | None] = None
    part_of: ClassVar[str | None] = None

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Compare with the rows of every agency: uniqueness knows no scope."""
        with door_open():
            super().validate_unique(exclude)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Compare with the rows of every agency: constraints know no scope."""
        with door_open():
            super().validate_constraints(exclude)


class Staged(models.Model):
    """A thing with a lifecycle. Its moves stand in a table of its own (a subclass of `MoveMade`, as `moves`)."""

    lifecycle: ClassVar[Lifecycle]

    state = models.CharField(_("trạng thái"), max_length=30)

    class Meta:
        abstract = True


class MoveMade(models.Model):
    """One move of a thing from a state to another: the history that people see. Subclasses add `of` to the thing."""

    personal_data: ClassVar[str | None] = "the name of who moved it, as shown in the history"
    part_of: ClassVar[str | None] = "of"

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(_("từ"), max_length=30)
    target = models.CharField(_("sang"), max_length=30)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(_("người thực hiện"), max_length=200)
    note = models.TextField(_("ghi chú"), blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]
