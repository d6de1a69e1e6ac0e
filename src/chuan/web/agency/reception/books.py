"""Sổ theo dõi hồ sơ: the books of the years, their lines, their files; a further volume; the end of the year."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.formats.xlsx_writing import Cell
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import find, require
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.day_books import Volume, entries, gaps_in, printed, volumes_of
from chuan.quality.dossiers.models import Book
from chuan.quality.dossiers.papers import numbering_of
from chuan.quality.dossiers.queries import books_of, matching, one_stop_of, received_in
from chuan.rules.authority import Permission
from chuan.web.agency.reality.dossiers import workbook_of
from chuan.web.agency.reception.papers import written
from chuan.web.kit.acting import form_page
from chuan.web.kit.paging import page_of
from chuan.web.kit.templatetags.chuan import moment

P = Permission
ORDER = ("-number", "-pk")
LINE = ("key", "code", "number", "volume", "request", "received_at", "first_due_at", "ended_at", "state", "paper_slip")
KEEPERS = (P.RECEIVE_DOSSIER, P.HANDLE_DOSSIER, P.MANAGE_ONE_STOP)


@reads(Permission.SEE_AGENCY)
def books(request: HttpRequest) -> HttpResponse:
    """Show the books of the actor's agencies, the newest year first."""
    actor = actor_of(request)
    rows = list(books_of(actor)[:200])
    several = len({row.agency_id for row in rows}) > 1
    context = {"rows": [(row, len(row.volumes)) for row in rows], "several": several}
    return render(
        request, "agency/reception/books.html", context | {"receives": actor.may_somewhere(P.RECEIVE_DOSSIER)}
    )


@reads(Permission.SEE_AGENCY)
def book(request: HttpRequest, key: str) -> HttpResponse:
    """Show the lines of a book, the last number first, those that hold the words `q`."""
    actor = actor_of(request)
    one = _book(actor, key)
    words = request.GET.get("q", "")
    rows = matching(received_in(one), words) if words else received_in(one)
    rows = rows.only(*LINE, "agency__name", "service__code").order_by()
    manages, today = actor.may(P.MANAGE_ONE_STOP, one.agency), timezone.localdate(actor.at)
    open_now = one.closed_on is None
    volumes = volumes_of(one)
    context: dict[str, Any] = {
        "one": one,
        "page": page_of(rows, ORDER, request.GET.get("sau", "")),
        "words": words,
        "volumes": volumes,
        "gaps": gaps_in(one),
        "downloads": _keeps(actor, one),
        "may_begin": manages and open_now and volumes[-1].count > 0,
        "may_close": manages and open_now and today >= date(one.year, 12, 31),
        "closes_from": date(one.year, 12, 31) if manages and open_now else None,
    }
    return render(request, "agency/reception/book.html", context)


@reads(Permission.SEE_AGENCY)
def book_file(request: HttpRequest, key: str, ext: str) -> HttpResponse:
    """Download a volume (`quyen`, else the last; from the number `tu` on) as PDF or Word, or the book as Excel."""
    actor = actor_of(request)
    one = _book(actor, key)
    if not _keeps(actor, one):
        raise NotAllowed
    if ext == "xlsx":
        return workbook_of(_heading(), _lines(one), f"so-theo-doi-{one.year}.xlsx")
    if ext not in ("pdf", "docx"):
        raise Http404
    shop = one_stop_of(one.agency)
    volume = _volume(request, volumes_of(one))
    said = request.GET.get("tu", "")
    first = next((part[0] for part in volume.parts if str(part[0]) == said), volume.parts[0][0])
    name = f"so-theo-doi-{one.year}-quyen-{volume.number:02d}-tu-so-{first}"
    return written(printed(one, volume, shop, first), numbering_of(shop), ext, name)


@writes(Permission.MANAGE_ONE_STOP)
def begin_book_volume(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a further volume; the numbers run on."""
    actor = actor_of(request)
    one = _managed(actor, key)
    return form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: actions.begin_book_volume(one, by=actor, at=actor.at),
        title=_("Mở quyển %(volume)d của sổ năm %(year)d") % {"volume": len(one.volumes) + 1, "year": one.year},
        verb=_("Mở quyển mới"),
        back=reverse("dossier_book", args=[one.key]),
        said=_("Đã mở quyển mới. Số thứ tự chạy tiếp."),
        above="agency/reception/before_volume.html",
        shown={"one": one, "next": one.last + 1},
    )


@writes(Permission.MANAGE_ONE_STOP)
def close_book(request: HttpRequest, key: str) -> HttpResponse:
    """Close the book of a year that is over; the rules say why it cannot be closed yet."""
    actor = actor_of(request)
    one = _managed(actor, key)
    return form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: actions.close_book(one, on=timezone.localdate(actor.at), by=actor, at=actor.at),
        title=_("Khóa sổ năm %(year)d") % {"year": one.year},
        verb=_("Khóa sổ"),
        back=reverse("dossier_book", args=[one.key]),
        said=_("Đã khóa sổ năm %(year)d.") % {"year": one.year},
        above="agency/reception/before_closing.html",
        shown={"one": one, "gaps": gaps_in(one)},
    )


def _book(actor: Actor, key: str) -> Book:
    return find(books_of(actor), key=key)


def _managed(actor: Actor, key: str) -> Book:
    one = _book(actor, key)
    require(actor, P.MANAGE_ONE_STOP, one.agency)
    return one


def _keeps(actor: Actor, one: Book) -> bool:
    """Whether the actor may have the book as a file: it carries the names that are kept."""
    return any(actor.may(permission, one.agency) for permission in KEEPERS)


def _volume(request: HttpRequest, volumes: Sequence[Volume]) -> Volume:
    said = request.GET.get("quyen", "")
    known = {str(volume.number): volume for volume in volumes}
    if said and said not in known:
        raise Http404
    return known.get(said, volumes[-1])


def _heading() -> list[str]:
    first = [_("Số thứ tự"), _("Mã hồ sơ"), _("Thủ tục"), _("Tổ chức, cá nhân"), _("Địa chỉ, số điện thoại")]
    then = [_("Cơ quan giải quyết"), _("Nhận hồ sơ"), _("Hẹn trả"), _("Trả kết quả"), _("Nơi nhận kết quả")]
    return [*first, *then, _("Ghi chú")]


def _lines(one: Book) -> Iterator[Sequence[Cell]]:
    for line in entries(received_in(one)):
        moments = map(moment, (line.received_at, line.due_at, line.returned_at))
        said = (line.number, line.dossier_code, line.service, line.applicant, line.contact, line.handling_agency)
        yield (*said, *moments, line.return_way, line.note)
