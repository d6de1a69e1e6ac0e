"""The book of dossiers of a year (sổ theo dõi): its numbers, its volumes and its closing.

Source: TT 01/2018/TT-VPCP Art 10(2), facts 3.3.2: opened per year, closed at the year's end; numbers run on from 01 to
the end of the year, also when a further volume begins. So a number is never given twice, and a closed book has no gap.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from chuan.text.messages import BadInput


@dataclass(frozen=True, slots=True)
class DayBook:
    """The book of one `year`: `last` is the number given last (0: none yet); `volumes` are their first numbers."""

    year: int
    last: int = 0
    volumes: tuple[int, ...] = (1,)
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dossier stands: what the receipt prints as volume and number of the book."""

    year: int
    volume: int
    number: int


def book_for(books: Iterable[DayBook], received_on: date) -> DayBook:
    """Return the book that takes a dossier: its year's, or the next open one when that is closed (a slip entered late).

    BadInput when none is open.
    """
    still_open = [book for book in books if book.closed_on is None and book.year >= received_on.year]
    if not still_open:
        raise BadInput("day_books.none_open", day=_shown(received_on))
    return min(still_open, key=lambda book: book.year)


def enter(book: DayBook, received_on: date) -> tuple[DayBook, Place]:
    """Return the book with the next number given, and the place of the dossier.

    BadInput: the book is closed, or its year was over when the dossier was received.
    """
    _refuse_closed(book)
    if received_on.year > book.year:
        raise BadInput("day_books.later_year", day=_shown(received_on), year=book.year, right=received_on.year)
    number = book.last + 1
    return replace(book, last=number), Place(book.year, len(book.volumes), number)


def place_of(book: DayBook, number: int) -> Place:
    """Return where a given number stands. ValueError for a number that the book has not given."""
    if not 1 <= number <= book.last:
        raise ValueError(f"{number} is not among 1-{book.last}")
    return Place(book.year, sum(first <= number for first in book.volumes), number)


def begin_volume(book: DayBook) -> DayBook:
    """Return the book with a further volume begun: its first number follows the last one.

    BadInput: the book is closed, or its last volume is still empty.
    """
    _refuse_closed(book)
    if book.volumes[-1] > book.last:
        raise BadInput("day_books.empty_volume", volume=len(book.volumes), year=book.year)
    return replace(book, volumes=(*book.volumes, book.last + 1))


def missing(numbers: Iterable[int], last: int) -> tuple[tuple[int, int], ...]:
    """Return the gaps in 1…`last` as (first, last) of each, in order; `numbers` are those that stand in the book."""
    standing = sorted({0, last + 1, *(number for number in numbers if 0 < number <= last)})
    return tuple((before + 1, after - 1) for before, after in pairwise(standing) if after - before > 1)


def close(book: DayBook, numbers: Collection[int], on: date) -> DayBook:
    """Return the closed book. `numbers` are those of all its lines as they stand.

    BadInput: closed already, before the last day of its year, or the lines are not each of 1…`last` exactly once.
    """
    _refuse_closed(book)
    year_end = date(book.year, 12, 31)
    if on < year_end:
        raise BadInput("day_books.too_early", year=book.year, day=_shown(year_end))
    if strange := sorted({number for number in numbers if not 0 < number <= book.last}):
        raise BadInput("day_books.never_given", year=book.year, numbers=_listed(strange), last=book.last)
    if twice := sorted(number for number, times in Counter(numbers).items() if times > 1):
        raise BadInput("day_books.twice", year=book.year, numbers=_listed(twice))
    if gaps := missing(numbers, book.last):
        named = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in gaps)
        raise BadInput("day_books.gap", year=book.year, missing=named)
    return replace(book, closed_on=on)


def _refuse_closed(book: DayBook) -> None:
    if book.closed_on is not None:
        raise BadInput("day_books.closed", year=book.year, day=_shown(book.closed_on))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")
