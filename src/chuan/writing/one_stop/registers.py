"""What is kept: the control sheet of a dossier and the book of the year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chuan.rules.workdays import as_local
from chuan.text import numbers
from chuan.writing.blocks import Cell, Table
from chuan.writing.one_stop.content import Block, Paper, Sentence, Signature, Signatures, Title
from chuan.writing.one_stop.forms import BookEntry, ControlSheet, DayBook, HandOver
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.words import (
    for_agency,
    head,
    heading,
    line,
    moment,
    padded,
    punctuality_word,
    row,
    title,
    word,
)
from chuan.writing.phrases import printable

BOOK_WIDTHS = (10, 28, 36, 30, 33, 24, 18, 18, 18, 18, 13, 16)


def control_sheet(form: ControlSheet, numbering: Numbering, paper: Paper) -> Iterator[Block]:
    """Yield the control sheet; its hand-overs come from the trace, so nobody signs the rows by hand."""
    yield heading("control_sheet", form.letterhead, numbering)
    yield title("control_sheet", numbering, form.dossier_code)
    yield from line(("service", form.request))
    yield from line(("handling_agency", form.handling_agency))
    yield from line(("coordinating_agencies", "; ".join(form.coordinating_agencies)))
    yield from line(("day_received", moment(form.received_at)))
    yield from line(("day_due", moment(form.due_at)), strong=True)
    if not form.hand_overs:
        yield Sentence(word("no_hand_over"))
        return
    columns = ("giver_column", "taker_column", "handed_column", "punctuality_column", "note_column")
    rows = [head("number_column", *columns)]
    rows += [_hand_over(at, one) for at, one in enumerate(form.hand_overs, start=1)]
    yield Table(_sheet_widths(paper), tuple(rows))
    yield Sentence(word("from_trace"), slanted=True)


def _sheet_widths(paper: Paper) -> tuple[int, ...]:
    """Number, moment and result as wide as their words; giver, taker and note share the rest as 3 : 3 : 2."""
    number, narrow = round(paper.cell * 0.85), round(paper.cell * 2)
    shared = paper.text_width - number - 2 * narrow
    party = shared * 3 // 8
    return (number, party, party, narrow, narrow, shared - 2 * party)


def _hand_over(at: int, one: HandOver) -> tuple[Cell, ...]:
    giver, taker = _party(one.giver, one.given_by), _party(one.taker, one.taken_by)
    texts = (str(at), giver, taker, _short(one.at), punctuality_word(one.punctuality), printable(one.note))
    return row(texts, centred=(0, 3, 4))


def _party(unit: str, person: str) -> str:
    return "\n".join(text for text in (printable(unit), printable(person)) if text)


def _short(at: datetime | None) -> str:
    """Return "14:05" over "31/12/2026" for a narrow column, "" when there is no moment."""
    return numbers.moment(as_local(at)).replace(" ", "\n") if at else ""


def day_book(form: DayBook, numbering: Numbering) -> Iterator[Block]:
    """Yield the book: its entries by number; when it is closed, what it holds and who closed it."""
    top = heading("day_book", form.letterhead, numbering)
    yield top if form.letterhead.issued_on else replace(top, place_and_day="")  # a book is not of one day
    name = numbering.name("day_book").upper()
    yield Title(name, (word("year", year=form.year), word("book_of_year", book=padded(form.book))))
    columns = ("number_column", "code_column", "service_column", "applicant_column", "contact_column", "agency_column")
    moments = ("received_column", "due_column", "returned_column", "way_column", "signed_column", "note_column")
    entries = sorted(form.entries, key=lambda entry: entry.number)
    yield Table(BOOK_WIDTHS, (head(*columns, *moments), *(_entry(entry) for entry in entries)))
    if form.closed_on:
        day = numbers.day(form.closed_on)
        if entries:
            first, last = padded(entries[0].number), padded(entries[-1].number)
            yield Sentence(word("book_closed", first=first, last=last, day=day))
        else:
            yield Sentence(word("book_closed_empty", day=day))
    if form.closed_by:
        yield Signatures((Signature(), for_agency(form.closed_by)))


def _entry(entry: BookEntry) -> tuple[Cell, ...]:
    moments = (_short(entry.received_at), _short(entry.due_at), _short(entry.returned_at))
    said = (entry.dossier_code, entry.service, entry.applicant, entry.contact, entry.handling_agency)
    rest = (entry.return_way, entry.signed, entry.note)
    texts = (padded(entry.number), *map(printable, said), *moments, *map(printable, rest))
    return row(texts, centred=(0, 6, 7, 8))
