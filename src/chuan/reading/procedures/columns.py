"""The heading of a table of steps: which grid columns hold the number, the title, the role, the time and the output."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import takewhile

from chuan.formats.document import Table
from chuan.reading.procedures.numbers import ordinal, split_leading, token
from chuan.reading.procedures.words import heading_kind, pattern
from chuan.text.quantities import Unit, read_time
from chuan.text.vietnamese import clean, fold_words

Row = int
MOST_HEADER_ROWS = 3
_FIGURE = re.compile(r"\W*[\d½¼¾⅓⅔⅛]")


@dataclass(frozen=True, slots=True)
class Columns:
    """The understood heading of a table of steps.

    `fields` maps a kind to its columns, one group per distinct heading, in order: two headings of one kind (Chủ trì,
    Phối hợp; two times) stay apart. `first` and `end` are the heading's rows. `headings` are their words per column.
    """

    fields: Mapping[str, tuple[tuple[int, ...], ...]]
    headings: tuple[str, ...]
    first: Row
    end: Row

    def group(self, kind: str) -> tuple[int, ...]:
        """The columns of the first heading of this kind, () when there is none."""
        groups = self.fields.get(kind, ())
        return groups[0] if groups else ()

    def placed(self, *kinds: str) -> Iterator[tuple[str, int]]:
        """Yield every kind of `kinds` with each of its columns."""
        for kind in kinds:
            for group in self.fields.get(kind, ()):
                yield from ((kind, column) for column in group)

    @property
    def words(self) -> str:
        """The heading as one line."""
        return " | ".join(dict.fromkeys(filter(None, self.headings)))


def find_columns(table: Table, row: Row) -> Columns | None:
    """Return the heading that begins at `row`, None when it is no heading of a table of steps."""
    height = max((cell.row_span for cell in table.rows[row] if cell.row == row), default=1)
    best = None
    for end in range(row + 1, min(row + max(height, 2), row + MOST_HEADER_ROWS, len(table.rows)) + 1):
        found = _columns(table, row, end)
        if found and best is None and end - row > height and _columns(table, row + 1, end):
            return None  # what stands above the heading is no part of it
        if found and (best is None or (end - row <= height) or _better(found, best)):
            best = found
    return best


def _columns(table: Table, first: Row, end: Row) -> Columns | None:
    headings = tuple(_heading(table, column, first, end) for column in range(len(table.rows[first])))
    if any(_holds_a_step(table, row, alone=end - first == 1) for row in range(first, end)):
        return None
    kinds = [heading_kind(heading) for heading in headings]
    if not _is_step_heading(kinds) or any(ordinal(token(heading)) for heading in headings):
        return None
    fields: dict[str, dict[str, list[int]]] = {}
    for column, kind in enumerate(kinds):
        if kind:
            fields.setdefault(kind, {}).setdefault(fold_words(headings[column]), []).append(column)
    groups = {kind: tuple(tuple(group) for group in found.values()) for kind, found in fields.items()}
    return _settled(Columns(groups, headings, first, end), table)


def _heading(table: Table, column: int, first: Row, end: Row) -> str:
    words: list[str] = []
    for row in range(first, end):
        text = clean(table.rows[row][column].text)
        if text and text not in words:
            words.append(text)
    return " ".join(words)


def _holds_a_step(table: Table, row: Row, *, alone: bool) -> bool:
    """Whether the row is a step, whatever its words begin with: "Bước 1: Tiếp nhận | Công chức | Hồ sơ | 1 ngày".

    A second row of a heading (not `alone`) has no step number and no sentence either.
    """
    own = {cell.column: clean(cell.text) for cell in table.rows[row] if cell.row == row}
    if any(split_leading(text)[0] or _says_time(text) for text in own.values()):
        return True
    return not alone and (bool(token(clean(table.rows[row][0].text))) or any(len(text) > 60 for text in own.values()))


def _says_time(text: str) -> bool:
    """Whether the cell is a time and no heading: "0,5 ngày", "Không tính thời gian"; not "Thời gian (1/4 ngày)"."""
    if not _FIGURE.match(text) and heading_kind(text):
        return False
    time = read_time(text)
    return not time.counted or (time.amount is not None and time.amount.unit != Unit.NONE)


def _is_step_heading(kinds: list[str]) -> bool:
    known = set(kinds)
    named = bool(known & {"title", "step", "note"})
    if "other_table" in known and not {"role", "time"} <= known:
        return False
    if not known & {"number", "step", "time"} or not known & {"role", "time"}:
        return False
    return named and len(known - {""}) >= 3 - ("step" in known)


def _better(found: Columns, best: Columns) -> bool:
    return sum(map(len, found.fields.values())) > sum(map(len, best.fields.values()))


def _settled(columns: Columns, table: Table) -> Columns | None:
    """Decide what a "Bước" column holds, which time column counts, and which of two titles is the title."""
    fields = dict(columns.fields)
    steps = fields.pop("step", ())
    if steps:
        under = (table.rows[row][steps[0][0]] for row in range(columns.end, len(table.rows)))
        cells = [clean(cell.text) for cell in under if cell.column_span <= len(steps[0])]  # not the names of phases
        numbers = sum(bool(token(text)) for text in cells if text)
        if (numbers * 2 >= sum(map(bool, cells)) and numbers) or not any(cells):
            fields["number"] = steps + fields.get("number", ())
        else:
            fields["title"] = steps + fields.get("title", ())
    if "title" not in fields and "note" in fields:
        fields["title"], fields["note"] = fields["note"][:1], fields["note"][1:]
    if "title" in fields:
        fields["title"] = _filled_first(fields["title"], columns, table)
    fields["role"] = _person_at_unit(fields.get("role", ()), columns.headings)
    fields["time"] = tuple(sorted(fields.get("time", ()), key=lambda group: kind_of_time(columns.headings[group[0]])))
    fields = {kind: groups for kind, groups in fields.items() if groups}
    return Columns(fields, columns.headings, columns.first, columns.end) if "title" in fields else None


class TimeColumn(IntEnum):
    """What a column of times shows: the agency's own limit, by how much it is cut (or to what), the legal limit."""

    OWN = 0
    CUT = 1
    LEGAL = 2


