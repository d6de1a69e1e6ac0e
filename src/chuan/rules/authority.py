"""The authority of the whole system on one page: what may be done, by which role, and how far a role reaches.

Roles belong to positions, never to persons (facts D3). Names and descriptions stand in the catalogue `authority`;
`docs/authority.md` is made from this file (`chuan authority`) and compared by a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache

from chuan.text.messages import Message


class Permission(StrEnum):
    """Everything that may be allowed or refused. Sentences for each: catalogue `authority`, `permission_…`."""

    SEE_AGENCY = auto()  # the inner matter of an agency: drafts, logs, people
    SEE_PUBLISHED = auto()  # what agencies of the province have issued or submitted, not their drafts (facts D1)
    SEE_ORGANISATION = auto()
    SEE_PEOPLE = auto()
    SEE_TRAIL = auto()
    MANAGE_ORGANISATION = auto()
    MANAGE_PEOPLE = auto()
    MANAGE_ACCOUNTS = auto()
    MANAGE_NORMS = auto()
    MANAGE_CALENDAR = auto()
    MANAGE_SERVICES = auto()
    MANAGE_QUALITY_SYSTEM = auto()
    DECLARE_QUALITY_SYSTEM = auto()
    DELEGATE = auto()
    WRITE_PROCEDURE = auto()
    REVIEW_PROCEDURE = auto()
    APPROVE_PROCEDURE = auto()
    ISSUE_PROCEDURE = auto()
    ACKNOWLEDGE_PROCEDURE = auto()
    IMPORT_LOG = auto()
    DECIDE_DEVIATION = auto()
    RECEIVE_DOSSIER = auto()
    HANDLE_DOSSIER = auto()
    MANAGE_ONE_STOP = auto()
    SEE_TIMELINESS = auto()  # of somebody else's steps: of one person at a time, to help
    RECORD_IMPROVEMENT = auto()
    CLOSE_IMPROVEMENT = auto()

    @property
    def label(self) -> Message:
        """What it allows, as a phrase."""
        return Message(f"authority.permission_{self}")


class Reach(StrEnum):
    """How far the permissions of a role go from the agency of the position."""

    AGENCY = auto()  # that agency alone
    PROVINCE = auto()  # every agency of its province
    NOWHERE = auto()


class Role(StrEnum):
    """The roles that a position can carry."""

    SYSTEM_ADMINISTRATOR = auto()
    STEERING_COMMITTEE = auto()
    PROVINCE_INSPECTOR = auto()
    HEAD = auto()
    ISO_SECRETARY = auto()
    CLERK = auto()
    OFFICER = auto()
    INTERNAL_AUDITOR = auto()
    READER = auto()
    CITIZEN = auto()

    @property
    def label(self) -> Message:
        """Its name, as people say it."""
        return Message(f"authority.role_{self}")

    @property
    def about(self) -> Message:
        """Who has it and what for, in a sentence that a head of office understands."""
        return Message(f"authority.about_{self}")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do, and where."""

    reach: Reach
    permissions: frozenset[Permission]


P = Permission
_READER = frozenset({P.SEE_AGENCY, P.SEE_ORGANISATION, P.SEE_PEOPLE, P.ACKNOWLEDGE_PROCEDURE, P.DELEGATE})

GRANTS: dict[Role, Grant] = {
    Role.SYSTEM_ADMINISTRATOR: Grant(
        Reach.PROVINCE,
        frozenset(
            {P.SEE_ORGANISATION, P.SEE_PEOPLE, P.SEE_TRAIL, P.MANAGE_ORGANISATION, P.MANAGE_PEOPLE, P.MANAGE_ACCOUNTS}
        )
        | {P.MANAGE_NORMS, P.MANAGE_CALENDAR, P.MANAGE_SERVICES},
    ),
    Role.STEERING_COMMITTEE: Grant(
        Reach.PROVINCE, frozenset({P.SEE_PUBLISHED, P.SEE_ORGANISATION, P.MANAGE_SERVICES, P.MANAGE_NORMS})
    ),
    Role.PROVINCE_INSPECTOR: Grant(Reach.PROVINCE, frozenset({P.SEE_PUBLISHED, P.SEE_ORGANISATION})),
    Role.HEAD: Grant(
        Reach.AGENCY,
        _READER
        | {P.REVIEW_PROCEDURE, P.APPROVE_PROCEDURE, P.ISSUE_PROCEDURE, P.DECIDE_DEVIATION, P.SEE_TRAIL}
        | {P.MANAGE_QUALITY_SYSTEM, P.DECLARE_QUALITY_SYSTEM, P.RECORD_IMPROVEMENT, P.CLOSE_IMPROVEMENT}
        | {P.HANDLE_DOSSIER, P.MANAGE_ONE_STOP, P.SEE_TIMELINESS},
    ),
    Role.ISO_SECRETARY: Grant(
        Reach.AGENCY,
        _READER
        | {P.MANAGE_PEOPLE, P.MANAGE_CALENDAR, P.MANAGE_SERVICES, P.MANAGE_QUALITY_SYSTEM, P.SEE_TRAIL}
        | {P.WRITE_PROCEDURE, P.REVIEW_PROCEDURE, P.ISSUE_PROCEDURE, P.IMPORT_LOG, P.DECIDE_DEVIATION}
        | {P.RECORD_IMPROVEMENT, P.CLOSE_IMPROVEMENT, P.MANAGE_ONE_STOP, P.RECEIVE_DOSSIER, P.HANDLE_DOSSIER},
    ),
    Role.CLERK: Grant(
        Reach.AGENCY, _READER | {P.IMPORT_LOG, P.RECORD_IMPROVEMENT, P.RECEIVE_DOSSIER, P.HANDLE_DOSSIER}
    ),
    Role.OFFICER: Grant(
        Reach.AGENCY, _READER | {P.WRITE_PROCEDURE, P.RECORD_IMPROVEMENT, P.RECEIVE_DOSSIER, P.HANDLE_DOSSIER}
    ),
    Role.INTERNAL_AUDITOR: Grant(Reach.AGENCY, _READER | {P.SEE_TRAIL}),
    Role.READER: Grant(Reach.AGENCY, _READER),
    Role.CITIZEN: Grant(Reach.NOWHERE, frozenset()),
}


def permissions(roles: Iterable[Role], reach: Reach) -> frozenset[Permission]:
    """Return what `roles` together allow at exactly this reach."""
    return _permissions(frozenset(roles), reach)


@cache
def _permissions(roles: frozenset[Role], reach: Reach) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[role].permissions for role in roles if GRANTS[role].reach is reach))
