"""From a file to a log: what the file is (by its content, not its name), which of its sheets holds the log."""

import re
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from chuan.formats import csvfile, parquet, xes, xlsx
from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.by_dossier import gather_dossiers
from chuan.reading.eventlogs.by_event import gather_events
from chuan.reading.eventlogs.cells import Cells, Progress
from chuan.reading.eventlogs.from_xes import log_of_traces
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.kinds import Kinds
from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.proposal import propose_for
from chuan.reading.eventlogs.table import (
    HEADINGS_WITHIN,
    Table,
    find_table,
    index_of,
    listed,
    table_below,
    unique_headings,
)
from chuan.reading.eventlogs.unused import with_unused_noted
from chuan.reading.timestamps import looks_like_a_date
from chuan.rules.eventlog import EventLog
from chuan.text.messages import BadInput, message
from chuan.text.vietnamese import clean, fold_words

_GZIP = b"\x1f\x8b"
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
_PARQUET = b"PAR1"
_WORD_97 = "WordDocument".encode("utf-16-le")
_BPMN = b"http://www.omg.org/spec/BPMN/"
_TREE = re.compile(rb"\s*(?:->|[+*X])\s*\(\s*'")
_JSON = (b"{", b"[{")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_log(
    path: Path, mapping: LogMapping | None = None, progress: Progress | None = None, *, join_equal: bool = True
) -> EventLog:
    """Return the log in the file at `path`: .xlsx, .csv, .xes, .xes.gz or .parquet, told apart by content.

    `progress(done, total)` counts bytes of an XES file, else rows. `join_equal` False keeps rows that are equal in
    step, time and position apart: traces of bare models need it. Raises BadInput with what to mend; single bad rows do
    not raise, they are listed in the log.
    """
    given = mapping or LogMapping()
    start = _start_of(path)
    _refuse_what_is_no_log(path, start)
    if start.startswith(_GZIP) or _is_markup(start):
        _refuse_a_web_page(start)
        log = log_of_traces(xes.read_traces(path, progress), given, path.name, join_equal=join_equal)
        return with_unused_noted(log, given)
    return read_rows(read_table(path, given), given, progress, path.name, join_equal=join_equal)


def read_table(path: Path, mapping: LogMapping | None = None, *, any_headings: bool = False) -> Table:
    """Return the table of a log that is a table (.xlsx, .csv, .parquet): headings found, titles and totals apart.

    `any_headings`: where no row is known to be headings, the first with most words is taken, for people to say what its
    columns tell; otherwise BadInput.
    """
    given = mapping or LogMapping()
    start = _start_of(path)
    _refuse_what_is_no_log(path, start)
    if start.startswith((_ZIP, _OLE)):
        return _table_of_sheets(xlsx.read_sheets(path.read_bytes()), given, any_headings)
    if start.startswith(_PARQUET):
        columns = parquet.read_columns(path)
        return Table(unique_headings(columns.headings), columns.rows, 1)
    rows = csvfile.read_rows(path.read_bytes())
    return _found(find_table(rows, tuple(given.columns.values()))[1], rows, any_headings)


def read_rows(
    table: Table,
    mapping: LogMapping | None = None,
    progress: Progress | None = None,
    source: str = "",
    *,
    join_equal: bool = True,
) -> EventLog:
    """Return the log in `table`; its columns are understood by their headings, `mapping` has the last word."""
    given = mapping or LogMapping()
    proposal = propose_for(table, given)
    gathering = Gathering(proposal.granularity, join_equal=join_equal)
    gathering.notes.extend(proposal.unsure)
    if table.left_out:
        gathering.notes.append(message("eventlogs.other_sheets", used=table.name, left=", ".join(table.left_out)))
    if table.hidden:
        gathering.notes.append(message("eventlogs.hidden_rows", count=table.hidden))
    cells, kinds = Cells(table, proposal, given), Kinds(given.kinds)
    if proposal.granularity == "event":
        gather_events(cells, kinds, gathering, progress)
    else:
        gather_dossiers(cells, proposal.steps, kinds, gathering, progress)
    return with_unused_noted(gathering.log(dict(proposal.columns), source or table.name), given)


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(2048)
    if not start.strip():
        raise BadInput("eventlogs.empty")
    return start


