"""The workbook of an agency's units, positions and people: sheets -> rows that were understood, and what was not.

Three lists, each optional but at least one: units (code, name, kind), positions (code, title, unit, roles separated by
";"), people (staff code, name, work e-mail, and the position held from–to; a person with two positions has two rows).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from chuan.formats.xlsx import Sheet
from chuan.reading.lists import ListRow, Problem, find_rows, heading, layouts, missing, words
from chuan.reading.timestamps import DateColumn, date_column
from chuan.rules.authority import Role
from chuan.text.messages import Message, message
from chuan.text.vietnamese import fold_words

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; `kind` is one of the kinds of `staff.toml`."""

    place: ListRow
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position; `unit` is a unit code or ""."""

    place: ListRow
    code: str
    title: str
    unit: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person and, with `position`, a position held from–to."""

    place: ListRow
    code: str
    name: str
    email: str
    position: str
    from_on: date | None
    until_on: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class StaffWorkbook:
    """All rows that were understood, in the order of the workbook, and all problems."""

    units: tuple[UnitRow, ...]
    positions: tuple[PositionRow, ...]
    people: tuple[PersonRow, ...]
    problems: tuple[Problem, ...]


class _Trouble(Exception):
    """A row that cannot be understood: the column and the reason."""

    def __init__(self, column: str, code: str, /, **values: object) -> None:
        self.column, self.reason = column, message(code, **values)
        super().__init__(code)


def read_staff(sheets: Iterable[Sheet]) -> StaffWorkbook:
    """Read the workbook. Raises BadInput when none of the three lists is in it."""
    known = list(sheets)
    problems: list[Problem] = []
    units = _read("units", known, _unit, problems)
    positions = _read("positions", known, _position, problems)
    people = _people(known, problems)
    if units is None and positions is None and people is None:
        raise missing(layouts("staff")["people"])
    _report_repeated("units", [row.place for row in units or ()], problems)
    _report_repeated("positions", [row.place for row in positions or ()], problems)
    return StaffWorkbook(tuple(units or ()), tuple(positions or ()), tuple(people or ()), tuple(problems))


def _read(
    name: str, sheets: list[Sheet], understand: Callable[[ListRow], _Row], problems: list[Problem]
) -> list[_Row] | None:
    layout = layouts("staff")[name]
    rows = find_rows(sheets, layout)
    if rows is None:
        return None
    understood = []
    for row in rows:
        try:
            understood.append(understand(row))
        except _Trouble as trouble:
            problems.append(Problem(row.sheet, row.row, heading(layout, trouble.column), trouble.reason))
    return understood


def _unit(row: ListRow) -> UnitRow:
    return UnitRow(row, _needed("units", row, "code"), _needed("units", row, "name"), _kind(row))


def _position(row: ListRow) -> PositionRow:
    written = [word for word in row.text("roles").replace(",", ";").split(";") if word.strip()]
    return PositionRow(
        place=row,
        code=_needed("positions", row, "code"),
        title=_needed("positions", row, "title"),
        unit=row.text("unit"),
        roles=tuple(_role(word) for word in written),
    )


def _people(sheets: list[Sheet], problems: list[Problem]) -> list[PersonRow] | None:
    layout = layouts("staff")["people"]
    rows = find_rows(sheets, layout) or []
    columns = {
        name: date_column(heading(layout, name), [row.cells.get(name, "") for row in rows], 1)
        for name in ("from_on", "until_on")
    }
    return _read("people", sheets, lambda row: _person(row, columns), problems)


def _person(row: ListRow, columns: dict[str, DateColumn]) -> PersonRow:
    person = PersonRow(
        place=row,
        code=_needed("people", row, "code"),
        name=_needed("people", row, "name"),
        email=row.text("email"),
        position=row.text("position"),
        from_on=_day(row, "from_on", columns),
        until_on=_day(row, "until_on", columns),
        decision=row.text("decision"),
    )
    if person.position and person.from_on is None:
        raise _Trouble("from_on", "lists.position_needs_day")
    return person


def _needed(name: str, row: ListRow, column: str) -> str:
    text = row.text(column)
    if not text:
        raise _Trouble(column, "lists.empty_cell", column=heading(layouts("staff")[name], column))
    return text


def _day(row: ListRow, column: str, columns: dict[str, DateColumn]) -> date | None:
    reading = columns[column].read(row.cells.get(column, ""))
    if reading.problem is not None:
        raise _Trouble(column, "lists.bad_date", value=row.text(column))
    return reading.at.date() if reading.at else None


def _kind(row: ListRow) -> str:
    written = row.text("kind")
    if not written:
        return "division"
    for kind, names in words("staff")["kinds"].items():
        if fold_words(written) in {fold_words(name) for name in names}:
            return str(kind)
    known = "; ".join(names[0] for names in words("staff")["kinds"].values())
    raise _Trouble("kind", "lists.unknown_kind", value=written, known=known)


@cache
def _roles() -> dict[str, Role]:
    return {fold_words(role.label.text(language)): role for role in _GIVEN for language in ("en", "vi")}


_GIVEN = tuple(role for role in Role if role is not Role.CITIZEN)


def _role(word: str) -> Role:
    found = _roles().get(fold_words(word))
    if found is None:
        known = "; ".join(role.label.text() for role in _GIVEN)
        raise _Trouble("roles", "lists.unknown_role", value=word.strip(), known=known)
    return found


def _report_repeated(name: str, rows: list[ListRow], problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        code = row.text("code").casefold()
        if code in seen:
            reason: Message = message("lists.repeated_code", value=row.text("code"), row=seen[code])
            problems.append(Problem(row.sheet, row.row, heading(layouts("staff")[name], "code"), reason))
        seen.setdefault(code, row.row)
