"""The book of a year as it stands: its volumes, its gaps, and its lines as form 07 prints them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from chuan.quality.dossiers.models import Applicant, Book, Dossier, OneStop
from chuan.quality.dossiers.numbering import day_book
from chuan.quality.dossiers.papers import applicant_as_printed, letterhead, signer_of
from chuan.quality.dossiers.queries import received_in
from chuan.rules.one_stop_books import missing
from chuan.text.numbers import day
from chuan.writing.one_stop import BookEntry, Signer
from chuan.writing.one_stop import DayBook as PrintedBook

_LINES = "the applicants of the lines of a book that was found for the actor"


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume: its number, its first and its last number so far (0: none yet)."""

    number: int
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many numbers were given in it."""
        return max(0, self.last - self.first + 1)


def volumes_of(book: Book) -> tuple[Volume, ...]:
    """Return the volumes in their order."""
    firsts = day_book(book).volumes
    lasts = [first - 1 for first in firsts[1:]] + [book.last]
    return tuple(Volume(at, first, last) for at, (first, last) in enumerate(zip(firsts, lasts, strict=True), start=1))


def gaps_in(book: Book) -> tuple[tuple[int, int], ...]:
    """Return the numbers that were given and stand in no line, as (first, last) of each gap; () in a sound book."""
    lines = received_in(book)
    if lines.count() == book.last:
        return ()
    return missing(lines.values_list("number", flat=True), book.last)


def lines_of(book: Book, volume: int = 0) -> QuerySet[Dossier]:
    """Return the lines of a volume (0: of the whole book), in the order of their numbers."""
    rows = received_in(book)
    return rows.filter(volume=volume) if volume else rows


def entries(book: Book, volume: int = 0) -> Iterator[BookEntry]:
    """Yield the lines as form 07 has them; whoever is not kept is left to be written by hand."""
    rows = lines_of(book, volume)
    kept = Applicant.objects.everywhere(reason=_LINES).filter(dossier__in=rows.order_by())
    applicants = {one.dossier_id: one for one in kept}
    for row in rows.iterator(1000):
        person = applicant_as_printed(applicants.get(row.pk))
        yield BookEntry(
            number=row.number,
            dossier_code=row.code,
            service=row.service.name,
            applicant=person.name,
            handling_agency=row.agency.name,
            received_at=row.received_at,
            contact=", ".join(text for text in (person.address, person.phone) if text),
            due_at=row.first_due_at,
            returned_at=row.ended_at if row.state == "returned" else None,
            return_way=row.result_place,
            note=_note(row),
        )


def printed(book: Book, volume: int, shop: OneStop | None) -> PrintedBook:
    """Return a volume as form 07; the last one of a closed book says who closed it."""
    of_the_end = book.closed_on is not None and volume == len(book.volumes)
    return PrintedBook(
        letterhead=letterhead(book.agency, shop),
        year=book.year,
        book=volume,
        entries=tuple(entries(book, volume)),
        closed_on=book.closed_on if of_the_end else None,
        closed_by=_closer(book) if of_the_end else None,
    )


def _closer(book: Book) -> Signer:
    """Return who closed the book, in the position of the head where it was the head."""
    head = signer_of(book.agency, book.closed_on) if book.closed_on else None
    if head is not None and head.name == book.closed_by:
        return head
    return Signer(position="NGƯỜI KHÓA SỔ", name=book.closed_by)


def _note(row: Dossier) -> str:
    """Return what the last column says: how the dossier ended without a result, or from which slip it was entered."""
    word = {"refused": "Từ chối", "stopped": "Dừng giải quyết", "withdrawn": "Rút hồ sơ"}.get(row.state)
    end = f"{word} ngày {day(timezone.localdate(row.ended_at))}" if word and row.ended_at else ""
    slip = f"Phiếu giấy {row.paper_slip}" if row.paper_slip else ""
    return "; ".join(text for text in (end, slip) if text)
