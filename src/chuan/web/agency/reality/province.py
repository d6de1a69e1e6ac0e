"""For the province: the sums that dossiers come to, by agency and by procedure; no dossier is shown (facts D1)."""

from collections.abc import Iterable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chuan.analytics.findings.models import AgencyReading, ProcedureReading
from chuan.analytics.findings.queries import agency_readings, sums_by_procedure
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.rules.authority import Permission
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.kit.templatetags.chuan import rate

R = TypeVar("R", AgencyReading, ProcedureReading)
BY_NAME = ("agency__search_text", "agency_id")
LISTED = ("procedures", "dossiers", "judged_steps", "followed", "judged_time", "in_time")
ORDERS = {"khac": ("-differs", "agency_id"), "qua-han": ("-is_late", "agency_id"), "ho-so": ("-dossiers", "agency_id")}


@reads(Permission.SEE_PUBLISHED)
def reality_agencies(request: HttpRequest) -> HttpResponse:
    """Show the agencies of the province with the sums of their procedures in force."""
    rows = agency_readings(actor_of(request), words=request.GET.get("q", ""))
    rows = rows.only(*LISTED, "agency__key", "agency__name", "agency__search_text")
    order = ORDERS.get(request.GET.get("xep", ""), BY_NAME)
    page = page_of(rows, order, request.GET.get("sau", ""), nullable=("differs", "is_late"))
    orders = [Choice(_("Theo tên"), ""), Choice(_("Đi khác nhiều nhất"), "khac")]
    orders += [Choice(_("Quá hạn nhiều nhất"), "qua-han"), Choice(_("Nhiều hồ sơ nhất"), "ho-so")]
    context = {"page": page, "rows": _in_words(page.rows), "orders": choices(request, "xep", orders)}
    return render(request, "agency/reality/agencies.html", context)


@reads(Permission.SEE_PUBLISHED)
def reality_agency(request: HttpRequest, key: str) -> HttpResponse:
    """Show what the sums of one agency come from: its procedures, those first that differ most."""
    read = find(agency_readings(actor_of(request)), agency__key=key)
    page = page_of(sums_by_procedure(read.agency), ("-trouble", "pk"), request.GET.get("sau", ""))
    context = {"agency": read.agency, "page": page, "rows": _in_words(page.rows)}
    return render(request, "agency/reality/agency.html", context)


def _in_words(rows: Iterable[R]) -> list[tuple[R, str, int, str, int]]:
    """Return the rows with both rates in words, each with how many dossiers are not in it: no steps, no judged time."""
    return [
        (
            one,
            _rate(one.followed, one.judged_steps),
            one.dossiers - one.judged_steps,
            _rate(one.in_time, one.judged_time),
            one.dossiers - one.judged_time,
        )
        for one in rows
    ]


def _rate(part: int, whole: int) -> str:
    return rate(part, whole) if whole else "–"
