"""What a mapping file declares and the log never says: most often a slip of the pen, so it is told."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.table import listed
from chuan.rules.eventlog import EventLog
from chuan.text.messages import Message, message
from chuan.text.vietnamese import fold_words

_NEAR = 0.75


def with_unused_noted(log: EventLog, given: LogMapping) -> EventLog:
    """Return `log` with a note for each part of `given` that holds words which no row has."""
    return (
        replace(log, notes=(*log.notes, *_notes(log, given))) if given.steps or given.positions or given.kinds else log
    )


def _notes(log: EventLog, given: LogMapping) -> Iterator[Message]:
    events = [event for one in log.dossiers for event in one.events]
    activities = {words for event in events for words in (event.activity, event.number)}
    states = activities | {one.status for one in log.dossiers}
    steps = given.steps if "steps" in log.recorded else ()
    positions = given.positions if "position" in log.recorded else ()
    kinds = given.kinds if "kind" not in (log.columns or {}) else ()  # words of that column leave no trace
    for key, declared, said in (
        ("steps", steps, activities),
        ("positions", positions, {event.position or "" for event in events}),
        ("kinds", kinds, states),
    ):
        yield from _note(key, declared, said - {""})


def _note(key: str, declared: Iterable[str], said: set[str]) -> Iterator[Message]:
    known = {fold_words(words) for words in said}
    unused = [words for words in declared if fold_words(words) not in known]
    near = [one for words in unused for one in get_close_matches(words, sorted(said), n=1, cutoff=_NEAR)]
    if near:
        yield message("eventlogs.mapping_unused_near", key=key, words=listed(unused), near=listed(near))
    elif unused:
        yield message("eventlogs.mapping_unused", key=key, words=listed(unused))
