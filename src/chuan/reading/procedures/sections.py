"""The parts of a procedure: its lines cut at the section headings, in whatever order they come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chuan.reading.procedures.entries import Place
from chuan.reading.procedures.lines import Line

_SHORT = ("time", "legal_time", "fee", "sets")  # said behind the colon: a table below is no part of them
_INLINE_ONLY = ("symbol", "service_code", "name", "field", "issue", "issued_on", "revision", "effective_on")


@dataclass(frozen=True, slots=True)
class Section:
    """A part: its kind (see sections.toml; "cover" before the first heading), its place, and its lines.

    The words after the colon of the heading are the first line.
    """

    kind: str
    place: Place
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The words of the part, a line each."""
        return "\n".join(line.text for line in self.lines)


def sections_of(lines: list[Line], tables: Sequence[Place] = (), captions: Collection[Place] = ()) -> list[Section]:
    """Return the parts in order. A kind may come twice; a part may be empty, and ends where one of `tables` begins.

    It also ends at one of `captions`, the lines over a table that name the case it is for.
    """
    sections: list[Section] = []
    kind, place, held = "cover", lines[0].place if lines else Place(0), list[Line]()
    for line in lines:
        ended = any(place < table < line.place for table in tables) or line.place in captions
        if ended and kind != "steps":
            sections.append(Section(kind, place, tuple(held)))
            kind, place, held = "steps", line.place, []
        found, value = line.heading
        if found:
            sections.append(Section(kind, place, tuple(held)))
            kind, place = found, line.place
            held = [Line(line.place, value)] if value else []
            continue
        told = kind in _SHORT and place.row < 0 and len(line.cells) > 1 and held[:1] and held[0].place == place
        if held and (kind in _INLINE_ONLY or told):
            sections.append(Section(kind, place, tuple(held)))
            kind, place, held = "", line.place, []
        held.append(line)
    sections.append(Section(kind, place, tuple(held)))
    return [section for section in sections if section.kind]


def part(sections: list[Section], kind: str) -> Section | None:
    """Return the first part of this kind that says something, None when there is none."""
    return next((section for section in sections if section.kind == kind and section.lines), None)
