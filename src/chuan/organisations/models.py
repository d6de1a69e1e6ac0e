"""All tables of the app, gathered for Django from its rooms."""

from chuan.organisations.agencies.models import (
    Agency,
    Membership,
    Province,
    QualitySystem,
    QualitySystemMove,
    Succession,
    Unit,
)
from chuan.organisations.people.models import Account, Delegation, Holding, Person, Position, RoleAssignment

__all__ = [
    "Account",
    "Agency",
    "Delegation",
    "Holding",
    "Membership",
    "Person",
    "Position",
    "Province",
    "QualitySystem",
    "QualitySystemMove",
    "RoleAssignment",
    "Succession",
    "Unit",
]
