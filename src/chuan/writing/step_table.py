"""The table of steps as blocks, for every layout: what stands here is what the reader reads back.

- a phase is a row over all columns; behind its last step a row "Cộng phần …" sums it up and ends it;
- a shared budget is one time cell over the rows of its steps;
- a step without time of its own says its label, or that it is not counted;
- ways that are not simply the next row stand in a small table behind, with the headings Từ bước, Đến bước, Trường hợp;
  a sentence then says that all other steps follow in order, so that the reader need not guess from the titles.
"""

from collections.abc import Iterator
from itertools import groupby

from chuan.rules.procedure.amounts import as_unit, counted_minutes, counted_total
from chuan.rules.procedure.structure import Limit, Procedure, Step, TimeUnit, Variant, written_minutes
from chuan.writing.blocks import Align, Block, Body, Caption, Cell, Table
from chuan.writing.phrases import limit, printable, word

WIDTHS = (13, 56, 38, 24, 34)
WIDTHS_WITH_NOTE = (13, 44, 32, 22, 30, 24)
WAY_WIDTHS = (30, 30, 105)
QUARTERS = (1, 2, 4)
"""The parts of a day that tables of steps are written in; finer ones are said in hours."""


def step_blocks(procedure: Procedure) -> Iterator[Block]:
    """Yield the tables of all variants, each under its name when it has one."""
    for variant in procedure.variants:
        if variant.name and variant.name != word("default_variant"):
            yield Caption(printable(variant.name))
        yield _steps(variant)
        if _in_hours(variant):
            yield Body(word("hours_of_day"))
        yield from _ways(variant)


def _in_hours(variant: Variant) -> bool:
    return any(step.time and step.time.unit is TimeUnit.WORKING_HOUR for step in variant.steps)


def _steps(variant: Variant) -> Table:
    noted = any(step.note for step in variant.steps)
    widths = WIDTHS_WITH_NOTE if noted else WIDTHS
    names = ["number_column", "title_column", "role_column", "time_column", "output_column"]
    heads = [*names, "note_column"] if noted else names
    rows = [tuple(Cell(word(name), Align.CENTRE, bold=True) for name in heads)]
    spans = _budget_spans(variant)
    for phase, group in groupby(enumerate(variant.steps), key=lambda place: place[1].phase):
        steps = list(group)
        if phase:
            rows.append((Cell(printable(phase), bold=True, columns=len(widths)),))
        rows.extend(tuple(_cells(step, spans.get(index), noted=noted)) for index, step in steps)
        if phase:
            part = Variant(tuple(step for _, step in steps))
            rows.append(_sum(word("subtotal", phase=printable(phase)), _counted(part), len(widths)))
    total = variant.declared_total or _counted(variant)
    if total:
        rows.append(_sum(word("total"), total, len(widths)))
    return Table(widths, tuple(rows))


def _counted(variant: Variant) -> Limit | None:
    return counted_total(variant) if counted_minutes(variant) else None


def _sum(words: str, total: Limit | None, columns: int) -> tuple[Cell, ...]:
    """Return a row that sums up; hours are also given in days, where people would say them in days."""
    return (
        Cell(""),
        Cell(words, bold=True, columns=2),
        Cell(limit(total) if total else "", Align.CENTRE, bold=True),
        Cell(_in_days(total), Align.CENTRE, columns=columns - 4),
    )


def _in_days(total: Limit | None) -> str:
    if total is None or total.unit is not TimeUnit.WORKING_HOUR:
        return ""
    days = as_unit(written_minutes(total), TimeUnit.WORKING_DAY)
    return limit(days) if days.amount.denominator in QUARTERS else ""


def _budget_spans(variant: Variant) -> dict[int, int]:
    """Return, for each row of a shared budget, how many rows its time cell covers; 0 for the covered rows.

    Rows are covered only while a budget runs on without a new phase in between: a merged cell cannot cross that row.
    """
    spans: dict[int, int] = {}
    at = 0
    for (budget, _), group in groupby(variant.steps, key=lambda step: (step.budget, step.phase)):
        count = len(list(group))
        if budget and count > 1:
            spans[at] = count
            spans.update(dict.fromkeys(range(at + 1, at + count), 0))
        at += count
    return spans


def _cells(step: Step, span: int | None, *, noted: bool) -> Iterator[Cell]:
    yield Cell(printable(step.no), Align.CENTRE)
    yield Cell(printable(step.title))
    yield Cell(printable(step.role))
    if span != 0:
        yield Cell(time_text(step), Align.CENTRE, rows=span or 1)
    yield Cell(printable(step.output_or_form))
    if noted:
        yield Cell(printable(step.note))


def time_text(step: Step) -> str:
    """Return what stands in the time cell: the limit, otherwise the label, otherwise that the step is not counted.

    A step that should have a time and has none is left empty.
    """
    if step.time is not None and step.counted:
        return limit(step.time)
    if step.time_label:
        return printable(step.time_label)
    return "" if step.counted else word("uncounted")


def _ways(variant: Variant) -> Iterator[Block]:
    rows = [
        (
            Cell(printable(step.no), Align.CENTRE),
            Cell(word("to_end") if link.to is None else printable(link.to), Align.CENTRE),
            Cell(printable(link.when)),
        )
        for step in variant.steps
        for link in step.links
    ]
    if rows:
        heads = tuple(Cell(word(name), Align.CENTRE, bold=True) for name in ("from_column", "to_column", "when_column"))
        yield Body(word("ways"))
        yield Table(WAY_WIDTHS, (heads, *rows))
    yield from _beside(variant)
    optional = [step.no for step in variant.steps if step.optional]
    if optional:
        yield Body(word("optional", steps=", ".join(map(printable, optional))))
    yield Body(word("in_order"))


def _beside(variant: Variant) -> Iterator[Block]:
    groups: dict[str, dict[str, list[str]]] = {}
    for step in variant.steps:
        if step.parallel:
            group, _, branch = step.parallel.partition("/")
            groups.setdefault(group, {}).setdefault(branch, []).append(printable(step.no))
    for branches in groups.values():
        parts = [word("branch", steps=", ".join(steps)) for steps in branches.values()]
        yield Body(word("together", branches=word("branch_joiner").join(parts)))
