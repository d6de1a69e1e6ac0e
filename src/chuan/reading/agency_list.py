"""The workbook of a province's agencies: rows that were understood, and what was not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chuan.formats.xlsx import Sheet
from chuan.reading.lists import ListRow, Problem, Understanding, find_rows, heading, layouts, missing, words
from chuan.reading.timestamps import DateColumn, date_column


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
        read = Understanding(row, layout)
        agency = _agency(read, days, seen)
        problems += read.problems
        if read.problems:
            refused.add(row.text("code"))
        else:
            agencies.append(agency)
        seen.setdefault(row.text("code").casefold(), row.row)
    return AgencyList(tuple(agencies), tuple(problems), frozenset(refused))


def _agency(read: Understanding, days: DateColumn, seen: dict[str, int]) -> AgencyRow:
    code, name, _kind = (read.needed(column) for column in ("code", "name", "kind"))
    if (first := seen.get(code.casefold())) is not None:
        read.wrong("code", "lists.repeated_code", value=code, row=first)
    kind, _, commune_type = read.one_of("kind", words("agencies")["kinds"], "lists.unknown_agency_kind").partition("/")
    return AgencyRow(
        place=read.row,
        code=code,
        name=name,
        kind=kind,
        commune_type=commune_type,
        superior=read.row.text("superior"),
        from_on=read.day("from_on", days),
        obligation=read.one_of("obligation", words("agencies")["obligations"], "lists.unknown_obligation"),
        source=read.row.text("source"),
    )
