"""Words of procedures for templates."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.quality.procedures.lifecycle import STATES
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.procedures.queries import Standing
from chuan.rules.procedure.wording import Change, Segment
from chuan.text import numbers
from chuan.web.agency.procedures.words import KINDS

register = template.Library()
_CHANGED = {Change.EQUAL: "{}", Change.REMOVED: "<del>{}</del>", Change.ADDED: "<ins>{}</ins>"}


@register.simple_tag
def version_state(version: ProcedureVersion) -> SafeString:
    """Write the state of a version: its shape and its word."""
    return _state(version.state)


@register.simple_tag
def applied(version: ProcedureVersion) -> str:
    """Write from when until when a version applied; one that was ended on its first day applied on none."""
    if version.effective_on is None:
        return ""
    since = numbers.day(version.effective_on)
    if version.ended_on is None:
        return _("Từ %(day)s") % {"day": since}
    if version.ended_on <= version.effective_on:
        return _("Thôi ngay trong ngày có hiệu lực, %(day)s") % {"day": since}
    return _("Từ %(day)s đến trước %(end)s") % {"day": since, "end": numbers.day(version.ended_on)}


@register.simple_tag
def version_states(standing: Standing | None) -> SafeString:
    """Write the state of the version in force, and of the newest when it is another one."""
    versions = (standing.shown, standing.newest) if standing else ()
    shown = dict.fromkeys((one.state, one.number, one.effective_on) for one in versions)
    return _states(tuple(shown), get_language())


@lru_cache(maxsize=2000)  # in a list most rows say the same
def _states(versions: tuple[tuple[str, int, date | None], ...], _language: str | None) -> SafeString:
    written = ((_state(state), _edition(state, number, day)) for state, number, day in versions)
    return format_html_join("", "{}<small>{}</small>", written)


@register.simple_tag
def difference(segments: Iterable[Segment]) -> SafeString:
    """Write a changed text: what went and what came in its place stand apart by a space."""
    written, before = [], Change.EQUAL
    for one in segments:
        replaced = before is Change.REMOVED and one.change is Change.ADDED
        written.append((" " if replaced else "", format_html(_CHANGED[one.change], one.text)))
        before = one.change
    return format_html_join("", "{}{}", written)


def _state(state: str) -> SafeString:
    return format_html('<span class="state {}">{}</span>', KINDS[state], STATES[state])


def _edition(state: str, number: int, effective_on: date | None) -> str:
    words = _("Lần %(number)02d") % {"number": number}
    if state not in ("in_force", "approved") or effective_on is None:
        return words
    return f"{words}, {_('từ')} {numbers.day(effective_on)}"
