"""What reading a log says, as pages say it: there people choose in a table of columns and write no mapping file."""

from chuan.text.messages import Message

_ROOMS = ("eventlogs", "timestamps")
_SAID_OTHERWISE = frozenset(
    {
        "no_headings",
        "no_dossier_column",
        "no_activity_column",
        "no_time_column",
        "no_events",
        "no_dossiers",
        "mapped_column_missing",
        "two_columns",
        "time_guessed",
        "hours_joined",
        "hours_left",
        "other_sheets",
        "dossier_guessed",
        "finish_guessed",
        "returned_as_finish",
        "columns_unread",
        "rows_are_dossiers",
        "mixed_orders",
    }
)
"""Names in the catalogue `eventlogs_page`."""


def on_page(said: Message) -> Message:
    """Return `said` without keys of the mapping file and options of commands."""
    room, _, name = said.code.partition(".")
    return Message(f"eventlogs_page.{name}", said.values) if room in _ROOMS and name in _SAID_OTHERWISE else said
