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

PART = 1_000
"""The lines of a file: a volume of more than two parts is printed part by part, since Word takes seconds for each."""
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

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The first and last numbers of the files in which the volume comes: one, as long as it is not very long."""
        if self.count <= 2 * PART:
            return ((self.first, self.last),)
        return tuple((at, min(at + PART - 1, self.last)) for at in range(self.first, self.last + 1, PART))


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


def entries(rows: QuerySet[Dossier]) -> Iterator[BookEntry]:
    """Yield lines of a book as form 07 has them; whoever is not kept is left to be written by hand."""
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


def printed(book: Book, volume: Volume, shop: OneStop | None, first: int = 0) -> PrintedBook:
    """Return a volume as form 07, or its part that begins with the number `first`.

    The last volume of a closed book says who closed it; a part does not, since it would be taken for the whole.
    """
    part = next((part for part in volume.parts if part[0] == first), (volume.first, volume.last))
    whole = part == (volume.first, volume.last)
    of_the_end = book.closed_on is not None and volume.number == len(book.volumes) and whole
    return PrintedBook(
        letterhead=letterhead(book.agency, shop),
        year=book.year,
        book=volume.number,
        entries=tuple(entries(received_in(book).filter(number__range=part))),
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
