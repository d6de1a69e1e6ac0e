"""Who acts, at which moment, with which duties: a value that every read and every action is handed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chuan.rules.authority import Permission, Reach, Role, permissions


class InProvince(Protocol):
    """An agency, as far as authority is concerned."""

    @property
    def pk(self) -> int:
        """Return its number."""
        ...

    @property
    def province_id(self) -> int:
        """Return the number of its province."""
        ...


@dataclass(frozen=True, slots=True)
class Served:
    """An agency as a duty in it knows it: what addresses and names need, without asking the database."""

    pk: int
    province_id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A position as it is held on one day, by its holder or (`in_place_of`: the holder's name) by a delegate."""

    position_id: int
    title: str
    agency_id: int
    province_id: int
    roles: frozenset[Role]
    in_place_of: str = ""
    agency_key: str = ""  # for addresses; the names as pages show them in their frame
    agency_name: str = ""
    over_agency: str = ""

    @property
    def agency(self) -> Served:
        """The agency in which the duty is."""
        return Served(self.agency_id, self.province_id, self.agency_key, self.agency_name)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person signed in (or a machine at work) at the moment `at`. Nobody has `account_id` None and no duty."""

    account_id: int | None
    ref: str
    name: str
    at: datetime
    duties: tuple[Duty, ...] = ()
    person_id: int | None = None
    machine: bool = False

    def may(self, permission: Permission, agency: InProvince) -> bool:
        """Return whether `permission` holds in `agency`."""
        return (
            self.machine
            or agency.pk in self.agencies_where(permission)
            or agency.province_id in self.provinces_where(permission)
        )

    def may_somewhere(self, permission: Permission) -> bool:
        """Return whether `permission` holds in any agency: enough to show a menu entry, never to act."""
        return permission in self.permitted

    @property
    def permitted(self) -> frozenset[Permission]:
        """What holds in any agency."""
        if self.machine:
            return frozenset(Permission)
        return frozenset().union(*(permissions(duty.roles, reach) for duty in self.duties for reach in Reach))

    @property
    def agencies(self) -> frozenset[int]:
        """The agencies in which the actor has a duty today."""
        return frozenset(duty.agency_id for duty in self.duties)

    @property
    def provinces(self) -> frozenset[int]:
        """The provinces of these agencies."""
        return frozenset(duty.province_id for duty in self.duties)

    def agencies_where(self, permission: Permission) -> frozenset[int]:
        """Return the agencies in which a duty of that agency gives `permission`."""
        return frozenset(d.agency_id for d in self.duties if permission in permissions(d.roles, Reach.AGENCY))

    def served_where(self, permission: Permission) -> tuple[Served, ...]:
        """Return the same, each with its key and name, in the order of the duties."""
        own = self.agencies_where(permission)
        return tuple(dict.fromkeys(duty.agency for duty in self.duties if duty.agency_id in own))

    def provinces_where(self, permission: Permission) -> frozenset[int]:
        """Return the provinces in all agencies of which `permission` holds."""
        return frozenset(d.province_id for d in self.duties if permission in permissions(d.roles, Reach.PROVINCE))

    def later(self, at: datetime) -> "Actor":
        """Return the same actor at another moment."""
        return replace(self, at=at)


def machine(name: str, at: datetime) -> Actor:
    """Return the actor of a job or a command: it may do everything, and the trail says "machine:name"."""
    return Actor(account_id=None, ref=f"machine:{name}", name=name, at=at, machine=True)


def nobody(at: datetime) -> Actor:
    """Return the actor of a visitor who has not signed in."""
    return Actor(account_id=None, ref="nobody", name="", at=at)
