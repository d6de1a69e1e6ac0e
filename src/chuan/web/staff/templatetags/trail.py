"""What the page of the trail asks for."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from chuan.text.vietnamese import sort_key
from chuan.web.staff.trail_words import ACTIONS

register = template.Library()


@register.simple_tag
def action_options(chosen: str | None) -> SafeString:
    """Write the actions of the trail as options to choose from, in the order of the alphabet."""
    return _options(chosen if chosen in ACTIONS else "", get_language())


@lru_cache(maxsize=200)
def _options(chosen: str, _language: str | None) -> SafeString:
    words = sorted(((str(said), code) for code, said in ACTIONS.items()), key=lambda option: sort_key(option[0]))
    return format_html_join("", "{}", ((_option(code, said, code == chosen),) for said, code in words))


def _option(code: str, words: str, chosen: bool) -> SafeString:
    pattern = '<option value="{}" selected>{}</option>' if chosen else '<option value="{}">{}</option>'
    return format_html(pattern, code, words)
