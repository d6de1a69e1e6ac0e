"""Word by word: what was taken out of a text and what was put in."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """What happened to a piece of text."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that stayed, went or came."""

    change: Change
    text: str


def word_difference(before: str, after: str) -> tuple[Segment, ...]:
    """Return the pieces in reading order, what was removed before what was added.

    The EQUAL and REMOVED pieces together are `before`, the EQUAL and ADDED ones `after`.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    segments: list[Segment] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            segments.append(Segment(Change.EQUAL, "".join(old[old_start:old_end])))
            continue
        if old_start < old_end:
            segments.append(Segment(Change.REMOVED, "".join(old[old_start:old_end])))
        if new_start < new_end:
            segments.append(Segment(Change.ADDED, "".join(new[new_start:new_end])))
    return tuple(segments)
