"""Words of procedures for templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chuan.quality.procedures.models import ProcedureVersion
from chuan.text import numbers
from chuan.web.agency.procedures.words import KINDS

register = template.Library()


@register.simple_tag
def version_state(version: ProcedureVersion) -> SafeString:
    """Write the state of a version: its shape and its word."""
    return format_html('<span class="state {}">{}</span>', KINDS[version.state], version.state_label)


@register.simple_tag
def version_states(current: ProcedureVersion | None, newest: ProcedureVersion | None) -> SafeString:
    """Write the state of the version in force, and of the newest when it is another one."""
    shown = [one for one in (current, newest) if one is not None]
    if len(shown) > 1 and shown[0].pk == shown[1].pk:
        shown.pop()
    return format_html_join("", "{}<small>{}</small>", ((version_state(one), _edition(one)) for one in shown))


def _edition(version: ProcedureVersion) -> str:
    words = _("Lần %(number)02d") % {"number": version.number}
    if version.state not in ("in_force", "approved") or version.effective_on is None:
        return words
    return f"{words}, {_('từ')} {numbers.day(version.effective_on)}"
