"""Words of procedures for templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chuan.quality.procedures.models import ProcedureVersion
from chuan.web.agency.procedures.words import KINDS

register = template.Library()


@register.simple_tag
def version_state(version: ProcedureVersion) -> SafeString:
    """Write the state of a version: its shape and its word."""
    return format_html('<span class="state {}">{}</span>', KINDS[version.state], version.state_label)