def _refuse_what_is_no_log(path: Path, start: bytes) -> None:
    """Refuse, by its name, what is often handed in instead of a log: mostly the procedure, the two changed places."""
    if start.startswith(b"%PDF"):
        raise BadInput("eventlogs.pdf")
    if start.lstrip().startswith(_JSON):
        raise BadInput("eventlogs.json")
    if (start.startswith(_ZIP) and _holds(path, "word/document.xml")) or _WORD_97 in start:
        raise BadInput("eventlogs.word")
    if _BPMN in start or _TREE.match(start):
        raise BadInput("eventlogs.diagram")


def _holds(path: Path, part: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return part in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _is_markup(start: bytes) -> bool:
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\x00", b"").lstrip().startswith(b"<")


def _refuse_a_web_page(start: bytes) -> None:
    lowered = start.lower()
    if not lowered.lstrip().startswith(b"<?xml") and (b"<html" in lowered or b"<table" in lowered):
        raise BadInput("eventlogs.web_page")


def _table_of_sheets(sheets: Sequence[xlsx.Sheet], mapping: LogMapping, any_headings: bool) -> Table:
    """Return the table of the sheet whose headings fit best; visible before hidden, long before short."""
    wanted = tuple(mapping.columns.values())
    chosen = _named_sheet(sheets, mapping.sheet) if mapping.sheet else list(sheets)
    if not any(cell != "" for sheet in chosen for row in sheet.rows for cell in row):
        raise BadInput("eventlogs.empty")
    filled = [replace(sheet, rows=sheet.filled()) if sheet.merged else sheet for sheet in chosen]
    found = [(sheet, *find_table(sheet.rows, wanted, sheet.name)) for sheet in filled]
    sheet, _, table = max(found, key=lambda one: (one[1] > 0, one[0].visible, one[1], len(one[0].rows)))
    others = tuple(other.name for other, fit, _ in found if fit and other is not sheet and other.visible)
    chosen_table = _found(table, sheet.rows, any_headings)
    return replace(chosen_table, left_out=others, hidden=sheet.hidden_from(chosen_table.first_row - 1))


def _named_sheet(sheets: Sequence[xlsx.Sheet], name: str) -> list[xlsx.Sheet]:
    names = [sheet.name for sheet in sheets]
    place = index_of(names, name)
    if place is None:
        raise BadInput("eventlogs.mapped_column_missing", key="sheet", column=name, headings=listed(names))
    return [sheets[place]]


def _found(table: Table | None, rows: Sequence[Sequence[Cell]], any_headings: bool) -> Table:
    if table is not None:
        return table
    most_words = max(rows[:HEADINGS_WITHIN], key=_number_of_words, default=())
    headings = [clean(str(cell)) for cell in most_words]
    if not any(headings):
        raise BadInput("eventlogs.empty")
    if encoding := _old_letters(headings):
        raise BadInput("eventlogs.old_letters", encoding=encoding, headings=listed(headings))
    if not any_headings:
        raise BadInput("eventlogs.no_headings", headings=listed(headings))
    return table_below(rows, rows.index(most_words), most_words)


def _old_letters(headings: Sequence[str]) -> str:
    """Return the encoding before Unicode in which `headings` are written, "" for none."""
    table = tomllib.loads((files("chuan.data") / "reading_logs" / "old_letters.toml").read_text(encoding="utf-8"))
    text = " ".join(headings).casefold()
    return next((name for name, words in table.items() if any(word.casefold() in text for word in words)), "")


def _number_of_words(row: Sequence[Cell]) -> int:
    """Return how many different words stand in `row`: a title merged over all columns is one, dates are none."""
    return len({fold_words(cell) for cell in row if isinstance(cell, str) and not looks_like_a_date(cell)} - {""})
