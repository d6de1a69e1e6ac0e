"""Tables with one row per dossier: dates of the whole only, or also one column per step with its completion."""

from collections.abc import Sequence

from chuan.reading.eventlogs.cells import Cells, Progress, Row
from chuan.reading.eventlogs.facts import MOMENTS
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.kinds import Kinds
from chuan.rules.eventlog import Event, EventKind
from chuan.text.messages import message


def gather_dossiers(
    cells: Cells, steps: Sequence[str], kinds: Kinds, gathering: Gathering, progress: Progress | None
) -> None:
    """Add every row of `cells` to `gathering`. `steps` are the headings of the columns of steps, in their order."""
    columns = [(cells.place(step), step, kinds.of_activity(step) or EventKind.STEP) for step in steps]
    for number, row in cells.rows(progress):
        dossier = cells.text(row, "dossier")
        if not dossier:
            gathering.bad(number, "", "", message("eventlogs.row_without_dossier"))
            continue
        told = _tell_moments(cells, dossier, number, row, gathering)
        for place, step, kind in columns:
            at = cells.moment_in(row, place, number, gathering)
            if at is not None:
                told = True
                gathering.event(dossier, Event(at, step, kind, row=number))
        if not told:
            gathering.bad(number, "", dossier, message("eventlogs.row_without_time", dossier=dossier))
            continue
        for fact in ("status", "service_code"):
            if text := cells.text(row, fact):
                gathering.word(dossier, fact, text)
    cells.note_whole_days(gathering)


def _tell_moments(cells: Cells, dossier: str, number: int, row: Row, gathering: Gathering) -> bool:
    told = False
    for fact in MOMENTS:
        at = cells.moment(row, fact, number, gathering)
        if at is not None:
            told = True
            gathering.dossier(dossier, number)
            gathering.moment(dossier, fact, at)
    return told
