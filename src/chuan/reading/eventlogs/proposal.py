"""Which column tells what, and whether a row is an event, a dossier, or a dossier with one column per step."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.by_cells import settle_by_cells
from chuan.reading.eventlogs.facts import IGNORED, MOMENTS, Recognised, recognise
from chuan.reading.eventlogs.hours import hours_of
from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.of_dossiers import settle_moments
from chuan.reading.eventlogs.table import Table, Words, index_of, is_total, listed, needed_index
from chuan.reading.timestamps import DateColumn, empty_words, looks_like_a_date
from chuan.text.messages import BadInput, Message, message
from chuan.text.vietnamese import fold

SAMPLE_ROWS = 200
_MOSTLY = 0.5
_DOSSIER_CODE = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*-\d{6}-[A-Z0-9]{4,}", re.IGNORECASE)
"""Both orders of agency and place, 4 or more signs after the day: old codes (TT 01/2018, Article 19) and new ones."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was understood of a table, for the reader of rows and for the page that shows and corrects it.

    `columns`: fact -> heading. `granularity`: "event", "dossier" or "steps"; `steps`: the headings that are steps, for
    the last. `hours`: heading of days -> heading of the hours beside them. `unsure` says in words what could be meant
    otherwise.
    """

    columns: Mapping[str, str]
    granularity: str
    steps: tuple[str, ...] = ()
    hours: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[Message, ...] = ()


def propose_mapping(
    headings: Sequence[str], sample_rows: Sequence[Sequence[Cell]], mapping: LogMapping | None = None
) -> Proposal:
    """Return what the columns seem to tell, judged by their headings and some rows; `mapping` has the last word.

    Raises BadInput when no column can be the dossier's code or none has a time: the message lists the headings.
    """
    given = mapping or LogMapping()
    headings = _without_unused(headings, given)
    columns = {fact: headings[needed_index(headings, name, f"columns.{fact}")] for fact, name in given.columns.items()}
    dated, dateless = _dated(headings, sample_rows)
    mapped_steps = [name for name in (*given.steps, *given.kinds) if index_of(headings, name) is not None]
    unsure: list[Message] = []
    settle_by_cells(columns, headings, sample_rows)
    found = _recognised([heading for heading in headings if heading not in dateless], columns, unsure)
    weak = {heading: one for heading, one in found.items() if one.weak}
    columns |= {one.fact: heading for heading, one in found.items() if not one.weak and one.fact != IGNORED}
    if "activity" not in given.columns and given.granularity != "event":
        _settle_row(columns, headings, sample_rows, unsure)
    loose = [heading for heading in dated if heading not in found or heading in weak]
    steps = _step_columns(columns, loose, mapped_steps, headings, given)
    if not steps:
        columns = {one.fact: heading for heading, one in weak.items() if heading in dated} | columns
    granularity = given.granularity or _granularity(columns, steps, headings, sample_rows)
    if granularity == "event":
        _settle_event_time(columns, [heading for heading in loose if heading not in columns.values()], unsure)
    else:
        settle_moments(columns, headings, [one for one in dated if one not in steps], unsure)
    if "dossier" not in columns:
        _settle_dossier(columns, headings, sample_rows, unsure)
    wanted = {*MOMENTS, "at"} if granularity == "event" else set(MOMENTS)
    undated = _undated(wanted - set(columns), dateless, headings, sample_rows)
    _require(columns, granularity, headings, undated)
    unsure += undated
    used = tuple(steps) if granularity == "steps" else ()
    moments = [heading for fact, heading in columns.items() if fact in (*MOMENTS, "at")]
    hours = hours_of(headings, sample_rows, (*moments, *used), given, unsure)
    return Proposal(columns, granularity, used, hours, tuple(unsure))


def recognised_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return fact -> heading by the headings alone: for people to go on from where a table cannot be understood."""
    found = _recognised(headings, {}, [])
    return {one.fact: heading for heading, one in found.items() if one.fact != IGNORED}


