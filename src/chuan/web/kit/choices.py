"""Filter chips above a list: each is a link that keeps the other filters and starts the list again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Choice:
    """A word and the value it stands for in the address."""

    word: str
    value: str


def choices(request: HttpRequest, name: str, offered: Iterable[Choice]) -> list[tuple[str, str, bool]]:
    """Return (word, address, chosen) for `<c-choices>`; `name` is the parameter in the address."""
    chosen = request.GET.get(name, "")
    return [(choice.word, _address(request, name, choice.value), choice.value == chosen) for choice in offered]


def _address(request: HttpRequest, name: str, value: str) -> str:
    wanted = request.GET.copy()
    wanted.pop("sau", None)
    wanted[name] = value
    if not value:
        del wanted[name]
    return f"{request.path}?{wanted.urlencode()}" if wanted else request.path
