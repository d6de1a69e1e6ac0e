"""Rows that are parts of one step: they stand under its number, and get letters where they have none."""

from dataclasses import replace

from chuan.reading.procedures.entries import Entry, StepEntry
from chuan.reading.procedures.numbers import split_letter
from chuan.text.messages import message


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
