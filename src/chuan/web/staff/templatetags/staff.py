"""What the sign-in page shows of a demo."""

from collections.abc import Sequence

from django import template

from chuan.web.staff.demo import DemoAccount, demo_accounts

register = template.Library()


@register.simple_tag
def accounts_of_demo() -> Sequence[DemoAccount]:
    """Return the accounts to try, none outside a demo."""
    return demo_accounts()
