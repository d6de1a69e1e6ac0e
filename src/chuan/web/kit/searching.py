"""Search sources: each kind of thing says how it is found; the results page asks all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise

from chuan.kernel.actor import Actor

SHOWN_PER_SOURCE = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: its name, a second line that tells it from others of that name, and its page."""

    name: str
    about: str
    url: str


Look: TypeAlias = Callable[[Actor, str, int], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A kind of thing: `look(actor, folded words, limit)` returns what `actor` may see, best first."""

    heading: Promise
    look: Look
