"""Queries that refuse to answer until they are told for whom: forgetting raises, it never leaks.

    Procedure.objects.all()                           raises Unscoped
    Procedure.objects.visible_to(actor)               what the actor may see
    Procedure.objects.within(agency)                  the rows of one agency, after the agency was checked
    Procedure.objects.everywhere(reason="…")          jobs and administration only; the reason is for the reader

After one of these three doors a QuerySet is an ordinary one. Objects are reached from an owner the same way
(`agency.positions.visible_to(actor)`); only the parts of an aggregate (`part_of`) come along with their whole.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import In

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.errors import NotAllowed, NotYours, Unscoped
from chuan.rules.authority import Permission

if TYPE_CHECKING:
    from chuan.kernel.models import Scoped

M = TypeVar("M", bound="Scoped")

_door_open: ContextVar[bool] = ContextVar("door_open", default=False)


@contextmanager
def door_open() -> Iterator[None]:
    """Let a query begin unscoped. For this module and the uniqueness checks of `Scoped`, nobody else."""
    token = _door_open.set(True)
    try:
        yield
    finally:
        _door_open.reset(token)


class ScopedManager(models.Manager[M], Generic[M]):
    """The manager of every scoped model. Its doors are described at the head of this module."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Return the unscoped rows inside a door or for the parts of a whole; refuse otherwise."""
        if _door_open.get() or self._comes_with_its_whole():
            return super().get_queryset()
        raise Unscoped(f"{self.model.__name__}.objects: say visible_to(actor), within(agency) or everywhere(reason=…)")

    def visible_to(self, actor: Actor) -> models.QuerySet[M]:
        """Return the rows that `actor` may see."""
        return self._unscoped().filter(visible(cast("type[Scoped]", self.model), actor))

    def within(self, agency: InProvince) -> models.QuerySet[M]:
        """Return the rows of `agency`, whoever asks: the caller has checked the agency."""
        return self._unscoped().filter(**{self.model.scope_path or "pk": agency.pk})

    def everywhere(self, *, reason: str) -> models.QuerySet[M]:
        """Return all rows. `reason` says in the code why no actor limits them."""
        if not reason:
            raise Unscoped(f"{self.model.__name__}.objects.everywhere: a reason is needed")
        return self._unscoped()

    def create(self, **values: Any) -> M:
        """Insert one row: writing needs no scope."""
        return self._unscoped().create(**values)

    def add_many(self, rows: Iterable[M]) -> list[M]:
        """Insert many rows in chunks of 1,000: writing needs no scope."""
        return self._unscoped().bulk_create(rows, batch_size=1000)

    def _unscoped(self) -> models.QuerySet[M]:
        with door_open():
            return self.get_queryset()

    def _comes_with_its_whole(self) -> bool:
        """Whether this is a manager like `version.steps`, made by the foreign key that the model names as its whole."""
        field = getattr(self, "field", None)
        return field is not None and hasattr(self, "instance") and field.name == self.model.part_of


def visible(model: "type[Scoped]", actor: Actor) -> Q:
    """Return the condition for the rows of `model` that `actor` may see.

    The rows of an agency by the model's `see` permission there, through a duty in the agency or in its province; the
    rows that `published` describes by SEE_PUBLISHED in the province; those that `shared` describes by any duty in it.
    """
    if actor.machine:
        return Q()
    agencies, provinces = actor.agencies_where(model.see), actor.provinces_where(model.see)
    inner = _of_agencies(model, agencies) | _of_provinces(model, provinces)
    if model.published is not None and (overseen := actor.provinces_where(Permission.SEE_PUBLISHED)):
        inner |= model.published & _of_provinces(model, overseen)
    if model.shared is not None and actor.provinces:
        everyone = _of_provinces(model, actor.provinces)
        inner = inner | model.shared & everyone if model.shared else everyone  # the own rows are among those of all
    return inner or Q(pk__in=())


def _of_agencies(model: "type[Scoped]", agencies: frozenset[int]) -> Q:
    return Q(**{f"{model.scope_path or 'pk'}__in": agencies}) if agencies else Q()


def _of_provinces(model: "type[Scoped]", provinces: frozenset[int]) -> Q:
    """Return the condition that the agency is in one of `provinces`.

    A list of agencies and not a join, and no search by them: else SQLite gathers and sorts all rows of the province for
    a page of 50, which it finds at once along the order of the list.
    """
    if not provinces:
        return Q()
    if not model.scope_path:
        return Q(province__in=provinces)
    agency = _end(model, model.scope_path)._base_manager.filter(province__in=provinces).order_by()
    return Q(In(_Unsearched(model.scope_path), agency.values("pk")))


class _Unsearched(Func):
    """A column by which SQLite shall not search (its unary plus); PostgreSQL decides by its statistics."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def _end(model: type[models.Model], path: str) -> type[models.Model]:
    """Return the model to which the foreign keys of `path` lead."""
    for name in path.split("__"):
        model = cast("type[models.Model]", model._meta.get_field(name).related_model)
    return model


def find(rows: models.QuerySet[M], **key: Any) -> M:
    """Return the one row of `rows` (already scoped) with this key, or raise NotYours (404)."""
    found = rows.filter(**key).first()
    if found is None:
        raise NotYours
    return found


def require(actor: Actor, permission: Permission, agency: InProvince) -> None:
    """Raise NotAllowed (403) unless `actor` has `permission` in `agency`."""
    if not actor.may(permission, agency):
        raise NotAllowed
