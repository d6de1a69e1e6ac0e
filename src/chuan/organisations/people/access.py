"""Who may put whom where: nobody gives what he does not have."""

from datetime import date

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.errors import NotAllowed
from chuan.organisations.people.models import Position
from chuan.rules.authority import GRANTS, Permission, Reach, Role


def may_give(actor: Actor, role: Role, agency: InProvince) -> bool:
    """Return whether `actor` may give `role` to a position of `agency`, or fill a position that has it.

    Who manages the organisation of the province may; who manages the people of the agency may as far as the own
    permissions go, so that an ISO secretary makes clerks and auditors but no head.
    """
    if actor.may(Permission.MANAGE_ORGANISATION, agency):
        return True
    grant = GRANTS[role]
    return (
        grant.reach is Reach.AGENCY
        and actor.may(Permission.MANAGE_PEOPLE, agency)
        and all(actor.may(permission, agency) for permission in grant.permissions)
    )


def require_giving(actor: Actor, role: Role, agency: InProvince) -> None:
    """Raise NotAllowed unless `may_give`."""
    if not may_give(actor, role, agency):
        raise NotAllowed


def require_filling(actor: Actor, position: Position, day: date) -> None:
    """Raise NotAllowed unless `actor` may fill `position` with all roles that it carries on `day` or later."""
    roles = position.roles.exclude(until_on__lt=day).values_list("role", flat=True)
    for role in roles:
        require_giving(actor, Role(role), position.agency)
