"""Tables with one row per dossier: dates of the whole only, or also one column per step with its completion."""

from collections.abc import Sequence

from chuan.reading.eventlogs.cells import Cells, Progress
from chuan.reading.eventlogs.facts import MOMENTS
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.kinds import Kinds
from chuan.rules.eventlog import Event, EventKind
from chuan.text.messages import message


def gather_dossiers(
    cells: Cells, steps: Sequence[str], kinds: Kinds, gathering: Gathering, progress: Progress | None
) -> None:
    """Add every row of `cells` to `gathering`. `steps` are the headings of the columns of steps, in their order."""
    reader = _DossierRows(cells, steps, kinds, gathering)
    for index in cells.indexes(progress):
        reader.take(index)
    cells.note_dates(gathering)


class _DossierRows:
    """Understands one row at a time; a row without a dossier or without any moment is listed and left out."""

    def __init__(self, cells: Cells, steps: Sequence[str], kinds: Kinds, gathering: Gathering) -> None:
        self._cells = cells
        self._gathering = gathering
        self._dossiers = cells.texts("dossier")
        self._moments = {fact: cells.readings(fact) for fact in MOMENTS if cells.has(fact)}
        self._steps = {step: cells.readings_under(step) for step in steps}
        self._kinds = {step: kinds.of_activity(step) or EventKind.STEP for step in steps}
        self._words = {fact: cells.texts(fact) for fact in ("status", "service_code") if cells.has(fact)}

    def take(self, index: int) -> None:
        """Add the dossier of a row with its moments, its steps and its words."""
        dossier, row, gathering = self._dossiers[index], self._cells.row(index), self._gathering
        if not dossier:
            gathering.bad(row, "", "", message("eventlogs.row_without_dossier"))
            return
        if not (self._tell_moments(dossier, index) | self._tell_steps(dossier, index)):
            gathering.bad(row, "", dossier, message("eventlogs.row_without_time", dossier=dossier))
            return
        for fact, texts in self._words.items():
            if text := texts[index]:
                gathering.word(dossier, fact, text)

    def _tell_moments(self, dossier: str, index: int) -> bool:
        told = False
        for fact, readings in self._moments.items():
            reading = readings[index]
            if reading.at is not None:
                told = True
                self._gathering.dossier(dossier, self._cells.row(index))
                self._gathering.moment(dossier, fact, reading.at)
            elif reading.problem is not None:
                self._cells.list_problem(fact, index, reading, self._gathering)
        return told

    def _tell_steps(self, dossier: str, index: int) -> bool:
        told = False
        for step, readings in self._steps.items():
            reading = readings[index]
            self._cells.list_problem(step, index, reading, self._gathering)
            if reading.at is not None:
                told = True
                event = Event(reading.at, step, self._kinds[step], row=self._cells.row(index))
                self._gathering.event(dossier, event)
        return told
