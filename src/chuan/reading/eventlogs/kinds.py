"""What a state or an activity does to the clock: the words and codes of the national status catalogue (facts 3.9).

Rule: in a column of states or kinds all words and codes count. An activity is a clock event only when the whole of it
is the name of one ("Yêu cầu bổ sung"); the event keeps its words, so that who knows the titles of the steps can prefer
a step of that very title.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chuan.rules.dossier_status import status_of
from chuan.rules.eventlog import EventKind
from chuan.text.vietnamese import fold_words

_CODE = re.compile(r"0?(\d{1,2})")
_CODE_BEFORE_WORDS = re.compile(r"^0?\d{1,2} (?=[a-z])")
_NOT_YET = ("chua", "khong", "cho", "chuan bi", "not")


class _Words(NamedTuple):
    events: Mapping[str, EventKind]
    states: Mapping[str, EventKind]


class Kinds:
    """Reads kinds; `own` are the words of a mapping file, which come first."""

    def __init__(self, own: Mapping[str, EventKind] | None = None) -> None:
        self._own = {fold_words(word): kind for word, kind in (own or {}).items()}
        self._activities: dict[str, EventKind | None] = {}
        self._states: dict[str, EventKind | None] = {}

    def of_activity(self, activity: str) -> EventKind | None:
        """Return the kind that `activity` as a whole names, None for a step of the work."""
        if activity not in self._activities:
            words = fold_words(activity)
            self._activities[activity] = self._own.get(words) or _words().events.get(words)
        return self._activities[activity]

    def of_state(self, state: str) -> EventKind | None:
        """Return the kind of a state, its code or both ("9 - Đã xử lý xong"); None when it is not known."""
        if state not in self._states:
            words = fold_words(state)
            self._states[state] = self._own.get(words) or _kind_of_state(words)
        return self._states[state]

    def of_kind(self, cell: str) -> EventKind | None:
        """Return the kind that a column of kinds names: our own word ("paused"), else as a state."""
        name = cell.strip().casefold()
        return EventKind(name) if name in set(EventKind) else self.of_state(cell)


@cache
def names_reception(activity: str) -> bool:
    """Return whether the whole of `activity`, a step of the work, is the name of the reception."""
    return _words().states.get(fold_words(activity)) is EventKind.RECEIVED


def _kind_of_state(words: str) -> EventKind | None:
    known = _words()
    if code := _CODE.fullmatch(words):
        status = status_of(code[1])
        return status.kind if status else None
    words = _CODE_BEFORE_WORDS.sub("", words)
    return known.states.get(words) or _longest_inside(words, known.states)


def _longest_inside(words: str, known: Mapping[str, EventKind]) -> EventKind | None:
    """Return the kind of the longest known words inside `words`; "chưa …" before them says the opposite."""
    inside = [state for state in known if " " in state and f" {state} " in f" {words} "]
    if not inside:
        return None
    longest = max(inside, key=len)
    before = words[: words.index(longest)].strip()
    return EventKind.STATUS if before.endswith(_NOT_YET) else known[longest]


@cache
def _words() -> _Words:
    table = tomllib.loads((files("chuan.data") / "reading_logs" / "kinds.toml").read_text(encoding="utf-8"))
    events: dict[str, EventKind] = {}
    states: dict[str, EventKind] = {}
    for name, about in table.items():
        kind = EventKind(name)
        events.update((fold_words(word), kind) for word in about["events"])
        states.update((fold_words(word), kind) for word in about["events"] + about["states"])
    return _Words(events, states)
