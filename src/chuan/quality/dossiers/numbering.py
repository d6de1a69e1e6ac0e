"""Numbers that are given once: the code of a dossier and its place in the book of the year, each under a lock.

Sources: TT 01/2018/TT-VPCP, Articles 10(2) and 19; TT 03/2025/TT-VPCP, Article 13(3); facts 3.3.2 and 3.4.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import Book, CodeCounter, OneStop
from chuan.quality.dossiers.refusals import NoIdentifier
from chuan.rules.dossier_codes import compose, format_of, format_on
from chuan.rules.one_stop_books import DayBook, Place, book_for, enter


def give_code(shop: OneStop, received_on: date) -> str:
    """Return the next code of the day. Call it in the transaction that keeps it. Raises NoIdentifier, BadInput."""
    if not shop.identifier:
        raise NoIdentifier
    form = format_of(shop.code_format) if shop.code_format else format_on(received_on)
    owner = shop.system_owner if form.owner else ""
    found = {"identifier": shop.identifier, "owner": owner, "day": received_on}
    CodeCounter.objects.bulk_create([CodeCounter(**found)], ignore_conflicts=True)
    counter = CodeCounter.objects.select_for_update().get(**found)
    code = compose(form, agency=shop.identifier, received_on=received_on, serial=counter.last + 1, owner=owner)
    CodeCounter.objects.filter(pk=counter.pk).update(last=counter.last + 1)
    return code.text


def next_serial(shop: OneStop, day: date) -> int:
    """Return the number that the next code of `day` would have. It is not taken."""
    form = format_of(shop.code_format) if shop.code_format else format_on(day)
    owner = shop.system_owner if form.owner else ""
    given = CodeCounter.objects.filter(identifier=shop.identifier, owner=owner, day=day)
    return (given.values_list("last", flat=True).first() or 0) + 1


def enter_in_book(agency: Agency, received_on: date, *, by: Actor, at: datetime) -> tuple[Book, Place]:
    """Return the book that takes a dossier of `received_on`, and the place given in it; opens the year's book.

    Call it in the transaction that keeps it. Raises BadInput where no book is open.
    """
    rows = Book.objects.within(agency).select_for_update()
    known = {row.year: row for row in rows.filter(year__gte=received_on.year)}
    years = {received_on.year} if known.get(received_on.year) is None else {timezone.localdate(at).year}
    if not any(row.closed_on is None for row in known.values()):
        known |= {year: _open(agency, year, by, at) for year in years - known.keys()}
    book, place = enter(book_for([day_book(row) for row in known.values()], received_on), received_on)
    row = known[book.year]
    Book.objects.within(agency).filter(pk=row.pk).update(last=book.last)
    return row, place


def day_book(row: Book) -> DayBook:
    """Return the book as the rules want it."""
    return DayBook(row.year, row.last, tuple(row.volumes), row.closed_on)


def _open(agency: Agency, year: int, by: Actor, at: datetime) -> Book:
    """Return the new book of `year`; two who open it at once get the same one."""
    with transaction.atomic():
        fresh = Book(agency=agency, year=year, volumes=[1], created_at=at, created_by_id=by.account_id)
        Book.objects.within(agency).bulk_create([fresh], ignore_conflicts=True)
    return Book.objects.within(agency).select_for_update().get(year=year)