def kind_of_time(heading: str) -> TimeColumn:
    """Return what a column of times shows, by its heading."""
    if pattern("left_after_cut").search(heading):
        return TimeColumn.OWN
    if pattern("before_cut").search(heading):
        return TimeColumn.LEGAL
    return TimeColumn.CUT if pattern("cut").search(heading) else TimeColumn.OWN


def _person_at_unit(groups: tuple[tuple[int, ...], ...], headings: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Read "Đơn vị | Người thực hiện" as one: the person, then the unit, as "Chuyên viên" "Phòng Kinh tế"."""
    own = _own_words([headings[group[0]] for group in groups])
    persons = [group for group, words in zip(groups, own, strict=True) if pattern("person_column").search(words)]
    units = [group for group, words in zip(groups, own, strict=True) if pattern("unit_column").search(words)]
    if len(persons) != 1 or len(units) != 1 or persons == units:
        return groups
    return (persons[0] + units[0], *(group for group in groups if group not in (*persons, *units)))


def _own_words(headings: Sequence[str]) -> list[str]:
    """Return the headings without the words that all of them begin with: those of a heading over them."""
    words = [heading.split() for heading in headings]
    shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False)))
    return [" ".join(one[shared:] or one) for one in words]


def _filled_first(groups: tuple[tuple[int, ...], ...], columns: Columns, table: Table) -> tuple[tuple[int, ...], ...]:
    """Put the first title column that really holds words first (a flow-chart column is empty or has arrows)."""
    rows = range(columns.end, len(table.rows))

    def empty(group: tuple[int, ...]) -> bool:
        filled = sum(bool(re.search(r"\w", table.rows[row][group[0]].text)) for row in rows)
        return filled * 2 < len(rows)

    return tuple(sorted(groups, key=empty))
