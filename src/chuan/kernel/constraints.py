"""Named constraints: every "never … without …" stands in the database, with a Vietnamese sentence."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chuan.rules.lifecycle import Lifecycle


def known_state(lifecycle: Lifecycle, name: str) -> models.CheckConstraint:
    """Return the constraint that `state` is one of the lifecycle's."""
    return models.CheckConstraint(
        condition=Q(state__in=lifecycle.states),
        name=name,
        violation_error_message=_("Trạng thái không có trong quy định."),
    )


def days_in_order(name: str, start: str = "from_on", end: str = "until_on") -> models.CheckConstraint:
    """Return the constraint that a range of days ends on or after its first day; an empty end is open."""
    return models.CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message=_("Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."),
    )


def never(name: str, condition: Q, message: Any) -> models.CheckConstraint:
    """Return the constraint that `condition` never holds; `message` says so to the user."""
    return models.CheckConstraint(condition=~condition, name=name, violation_error_message=message)
