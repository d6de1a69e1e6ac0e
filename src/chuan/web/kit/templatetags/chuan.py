"""Words for templates. In rows use these tags (cheap); around rows use the components (`<c-…>`)."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.text import numbers
from chuan.web.kit.browsers import browser_words

register = template.Library()
BAR_WIDTH = 100
_ANY_KEY = "a-key"
_SAFE_IN_ADDRESS = "!$&'()*+,;=/~:@"  # as in Django's own addresses


@register.filter
def number(value: Any) -> str:
    """Write a figure as the reader's language does, "1.234,5" or "1,234.5"; nothing for None or ""."""
    if value in (None, ""):
        return ""
    return numbers.number(value if type(value) is int else Decimal(str(value)), language=_language())


@register.filter
def percent_of(part: Any, whole: Any) -> str:
    """Write the share of `part` in `whole`: "85,48 %"."""
    return numbers.percent(Decimal(str(part)), Decimal(str(whole)), language=_language())


@register.simple_tag
def rate(part: int, whole: int) -> str:
    """Write "106/124 · 85,48 %"."""
    return numbers.rate(part, whole, _language())


def _language() -> str:
    return get_language() or "vi"


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as dd/mm/yyyy, in Vietnam's time; nothing for None."""
    if value is None:
        return ""
    return numbers.day(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as "14:05 31/12/2024", in Vietnam's time; nothing for None."""
    return numbers.moment(timezone.localtime(value)) if value else ""


@register.simple_tag
def state(kind: str, word: str) -> SafeString:
    """Write a state: shape and colour of `kind` (done, doing, soon, late, todo) with its word."""
    return _state(kind, str(word))


@lru_cache(maxsize=1000)
def _state(kind: str, word: str) -> SafeString:
    return format_html('<span class="state {}">{}</span>', kind, word)


@register.simple_tag
def bar(part: Any, whole: Any, target: Any = "") -> SafeString:
    """Draw a share as a thin bar; `target` (in percent) is a black tick. The figures stand beside it in words."""
    share = min(BAR_WIDTH, BAR_WIDTH * float(part) / float(whole)) if float(whole) else 0
    tick = format_html('<path class="tick-mark" d="M{} 0V10"/>', float(target)) if target else ""
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" y="3" width="100" height="4"/><rect class="share" y="3" width="{}" height="4"/>{}</svg>',
        round(share, 2),
        tick,
    )


@register.simple_tag
def fixed(name: str) -> SafeString:
    """Include the template `name`, which depends on nothing but the language: made once for each."""
    return _fixed(name, get_language())


@lru_cache(maxsize=20)
def _fixed(name: str, _language: str | None) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def to(name: str, key: str) -> str:
    """Write the address of the thing `key` on the page `name`, as `{% url %}` does: for rows, where that is dear."""
    head, tail = _around_key(name)
    plain = key.isalnum() and key.isascii()
    return f"{head}{key if plain else quote(key, safe=_SAFE_IN_ADDRESS)}{tail}"


@cache
def _around_key(name: str) -> tuple[str, str]:
    head, tail = reverse(name, args=[_ANY_KEY]).split(_ANY_KEY)
    return head, tail


@register.filter
def browser(user_agent: str) -> str:
    """Write the browser and the system of a sign-in: "Chrome trên Windows"."""
    return browser_words(user_agent)


@register.filter
def weekday(value: date) -> str:
    """Write the name of a day, in the reader's language."""
    names = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật"))
    return names[value.weekday()]
