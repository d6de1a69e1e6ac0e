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
from chuan.reading.lists import ListRow, Problem, Understanding, find_rows, heading, layouts, missing, words
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
    name: str, sheets: list[Sheet], understand: Callable[[Understanding], _Row], problems: list[Problem]
) -> list[_Row] | None:
    layout = layouts("staff")[name]
    rows = find_rows(sheets, layout)
    if rows is None:
        return None
    understood = []
    for row in rows:
        read = Understanding(row, layout)
        one = understand(read)
        problems += read.problems
        if not read.problems:
            understood.append(one)
    return understood


def _unit(read: Understanding) -> UnitRow:
    code, name = read.needed("code"), read.needed("name")
    kind = read.one_of("kind", words("staff")["kinds"], "lists.unknown_kind")
    return UnitRow(read.row, code, name, kind or "division")


def _position(read: Understanding) -> PositionRow:
    written = [word for word in read.row.text("roles").replace(",", ";").split(";") if word.strip()]
    return PositionRow(
        place=read.row,
        code=read.needed("code"),
        title=read.needed("title"),
        unit=read.row.text("unit"),
        roles=tuple(role for word in written if (role := _role(read, word)) is not None),
    )


def _people(sheets: list[Sheet], problems: list[Problem]) -> list[PersonRow] | None:
    layout = layouts("staff")["people"]
    rows = find_rows(sheets, layout) or []
    columns = {
        name: date_column(heading(layout, name), [row.cells.get(name, "") for row in rows], 1)
        for name in ("from_on", "until_on")
    }
    return _read("people", sheets, lambda read: _person(read, columns), problems)


def _person(read: Understanding, columns: dict[str, DateColumn]) -> PersonRow:
    position = read.row.text("position")
    if position and not read.row.text("from_on"):
        read.wrong("from_on", "lists.position_needs_day")
    return PersonRow(
        place=read.row,
        code=read.needed("code"),
        name=read.needed("name"),
        email=read.row.text("email"),
        position=position,
        from_on=read.day("from_on", columns["from_on"]),
        until_on=read.day("until_on", columns["until_on"]),
        decision=read.row.text("decision"),
    )


@cache
def _roles() -> dict[str, Role]:
    return {fold_words(role.label.text(language)): role for role in _GIVEN for language in ("en", "vi")}


_GIVEN = tuple(role for role in Role if role is not Role.CITIZEN)


def _role(read: Understanding, word: str) -> Role | None:
    found = _roles().get(fold_words(word))
    if found is None:
        known = "; ".join(role.label.text() for role in _GIVEN)
        read.wrong("roles", "lists.unknown_role", value=word.strip(), known=known)
    return found


def _report_repeated(name: str, rows: list[ListRow], problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        code = row.text("code").casefold()
        if code in seen:
            reason: Message = message("lists.repeated_code", value=row.text("code"), row=seen[code])
            problems.append(Problem(row.sheet, row.row, heading(layouts("staff")[name], "code"), reason))
        seen.setdefault(code, row.row)
