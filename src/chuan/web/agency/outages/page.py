"""The record of outages, and one outage with what was received on paper slips during it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.norms.holidays.queries import calendars_of
from chuan.organisations.models import Agency
from chuan.quality.dossiers.outages import queries
from chuan.quality.dossiers.outages.actions import RECORDS, may_record
from chuan.quality.dossiers.outages.models import Outage
from chuan.rules.authority import Permission
from chuan.rules.handling.verdicts import Rule
from chuan.rules.workdays import Calendar
from chuan.web.agency.handling.words import rule_words
from chuan.web.agency.outages.words import Shown, shown
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

ORDER = ("-began_at", "-pk")
SLIPS_ORDER = ("received_at", "pk")
WITHDRAWN = "da-bo"
MOST_WITHOUT = 20
PAD, RECEPTION = "paper_slip_pad", "receive_dossiers"


@reads(Permission.SEE_AGENCY)
def outages(request: HttpRequest) -> HttpResponse:
    """Show the outages of the actor's agencies, the newest first, and the slips that none of them explains."""
    actor, withdrawn = actor_of(request), request.GET.get("xem", "") == WITHDRAWN
    own = actor.agencies_where(Permission.SEE_AGENCY)
    several, calendar = len(own) > 1, _calendars()
    rows = queries.with_slips(queries.outages(actor, withdrawn=withdrawn)).select_related("agency")
    page = page_of(rows, ORDER, request.GET.get("sau", ""))
    found = [(_shown(row, calendar, actor), row.slips) for row in page.rows]
    without = [] if withdrawn else list(_without(actor)[: MOST_WITHOUT + 1])
    context: dict[str, Any] = {
        "page": page,
        "rows": found,
        "several": several,
        "withdrawn": withdrawn,
        "kinds": _kinds(request, actor, withdrawn=withdrawn),
        "lasting": [one for one, _slips in found if one.row.ended_at is None and not withdrawn],
        "without": without[:MOST_WITHOUT],
        "more_without": len(without) > MOST_WITHOUT,
        "source": rule_words(Rule.R21),
        "may_record": any(actor.may_somewhere(permission) for permission in RECORDS),
    } | _desk(actor)
    return render(request, "agency/outages/list.html", context)


@reads(Permission.SEE_AGENCY)
def outage(request: HttpRequest, key: str) -> HttpResponse:
    """Show one outage: what the rule says of it, and what was received on paper slips meanwhile."""
    actor = actor_of(request)
    row = queries.outage_by_key(actor, key)
    slips = queries.slips_of(row).select_related("service")
    page = page_of(slips, SLIPS_ORDER, request.GET.get("sau", ""))
    context: dict[str, Any] = {
        "one": _shown(row, _calendars(), actor),
        "page": page,
        "source": rule_words(Rule.R21),
        "may_record": may_record(actor, row.agency),
    } | _desk(actor)
    return render(request, "agency/outages/outage.html", context)


def _shown(row: Outage, calendar: Callable[[Agency, date], Calendar], actor: Actor) -> Shown:
    now = timezone.localtime(actor.at)
    return shown(row, calendar(row.agency, timezone.localdate(row.began_at)), now)


def _calendars() -> Callable[[Agency, date], Calendar]:
    """Return what tells the calendar of an agency for a day: one query for each agency."""
    known: dict[int, Callable[[date], Calendar]] = {}

    def on(agency: Agency, day: date) -> Calendar:
        if agency.pk not in known:
            known[agency.pk] = calendars_of(agency)
        return known[agency.pk](day)

    return on


def _without(actor: Actor) -> Any:
    rows = queries.slips_without_outage(actor.agencies_where(Permission.SEE_AGENCY))
    return rows.only("key", "code", "paper_slip", "received_at").order_by("-received_at", "-pk")


def _kinds(request: HttpRequest, actor: Actor, *, withdrawn: bool) -> list[tuple[str, str, bool]]:
    """Return the chips, none while nothing was withdrawn."""
    if not withdrawn and not queries.outages(actor, withdrawn=True).exists():
        return []
    return choices(request, "xem", [Choice(_("Đang tính"), ""), Choice(_("Đã bỏ"), WITHDRAWN)])


def _desk(actor: Actor) -> dict[str, str]:
    """Return where slips are printed and entered, "" for who may not or where the page is not installed."""
    receives = actor.may_somewhere(Permission.RECEIVE_DOSSIER)
    return {"pad": _address(PAD) if receives else "", "reception": _address(RECEPTION) if receives else ""}


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
