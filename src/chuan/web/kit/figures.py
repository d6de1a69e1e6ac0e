"""A figure that people should know: its parts, its day, and the list behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`part` of `whole`, shown as "106/124 · 85,48 %"; `because` one line below; `link` names the list at `url`."""

    what: str
    part: int
    whole: int
    because: str
    url: str
    link: str
    target: int | None = None  # percent
