"""What the staff templates ask for: the accounts of a demo, the words of the trail."""

from collections.abc import Sequence

from django import template

from chuan.organisations.agencies.models import QualitySystem
from chuan.web.staff import trail_words
from chuan.web.staff.demo import DemoAccount, demo_accounts
from chuan.web.staff.systems.words import shape_of

register = template.Library()


@register.simple_tag
def accounts_of_demo() -> Sequence[DemoAccount]:
    """Return the accounts to try, none outside a demo."""
    return demo_accounts()


@register.filter
def in_words(action: str) -> str:
    """Write what was done as people say it."""
    return trail_words.in_words(action)


@register.filter
def shape_of_system(system: QualitySystem) -> str:
    """Return the shape in which the state of a quality system is shown."""
    return shape_of(system)
