"""The rows of a table of steps → entries: steps, phases, totals, with merged cells, repeated headings, sub-rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from chuan.formats.document import Cell, Table
from chuan.reading.procedures.columns import Columns, find_columns
from chuan.reading.procedures.entries import Banner, CellKey, Entry, Place, Run, StepEntry, Total
from chuan.reading.procedures.headings import section_of
from chuan.reading.procedures.mentions import outside_of_steps
from chuan.reading.procedures.numbers import follows, is_outline, ordinal, same, split_leading, token
from chuan.reading.procedures.times import differ, in_parts, with_unit
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import bare_number
from chuan.text.messages import Message, message
from chuan.text.quantities import Unit, read_time, read_unit
from chuan.text.vietnamese import clean, fold_words

_LONGEST_BANNER = 150
_SUB_MARK = re.compile(r"[-+•*–]|\(?[a-zđ]\s*[.)]?")
_INDEX = re.compile(r"\(?(?:\d{1,2}|[A-Za-zĐđ])\)?")


def step_runs(table: Table, block: int, before: Run | None = None) -> list[Run]:
    """Return a run for every stretch of steps in the table (a whole procedure may stand in one table).

    `before` is the run right above, which the table may go on with. The last run may have no step yet: a heading at
    the foot of a page, whose steps stand in the next table.
    """
    runs: list[Run] = []
    row = 0
    while row < len(table.rows):
        columns = find_columns(table, row)
        if columns is None:
            row += 1
            continue
        reader = _RowReader(table, block, columns, _last_step(before) if not runs else None)
        row = reader.read()
        run = reader.run(row)
        if run.steps or row == len(table.rows):
            runs.append(run)
    return runs


def headless_run(table: Table, block: int, before: Run, near: bool) -> Run | None:
    """Return the rows of a table without a heading as steps under the columns of `before`, None when they are none.

    `near`: nothing that says something stands between the two. Rows that do not plainly go on are doubted.
    """
    if before.columns is None or not table.rows or len(table.rows[0]) != len(before.headings):
        return None
    reader = _RowReader(table, block, replace(before.columns, first=0, end=0), _last_step(before) if near else None)
    run = reader.run(reader.read())
    if not run.steps or (near and goes_on(before, run)):
        return run if run.steps else None
    timed = [step for step in run.steps if (time := read_time(step.time)).amount or not time.counted]
    if len(timed) * 2 <= len(run.steps):
        return None
    doubt = message("procedures.no_heading_above", number=bare_number(run.steps[0].no) or run.steps[0].title)
    return replace(run, doubts=(doubt,))


def _last_step(run: Run | None) -> StepEntry | None:
    last = run.entries[-1] if run and run.entries else None
    return last if isinstance(last, StepEntry) else None


def with_rest(run: Run, words: str) -> Run:
    """Return the run with the words at the end of its last title: its row was split by a page break."""
    last = _last_step(run)
    return replace(run, entries=(*run.entries[:-1], _joined(last, words))) if last and words else run


def _joined(step: StepEntry, words: str) -> StepEntry:
    doubt = message("procedures.row_joined", text=words, number=bare_number(step.no) or step.title)
    return replace(step, title=f"{step.title} {words}", doubts=(*step.doubts, doubt))


def goes_on(before: Run, run: Run) -> bool:
    """Whether the numbers of `run` go on where those of `before` end, or `before` ends with the name of a part."""
    if not before.steps or isinstance(before.entries[-1], Banner):
        return bool(run.steps)
    last, first = ordinal(before.steps[-1].no), ordinal(run.steps[0].no) if run.steps else None
    return last is not None and first is not None and follows(last, first)


@dataclass(slots=True)
class _RowReader:
    """Reads the rows under one heading until the table ends or another part of the document begins."""

    table: Table
    block: int
    columns: Columns
    before: StepEntry | None = None  # the last step of the table above, which this one may go on with
    entries: list[Entry] = field(default_factory=list)
    previous: int = -1  # the row of the last step
    blank: bool = False  # whether an empty row over all columns stands above
    doubts: list[Message] = field(default_factory=list)
    rest: str = ""  # words above all entries that end the title of the step `before`

    def run(self, end: int) -> Run:
        first, last = Place(self.block, self.columns.first), Place(self.block, end - 1)
        return Run(tuple(self.entries), first, last, self.columns, doubts=tuple(self.doubts), rest=self.rest)

    def read(self) -> int:
        """Read all rows; return the first row that is no longer of this stretch."""
        row = self.columns.end
        while row < len(self.table.rows):
            again = find_columns(self.table, row)
            if again is not None and not self._is_step_like(again):
                if again.fields != self.columns.fields or _unit_of(again) != _unit_of(self.columns):
                    return row
                row = again.end
                continue
            if self._ends(row):
                return row
            self._row(row)
            row += 1
        return row

    def _is_step_like(self, again: Columns) -> bool:
        """Whether a row that could be a heading has the columns of this one in other words: then it is read, doubted.

        "Hướng dẫn, tiếp nhận | Công chức một cửa | Hồ sơ | Thời gian theo quy định" is a step.
        """
        own = [fold_words(words) for words in self.columns.headings]
        alike = sum(fold_words(words) == above for words, above in zip(again.headings, own, strict=False))
        kinds = ("role", "time", "output")
        moved = set(again.placed(*kinds)) - set(self.columns.placed(*kinds))
        if alike * 2 >= len(own) or moved or again.end - again.first > 1:
            return False
        self.doubts.append(message("procedures.row_like_heading", text=again.words))
        return True

    def _own(self, row: int) -> list[tuple[Cell, str]]:
        """The distinct cells of a row with their texts, empty ones left out."""
        cells: dict[tuple[int, int], Cell] = {(cell.row, cell.column): cell for cell in self.table.rows[row]}
        return [(cell, text) for cell in cells.values() if (text := clean(cell.text))]

    def _text(self, row: int, kind: str, group: int = 0) -> str:
        groups = self.columns.fields.get(kind, ())
        if group >= len(groups):
            return ""
        cells = {(cell.row, cell.column): cell for cell in (self.table.rows[row][column] for column in groups[group])}
        return clean(" ".join(dict.fromkeys(clean(cell.text) for cell in cells.values())))

    def _cell(self, row: int, kind: str) -> Cell | None:
        group = self.columns.group(kind)
        return self.table.rows[row][group[0]] if group else None

    def _ends(self, row: int) -> bool:
        """Whether the row is the heading of the next section, as where one table holds the whole procedure."""
        texts = [text for _, text in self._own(row)]
        number, *rest = texts or [""]
        if not self._banner(row) and (self._goes_on(number) or (self._text(row, "role") and self._text(row, "time"))):
            return False
        line = f"{number} {rest[0]}" if rest and re.fullmatch(r"[\dIVX]+(?:\.\d+)*\.?", number) else number
        return bool(re.match(r"(?:\d+\.\d+|[IVX]+\.|\d+\.)\s*\D", line)) and bool(section_of(line))

    def _goes_on(self, text: str) -> bool:
        """Whether the number in front of the text is the next one: "3. Lưu hồ sơ" below step 2 is no other section."""
        last = ordinal(self.entries[-1].no) if self.entries and isinstance(self.entries[-1], StepEntry) else None
        first = ordinal(token(text) or split_leading(text, plain=True)[0])
        return last is not None and first is not None and follows(last, first)

    def _banner(self, row: int) -> str:
        """Return the words of a cell that covers the title and its neighbours, "" when the row is no banner."""
        title = self._cell(row, "title")
        others = [cell for kind in ("role", "time") if (cell := self._cell(row, kind))]
        if title is None or title.row != row:
            return ""
        spans = any((other.row, other.column) == (title.row, title.column) for other in others)
        return clean(title.text) if spans else ""

    def _row(self, row: int) -> None:
        own = self._own(row)
        texts = [text for _, text in own]
        place = Place(self.block, row)
        if not own and self.table.rows[row][0].column_span == len(self.table.rows[row]) > 1:
            self.blank = True
            return
        if not any(re.search(r"\w", text) for text in texts) or self._is_index(texts):
            return  # nothing, the arrows of a flow chart, or the numbers of the columns
        words = [text for text in texts if not (token(text) and len(texts) > 1)] or texts
        if pattern("total").match(words[0]) or pattern("subtotal").match(words[0]):
            self._total(row, place, words)
            return
        banner, alone = self._banner(row), self._lonely(row)
        if pattern("remark").match(banner or alone):
            self.doubts += outside_of_steps(banner or alone)
            return
        if len(banner) > _LONGEST_BANNER:
            self.doubts.append(message("procedures.row_unused", text=banner))
        elif banner:
            self.entries.append(Banner(place, banner))
        elif alone:
            self._words_alone(alone, row, place)
        else:
            self._step(row, place)

    def _is_index(self, texts: list[str]) -> bool:
        """Whether the row only counts the columns: (1) (2) (3) …"""
        return len(texts) >= 3 and all(_INDEX.fullmatch(text) for text in texts)

    def _total(self, row: int, place: Place, words: list[str]) -> None:
        time = self._text(row, "time")
        line = " ".join(words)
        text = time if time and read_time(time).amount else line
        beside = tuple((heading, other) for heading, other in self._beside(row) if read_time(other).amount)
        self.entries.append(Total(place, text, bool(pattern("subtotal").match(words[0])), beside))

    def _lonely(self, row: int) -> str:
        """Return the words of a row that has only a title (perhaps with I, II, A), as phases are often written."""
        written, role, time = self._text(row, "number"), self._cell(row, "role"), self._text(row, "time")
        number = token(written)
        alone = len(self._own(row)) == 1 and not self._shares(row, "number")
        title = self._text(row, "title") or (written if alone and not number else "")
        if not title or (self._text(row, "role") and role is not None and role.row == row):
            return ""
        shared = any((cell := self._cell(row, kind)) and cell.row < row and cell.text for kind in ("role", "time"))
        if shared or (number and not is_outline(number)) or split_leading(title)[0]:
            return ""
        return title if not time or (is_outline(number) and read_time(time).amount is not None) else ""

    def _words_alone(self, words: str, row: int, place: Place) -> None:
        """Take words that stand alone in a row as a phase, or as the end of the title above.

        Words in the column of titles may always be the second half of a row that a page break split: whichever they
        are taken for, they are doubted, unless a number or bold letters set them off as a phase.
        """
        above = self.entries[-1] if self.entries else self.before
        in_titles = bool(self._text(row, "title"))
        set_off = bool(token(self._text(row, "number"))) or self._bold(row)
        if isinstance(above, StepEntry) and in_titles and not set_off and _ends_title(above.title, words):
            if self.entries:
                self.entries[-1] = _joined(above, words)
            else:
                self.rest = clean(f"{self.rest} {words}")
            return
        self.entries.append(Banner(place, words))
        small_letters = not words[0].isupper() and not pattern("phase_words").match(words)
        if isinstance(above, StepEntry) and not set_off and (in_titles or small_letters):
            self.doubts.append(message("procedures.row_as_phase", text=words))

    def _bold(self, row: int) -> bool:
        """Whether the title of the row is bold and those of other rows are not."""
        titles = [self._cell(other, "title") for other in range(self.columns.end, len(self.table.rows))]
        return _is_bold(self._cell(row, "title")) and not all(map(_is_bold, titles))

    def _step(self, row: int, place: Place) -> None:
        entry = self._entry(row, place)
        above = self.entries[-1] if self.entries else None
        if isinstance(above, StepEntry) and self._continues(row):
            output, note = _both(above.output, entry.output), _both(above.note, entry.note)
            self.entries[-1] = replace(above, output=output, note=note)
            return
        if not entry.title:
            entry = replace(entry, doubts=(*entry.doubts, message("procedures.no_title")))
        self._phase_column(row, place)
        self.entries.append(replace(entry, after_blank=self.blank))
        self.previous, self.blank = row, False

    def _phase_column(self, row: int, place: Place) -> None:
        """Where a column of its own names the phase, turn a new name into a banner."""
        phase = self._text(row, "phase")
        above = self._text(self.previous, "phase") if self.previous >= 0 else ""
        if phase != above:
            self.entries.append(Banner(place, phase))

    def _continues(self, row: int) -> bool:
        """Whether the row goes on with the step above: the same merged title, role and time, or nothing but a form."""
        shared = [self._shares(row, kind) for kind in ("title", "role", "time") if self._cell(row, kind)]
        blank = not any(self._text(row, kind) for kind in ("number", "title", "role", "time"))
        return all(shared) or blank

    def _shares(self, row: int, kind: str) -> bool:
        here = self._cell(row, kind)
        return here is not None and self.previous >= 0 and here.row <= self.previous

    def _entry(self, row: int, place: Place) -> StepEntry:
        written, title = self._text(row, "number"), self._text(row, "title")
        raw_title, sub = "\n".join(self._lines(row, "title")), self._is_sub(row)
        if sub and _SUB_MARK.fullmatch(written):  # a bullet or a letter in the cell of the number belongs to the title
            title = raw_title = f"{written}{')' if written.isalpha() else ''} {title}"
            written = ""
        number = token(written)
        if not number:
            leading, rest = split_leading(raw_title or written, plain="number" not in self.columns.fields)
            if leading:
                number, title = leading, clean(rest)
            elif written and not title:
                title = written
        else:
            leading, rest = split_leading(raw_title, plain=False)
            if leading and same(leading, number):
                title = clean(rest)
        return StepEntry(
            place,
            title,
            number or (written if title != written else ""),
            self._text(row, "role"),
            self._time(row),
            self._text(row, "output"),
            self._notes(row),
            beside=self._beside(row),
            sub=sub,
            time_cell=self._time_cell(row),
        )

    def _lines(self, row: int, kind: str) -> Iterator[str]:
        cell = self._cell(row, kind)
        for paragraph in cell.paragraphs if cell else ():
            if text := paragraph.visible.strip():
                yield text

    def _time(self, row: int) -> str:
        """Return the time: the first filled of several columns, with its own unit, or "Ngày" and "Giờ" together."""
        told = [*self._times(row)]
        return in_parts(told) or self._text(row, "time") or next((text for _, text in told), "")

    def _times(self, row: int) -> Iterator[tuple[str, str]]:
        """Yield (heading, time with its unit) of every filled column of times, the one that counts first."""
        for group, columns in enumerate(self.columns.fields.get("time", ())):
            if text := self._text(row, "time", group):
                heading = self.columns.headings[columns[0]]
                yield heading, with_unit(text, heading)

    def _beside(self, row: int) -> tuple[tuple[str, str], ...]:
        """Return (heading, time) of the columns of times that say another time than the one that counts."""
        (_, first), *others = told = [*self._times(row)] or [("", "")]
        return () if in_parts(told) else tuple((heading, text) for heading, text in others if differ(text, first))

    def _notes(self, row: int) -> str:
        """The words of the columns that have no place of their own: remarks, a second title, who works along."""
        parts = [self._text(row, "note")]
        for kind, first in (("note", 1), ("title", 1), ("role", 1), ("coordination", 0)):
            groups = self.columns.fields.get(kind, ())
            parts += [self._headed(row, kind, group) for group in range(first, len(groups))]
        parts += [f"{heading}: {text}" for heading, text in self._beside(row)]
        return "; ".join(dict.fromkeys(part for part in parts if part))

    def _headed(self, row: int, kind: str, group: int) -> str:
        text = self._text(row, kind, group)
        heading = self.columns.headings[self.columns.fields[kind][group][0]]
        return f"{heading}: {text}" if text and kind in ("role", "coordination") else text

    def _is_sub(self, row: int) -> bool:
        """Whether the row stands under the number of the row before: a merged number cell, or none at all."""
        number = self._cell(row, "number")
        if number is None or self.previous < 0 or not self.entries or not isinstance(self.entries[-1], StepEntry):
            return False
        if text := clean(number.text):
            above = self.entries[-1]
            marked = bool(_SUB_MARK.fullmatch(text)) and (above.sub or ordinal(above.no) is not None)
            return marked or (number.row <= self.previous and number.row_span > 1)
        return not split_leading(self._text(row, "title"))[0]

    def _time_cell(self, row: int) -> CellKey | None:
        cell = self._cell(row, "time")
        return (self.block, cell.row, cell.column) if cell and cell.row_span > 1 and clean(cell.text) else None


def _unit_of(columns: Columns) -> tuple[Unit, Fraction]:
    time = columns.group("time")
    return read_unit(columns.headings[time[0]]) if time else (Unit.NONE, Fraction(1))


def _both(above: str, below: str) -> str:
    """Join what two rows of one step say in a column, once where they say the same (a merged cell)."""
    return "; ".join(dict.fromkeys(text for text in (above, below) if text))


def _is_bold(cell: Cell | None) -> bool:
    return cell is not None and all(part.bold for part in cell.paragraphs if part.visible.strip())


def _ends_title(title: str, words: str) -> bool:
    """Whether words below a title are its end: in small letters, a list of units, or behind a word that asks for more.

    "Thẩm tra, trình LĐ" | "VP, LĐ UBND tỉnh"; "Gửi lấy ý kiến của" | "Sở Nội vụ".
    """
    goes_on = "," in words or bool(pattern("title_unfinished").search(title))
    if pattern("phase_words").match(words):
        return goes_on and not pattern("phase_amount").search(words)
    return goes_on or not words[0].isupper()


def heading_words(run: Run) -> str:
    """Return the folded heading of a run, to see whether two tables have the same one."""
    return "|".join(fold_words(heading) for heading in run.headings)
