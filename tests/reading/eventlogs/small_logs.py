"""Small logs for the tests, written as text and read as the command reads them."""

from pathlib import Path

from chuan.reading.eventlogs import LogMapping, read_log
from chuan.rules.eventlog import EventLog


def log_of(folder: Path, text: str, mapping: LogMapping | None = None) -> EventLog:
    """Return the log that `text`, as a CSV file, is read as."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return read_log(path, mapping)


def told(log: EventLog) -> list[tuple[str, list[str]]]:
    """Return each dossier with the activities of its events in order."""
    return [(dossier.id, [event.activity for event in dossier.events]) for dossier in log.dossiers]


def codes(log: EventLog) -> list[str]:
    """Return the codes of the notes."""
    return [note.code for note in log.notes]