def propose_for(table: Table, mapping: LogMapping | None = None) -> Proposal:
    """Return `propose_mapping` of a table."""
    return propose_mapping(table.headings, table.rows[:SAMPLE_ROWS], mapping)


def _without_unused(headings: Sequence[str], given: LogMapping) -> Sequence[str]:
    """Return the headings with those empty that the mapping says are not used."""
    unused = {index_of(headings, name) for name in given.unused}
    return ["" if place in unused else heading for place, heading in enumerate(headings)]


def _dated(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[list[str], list[str]]:
    """Return the headings whose cells are mostly dates, and those that announce a moment but hold none at all."""
    words, blank = Words(), empty_words()
    rows = [row for row in rows if not is_total(next((words[cell] for cell in row if words[cell]), ""))]
    dated, dateless = [], []
    for index, heading in enumerate(headings):
        cells = [row[index] for row in rows if index < len(row) and fold(words[row[index]]) not in blank]
        if heading and cells and sum(map(looks_like_a_date, cells)) >= _MOSTLY * len(cells):
            dated.append(heading)
        elif cells and _announces_a_moment(heading) and not any(map(_resembles_a_date, cells)):
            dateless.append(heading)
    return dated, dateless


def _undated(
    wanted: Collection[str], dateless: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> list[Message]:
    """Return what is wrong with the headings of facts that are `wanted`: none of their cells is a date."""
    words, blank = Words(), empty_words()
    found = []
    for heading in dateless:
        if (one := recognise(heading)) and one.fact in wanted:
            cells = (words[row[place]] for row in rows if (place := headings.index(heading)) < len(row))
            value = next(text for text in cells if fold(text) not in blank)
            found.append(message("eventlogs.no_dates", column=heading, value=value))
    return found


def _announces_a_moment(heading: str) -> bool:
    one = recognise(heading)
    return one is not None and one.fact in (*MOMENTS, "at", "started_at")


def _resembles_a_date(cell: Cell) -> bool:
    """Tell whether `cell` is a date, or was meant as one (31/02/2025)."""
    problem = DateColumn("").read(cell).problem
    return problem is None or problem.code != "timestamps.unreadable"


def _recognised(headings: Sequence[str], columns: Mapping[str, str], unsure: list[Message]) -> dict[str, Recognised]:
    """Return heading -> fact for what the mapping leaves open; one heading per fact, the strongest, then the first."""
    found: dict[str, Recognised] = {}
    best: dict[str, str] = {}
    for heading in headings:
        one = recognise(heading)
        if one is None or heading in columns.values() or one.fact in columns:
            continue
        rival = best.get(one.fact)
        if one.fact == IGNORED or rival is None:
            found[heading] = one
            best.setdefault(one.fact, heading)
            continue
        loser, winner = (heading, rival) if found[rival].strength >= one.strength else (rival, heading)
        unsure.append(message("eventlogs.two_columns", fact=one.fact, used=winner, left=loser))
        best[one.fact] = winner
        found[loser], found[winner] = Recognised(IGNORED, 0), one if winner == heading else found[rival]
    return found


def _step_columns(
    columns: Mapping[str, str], loose: list[str], mapped: list[str], headings: Sequence[str], given: LogMapping
) -> list[str]:
    """Return the headings that are steps: those the mapping names, else two or more dated columns that tell no fact."""
    if "activity" in columns and given.granularity != "steps":
        return []
    usable = (len(loose) >= 2 and not _is_day_book(columns, loose, headings)) or given.granularity == "steps"
    wanted = set(mapped) | set(loose if usable else ())
    wanted = {headings[place] for name in wanted if (place := index_of(headings, name)) is not None}
    return [heading for heading in headings if heading in wanted and heading not in columns.values()]


def _is_day_book(columns: Mapping[str, str], loose: Sequence[str], headings: Sequence[str]) -> bool:
    """Tell whether bare headings are moments of the dossier, each another one ("Nhận HS", "Hẹn trả KQ", "Trả KQ").

    One may be unknown: behind the due date and with no other finish, it is the finish.
    """
    known = [one.fact for heading in loose if (one := recognise(heading))]
    unknown = [heading for heading in loose if recognise(heading) is None]
    if not known or len(set(known)) < len(known) or "due_at" not in columns:
        return False
    told = {*columns, *known}
    lacks_the_finish = "received_at" in told and not {"finished_at", "returned_at"} & told
    behind = [one for one in unknown if headings.index(one) > headings.index(columns["due_at"])]
    return not unknown or (lacks_the_finish and len(unknown) == len(behind) == 1)


def _granularity(
    columns: Mapping[str, str], steps: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> str:
    """A row is an event when it names an activity, or a state at a time with nothing of the whole dossier beside it, or
    with a dossier on several rows: then the states are its history."""
    if "activity" in columns:
        return "event"
    if steps:
        return "steps"
    history = "status" in columns and "at" in columns
    if history and (not any(fact in columns for fact in MOMENTS) or _comes_again(columns, headings, rows)):
        return "event"
    return "dossier"


def _comes_again(columns: Mapping[str, str], headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether some dossier stands in several rows with different times."""
    if "dossier" not in columns:
        return False
    places = [headings.index(columns[fact]) for fact in ("dossier", "at")]
    told = {tuple(row[place] for place in places) for row in rows if len(row) > max(places)}
    return len({dossier for dossier, _ in told}) < len(told)


def _settle_row(
    columns: dict[str, str], headings: Sequence[str], rows: Sequence[Sequence[Cell]], unsure: list[Message]
) -> None:
    """Drop the activity where rows are dossiers: each once, with reception and due date and no time of an event."""
    if "at" in columns or not {"dossier", "activity", "received_at", "due_at"} <= set(columns):
        return
    place = headings.index(columns["dossier"])
    codes = [row[place] for row in rows if place < len(row) and row[place] not in ("", None)]
    if len(codes) > 1 and len(set(codes)) == len(codes):
        unsure.append(message("eventlogs.rows_are_dossiers", column=columns.pop("activity")))


def _settle_event_time(columns: dict[str, str], loose: Sequence[str], unsure: list[Message]) -> None:
    """Take the only dated column as the time of events when no heading says it; else the day of completion."""
    if "at" in columns:
        return
    if len(loose) == 1:
        columns["at"] = loose[0]
    elif "finished_at" in columns:
        columns["at"] = columns.pop("finished_at")
    else:
        return
    unsure.append(message("eventlogs.time_guessed", column=columns["at"]))


def _settle_dossier(
    columns: dict[str, str], headings: Sequence[str], rows: Sequence[Sequence[Cell]], unsure: list[Message]
) -> None:
    """Take the first free column whose cells are mostly dossier codes. The code itself stays opaque text."""
    for index, heading in enumerate(headings):
        cells = [str(row[index]).strip() for row in rows if index < len(row) and row[index]]
        codes = sum(1 for cell in cells if _DOSSIER_CODE.fullmatch(cell))
        if heading and heading not in columns.values() and cells and codes >= _MOSTLY * len(cells):
            columns["dossier"] = heading
            unsure.append(message("eventlogs.dossier_guessed", column=heading))
            return


def _require(columns: Mapping[str, str], granularity: str, headings: Sequence[str], undated: Sequence[Message]) -> None:
    if "dossier" not in columns:
        raise BadInput("eventlogs.no_dossier_column", headings=listed(headings))
    if granularity == "event" and not {"activity", "status", "kind"} & set(columns):
        raise BadInput("eventlogs.no_activity_column", headings=listed(headings))
    timeless = granularity == "dossier" and not any(fact in columns for fact in MOMENTS)
    timeless |= granularity == "event" and "at" not in columns
    if timeless and undated:
        raise BadInput(undated[0].code, **undated[0].values)
    if timeless:
        raise BadInput("eventlogs.no_time_column", headings=listed(headings))
