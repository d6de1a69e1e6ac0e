"""Rows that are parts of one step: they stand under its number, and their times may be the time that it names.

A step whose parts take all its time ("2 | 28 giờ" over 2.1, 2.2, 2.3 with 4 + 20 + 4) is the name of a phase: counted
with them, its time would be counted twice. Parts without numbers get letters.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chuan.reading.procedures.entries import Banner, Entry, StepEntry, Total
from chuan.reading.procedures.numbers import split_letter
from chuan.reading.procedures.times import minutes_under
from chuan.rules.procedure.structure import bare_number
from chuan.text.messages import message
from chuan.text.quantities import read_unit
from chuan.text.vietnamese import fold

_MARK = re.compile(r"(?:[-+•*–]|\(?[a-zđ]\s*[.)])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Group:
    """A step and the rows of its parts, `entries[start + 1 : end]`.

    `marked`: their numbers or bullets say so. `minutes` is the time of the step, `named` tells that the step has no
    time but theirs.
    """

    start: int
    end: int
    marked: bool
    minutes: Fraction
    named: bool


def with_parts(entries: Sequence[Entry], heading: str, declared: Collection[Fraction]) -> tuple[Entry, ...]:
    """Make a phase of every step whose time is the sum of its parts; `declared` are known totals in minutes.

    Where the totals are met only with the step counted too, it stays. Parts that nothing marks as such ("2, 2a, 2b",
    rows under a merged number) count as parts only where a total says so.
    """
    found = list(_groups(entries, heading))
    if not found:
        return tuple(entries)
    whole = minutes_of([entry for entry in entries if isinstance(entry, StepEntry)], heading)
    totals = {minutes_under(heading, entry.text) for entry in entries if isinstance(entry, Total)} | set(declared)
    known = totals | {total * read_unit(heading)[1] for total in totals}
    twice = _counted_twice([group for group in found if group.named], whole, known)
    result = list(entries)
    for group in reversed(found):
        if group in twice:
            result[group.start : group.end] = _as_phase(result, group)
        elif group.marked and whole not in known:
            result[group.start] = _doubted(result[group.start])
    return tuple(result)


def minutes_of(steps: Sequence[StepEntry], heading: str) -> Fraction:
    """Return the sum of the written times at 8 hours a day, that of a cell merged over several rows once."""
    times = {step.time_cell or place: minutes_under(heading, step.time) for place, step in enumerate(steps)}
    return sum(times.values(), Fraction(0))


def _counted_twice(groups: list[_Group], whole: Fraction, known: Collection[Fraction]) -> list[_Group]:
    marked = [group for group in groups if group.marked]
    for chosen in (groups, marked):
        if whole - sum(group.minutes for group in chosen) in known:
            return chosen
    return [] if whole in known else marked


def _groups(entries: Sequence[Entry], heading: str) -> Iterator[_Group]:
    """Yield the steps with parts below them that have times of their own."""
    for start, step in enumerate(entries):
        if not isinstance(step, StepEntry) or step.sub:
            continue
        end, marks = start + 1, []
        while end < len(entries) and isinstance(part := entries[end], StepEntry):
            if (mark := _mark_of(part, step)) is None:
                break
            marks.append(mark)
            end += 1
        own = minutes_under(heading, step.time)
        parts = [minutes_under(heading, part.time) for part in entries[start + 1 : end] if isinstance(part, StepEntry)]
        bare = not step.time and not step.role and all(marks)
        if any(parts) and (own or bare):
            yield _Group(start, end, all(marks), own, bare or sum(parts) == own)


def _doubted(step: Entry) -> Entry:
    if not isinstance(step, StepEntry):
        return step
    doubt = message("procedures.parts_and_step_counted", number=bare_number(step.no) or step.title, time=step.time)
    return replace(step, doubts=(*step.doubts, doubt))


def _mark_of(part: StepEntry, step: StepEntry) -> bool | None:
    """Return whether the row is marked as a part of the step (2.1 of 2, a bullet below it); None: it is no part."""
    whole, number = fold(bare_number(step.no)), fold(bare_number(part.no))
    if part.time_cell and part.time_cell == step.time_cell:
        return None
    if part.sub:
        return None if _MARK.match(step.title) else bool(_MARK.match(part.title))
    if not whole or not number.startswith(whole):
        return None
    rest = number[len(whole) :]
    return True if re.match(r"\.\d", rest) else False if re.fullmatch(r"[a-zđ]", rest) else None


def _as_phase(entries: Sequence[Entry], group: _Group) -> list[Entry]:
    """Return the parts under the title of their step, or in the phase that is open already."""
    step = entries[group.start]
    parts = [entry for entry in entries[group.start + 1 : group.end] if isinstance(entry, StepEntry)]
    if not isinstance(step, StepEntry):
        return list(parts)
    numbered = [replace(part, no=step.no, sub=place > 0) if part.sub else part for place, part in enumerate(parts)]
    last = numbered[-1]
    numbered[-1] = replace(last, output=last.output or step.output, note=last.note or step.note)
    values = {"number": bare_number(step.no) or step.title, "title": step.title, "count": len(parts)}
    doubt = message("procedures.parts_are_the_step" if step.time else "procedures.parts_under_a_name", **values)
    numbered[0] = replace(numbered[0], doubts=(*step.doubts, *numbered[0].doubts, doubt))
    named = [replace(part, role=part.role or step.role) for part in numbered]
    if _open_phase(entries[: group.start]):
        return list(named)
    follows = group.end < len(entries) and isinstance(entries[group.end], StepEntry)
    return [Banner(step.place, step.title), *named, *([Banner(parts[-1].place, "")] if follows else [])]


def _open_phase(entries: Sequence[Entry]) -> bool:
    named = [entry for entry in entries if isinstance(entry, Banner) or (isinstance(entry, Total) and entry.part)]
    return bool(named) and isinstance(named[-1], Banner) and bool(named[-1].text)


def with_letters(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Number the rows that stand under one number: B2 over three rows becomes B2a, B2b, B2c.

    Letters that the titles begin with are used; letters of our own are doubted.
    """
    result = list(entries)
    index = 0
    while index < len(result):
        end = index + 1
        while end < len(result) and isinstance(entry := result[end], StepEntry) and entry.sub:
            end += 1
        if end - index > 1:
            result[index:end] = _lettered([entry for entry in result[index:end] if isinstance(entry, StepEntry)])
        index = end
    return tuple(result)


def _lettered(rows: list[StepEntry]) -> list[Entry]:
    stem = rows[0].no
    if not stem:
        return list(rows)
    written = [split_letter(row.title) for row in rows]
    if all(letter for letter, _ in written):
        return [
            replace(row, no=f"{stem}{letter}", title=title) for row, (letter, title) in zip(rows, written, strict=True)
        ]
    if all(letter for letter, _ in written[1:]):
        return [
            rows[0],
            *(
                replace(row, no=f"{stem}{part[0]}", title=part[1])
                for row, part in zip(rows[1:], written[1:], strict=True)
            ),
        ]
    if all(row.no and not row.sub for row in rows[1:]):
        return list(rows)
    alphabet = "abcdđeghiklmnopqrstuvxy"
    doubt = message("procedures.letters_added", number=stem, count=len(rows))
    return [
        replace(row, no=f"{stem}{alphabet[place]}", doubts=(*row.doubts, doubt) if place == 0 else row.doubts)
        if place < len(alphabet)
        else row
        for place, row in enumerate(rows)
    ]
