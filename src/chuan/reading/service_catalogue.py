"""The list of public services as provinces publish it in Excel (parts per NĐ 63/2010/NĐ-CP, Article 8)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from chuan.formats.xlsx import Sheet
from chuan.reading.lists import ListRow, Problem, find_rows, heading, layouts, missing
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.messages import message
from chuan.text.quantities import Unit, read_time

CODE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2})?(\.H\d{2})?")
"""A code of the national database: 1.013225, with or without the suffix of the province (facts 3.4)."""

_UNITS = {
    Unit.DAY: TimeUnit.WORKING_DAY,  # catalogues count working days unless they say otherwise (facts R1)
    Unit.WORKING_DAY: TimeUnit.WORKING_DAY,
    Unit.CALENDAR_DAY: TimeUnit.CALENDAR_DAY,
    Unit.HOUR: TimeUnit.WORKING_HOUR,
    Unit.WORKING_HOUR: TimeUnit.WORKING_HOUR,
    Unit.CONTINUOUS_HOUR: TimeUnit.HOUR,
    Unit.MINUTE: TimeUnit.MINUTE,
    Unit.SAME_DAY: TimeUnit.SAME_WORKING_DAY,
}


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One public service. Limits are None when the list gives none; `…_text` keeps the words."""

    place: ListRow
    code: str
    name: str
    field: str
    level: str
    legal: Limit | None
    legal_text: str
    committed: Limit | None
    committed_text: str
    fee: str
    online_level: str
    competence: str


@dataclass(frozen=True, slots=True)
class ServiceCatalogue:
    """The services that were understood, and what was not."""

    services: tuple[ServiceRow, ...]
    problems: tuple[Problem, ...]


def read_services(sheets: Iterable[Sheet]) -> ServiceCatalogue:
    """Read the list. A row without or with a repeated code or name is a problem and left out; a bad time limit is a
    problem too, but the service stays. Raises BadInput when no such list is found."""
    layout = layouts("services")["services"]
    rows = find_rows(sheets, layout)
    if rows is None:
        raise missing(layout)
    services: list[ServiceRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row in rows:
        found = list(_problems_of(row, seen))
        problems += found
        if not found:
            services.append(_service(row, problems))
            seen[row.text("code")] = row.row
    return ServiceCatalogue(tuple(services), tuple(problems))


def _problems_of(row: ListRow, seen: dict[str, int]) -> Iterable[Problem]:
    layout = layouts("services")["services"]
    for column in layout.required:
        if not row.text(column):
            title = heading(layout, column)
            yield Problem(row.sheet, row.row, title, message("lists.empty_cell", column=title))
    code = row.text("code")
    if code and not CODE.fullmatch(code):
        reason = message("lists.bad_service_code", value=code)
        yield Problem(row.sheet, row.row, heading(layout, "code"), reason)
    if code in seen:
        reason = message("lists.repeated_code", value=code, row=seen[code])
        yield Problem(row.sheet, row.row, heading(layout, "code"), reason)


def _service(row: ListRow, problems: list[Problem]) -> ServiceRow:
    return ServiceRow(
        place=row,
        code=row.text("code"),
        name=row.text("name"),
        field=row.text("field"),
        level=row.text("level"),
        legal=_limit(row, "legal_time", problems),
        legal_text=row.text("legal_time"),
        committed=_limit(row, "committed_time", problems),
        committed_text=row.text("committed_time"),
        fee=row.text("fee"),
        online_level=row.text("online_level"),
        competence=row.text("competence"),
    )


def _limit(row: ListRow, column: str, problems: list[Problem]) -> Limit | None:
    """Return the limit; a bare number counts working days, as such lists mean it."""
    text = row.text(column)
    phrase = read_time(text)
    if not text or not phrase.counted:
        return None
    if phrase.amount is None:
        reason = message("lists.unreadable_time", value=text)
        problems.append(Problem(row.sheet, row.row, heading(layouts("services")["services"], column), reason))
        return None
    unit = _UNITS.get(phrase.amount.unit, TimeUnit.WORKING_DAY)
    return Limit(Fraction(phrase.amount.value), unit)
