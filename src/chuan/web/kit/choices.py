"""Filters above a list: chips, each a link that keeps the other filters and starts the list again; long selects."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

LONGEST_OPTION = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A word and the value it stands for in the address."""

    word: str
    value: str


def choices(request: HttpRequest, name: str, offered: Iterable[Choice]) -> list[tuple[str, str, bool]]:
    """Return (word, address, chosen) for `<c-choices>`; `name` is the parameter in the address."""
    chosen = request.GET.get(name, "")
    return [(choice.word, _address(request, name, choice.value), choice.value == chosen) for choice in offered]


def options(named: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Return the options of a select, hundreds of them: a loop in the template would cost more than the list."""
    marks = {chosen: " selected"}
    rows = ((value, marks.get(value, ""), word[:LONGEST_OPTION]) for value, word in named)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _address(request: HttpRequest, name: str, value: str) -> str:
    wanted = request.GET.copy()
    wanted.pop("sau", None)
    wanted[name] = value
    if not value:
        del wanted[name]
    return f"{request.path}?{wanted.urlencode()}" if wanted else request.path
