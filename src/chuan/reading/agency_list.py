"""The workbook of a province's agencies: rows that were understood, and what was not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chuan.formats.xlsx import Sheet
from chuan.reading.lists import ListRow, Problem, find_rows, heading, layouts, missing, words
from chuan.reading.timestamps import DateColumn, date_column
from chuan.text.messages import Message, message
from chuan.text.vietnamese import fold_words


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency; `kind` and `obligation` are words of `agencies.toml`, `superior` is a code or "" (the committee)."""

    place: ListRow
    code: str
    name: str
    kind: str
    commune_type: str
    superior: str
    from_on: date | None
    obligation: str
    source: str


@dataclass(frozen=True, slots=True)
class AgencyList:
    """The rows that were understood, in the order of the workbook, all problems, and the codes `refused`."""

    agencies: tuple[AgencyRow, ...]
    problems: tuple[Problem, ...]
    refused: frozenset[str]


class _Trouble(Exception):
    """A row that cannot be understood: the column and the reason."""

    def __init__(self, column: str, reason: Message) -> None:
        self.column, self.reason = column, reason
        super().__init__(column)


def read_agencies(sheets: Iterable[Sheet]) -> AgencyList:
    """Read the list; a row with a problem is left out. Raises BadInput when no such list is found."""
    layout = layouts("agencies")["agencies"]
    rows = find_rows(sheets, layout)
    if rows is None:
        raise missing(layout)
    days = date_column(heading(layout, "from_on"), [row.cells.get("from_on", "") for row in rows], 1)
    agencies: list[AgencyRow] = []
    problems: list[Problem] = []
    refused: set[str] = set()
    seen: dict[str, int] = {}
    for row in rows:
        try:
            agencies.append(_agency(row, days, seen))
        except _Trouble as trouble:
            problems.append(Problem(row.sheet, row.row, heading(layout, trouble.column), trouble.reason))
            refused.add(row.text("code"))
        seen.setdefault(row.text("code").casefold(), row.row)
    return AgencyList(tuple(agencies), tuple(problems), frozenset(refused))


def _agency(row: ListRow, days: DateColumn, seen: dict[str, int]) -> AgencyRow:
    for column in layouts("agencies")["agencies"].required:
        if not row.text(column):
            title = heading(layouts("agencies")["agencies"], column)
            raise _Trouble(column, message("lists.empty_cell", column=title))
    code = row.text("code")
    if (first := seen.get(code.casefold())) is not None:
        raise _Trouble("code", message("lists.repeated_code", value=code, row=first))
    kind, _, commune_type = _word(row, "kind", "kinds", "lists.unknown_agency_kind").partition("/")
    return AgencyRow(
        place=row,
        code=code,
        name=row.text("name"),
        kind=kind,
        commune_type=commune_type,
        superior=row.text("superior"),
        from_on=_day(row, days),
        obligation=_word(row, "obligation", "obligations", "lists.unknown_obligation"),
        source=row.text("source"),
    )


def _word(row: ListRow, column: str, table: str, unknown: str) -> str:
    """Return the code word that stands for what is written in `column`, "" for an empty cell."""
    written = row.text(column)
    known = words("agencies")[table]
    for word, names in known.items():
        if fold_words(written) in {fold_words(name) for name in names}:
            return str(word)
    if not written:
        return ""
    raise _Trouble(column, message(unknown, value=written, known="; ".join(names[0] for names in known.values())))


def _day(row: ListRow, days: DateColumn) -> date | None:
    reading = days.read(row.cells.get("from_on", ""))
    if reading.problem is not None:
        raise _Trouble("from_on", message("lists.bad_date", value=row.text("from_on")))
    return reading.at.date() if reading.at else None
