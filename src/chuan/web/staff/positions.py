"""Positions: who holds which, with which roles; one position with the history of its holders."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.organisations.people.models import Holding, Position, RoleAssignment
from chuan.organisations.people.queries import on_day
from chuan.rules.authority import Permission
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.kit.words import role_name
from chuan.web.staff.holders import filled, may_fill, with_holders

CLOSED, UNHELD = "bo", "trong"


@reads(Permission.SEE_ORGANISATION)
def positions(request: HttpRequest) -> HttpResponse:
    """Show the positions the actor may see, with their holders of today."""
    actor, chosen = actor_of(request), request.GET.get("xem", "")
    rows = Position.objects.visible_to(actor).filter(closed_on__isnull=chosen != CLOSED)
    if chosen == UNHELD:
        rows = rows.exclude(pk__in=filled(actor).values("position_id"))
    order = ("agency__search_text", "code", "pk")
    page = page_of(rows.select_related("agency", "unit"), order, request.GET.get("sau", ""))
    shown = [Choice(_("Đang dùng"), ""), Choice(_("Chưa có người giữ"), UNHELD), Choice(_("Đã bỏ"), CLOSED)]
    context = {
        "page": page,
        "held": with_holders(page.rows, actor),
        "views": choices(request, "xem", shown),
        "sees_people": actor.may_somewhere(Permission.SEE_PEOPLE),
    }
    return render(request, "staff/positions.html", context)


@reads(Permission.SEE_ORGANISATION)
def position(request: HttpRequest, key: str) -> HttpResponse:
    """Show one position: its roles and everybody who held it."""
    actor = actor_of(request)
    shown = find(Position.objects.visible_to(actor).select_related("agency", "unit"), key=key)
    holdings = Holding.objects.visible_to(actor).filter(position=shown).select_related("person")
    context = {
        "position": shown,
        "roles": _roles(shown, timezone.localdate(actor.at)),
        "holdings": holdings.order_by("-from_on"),
        "is_filled": filled(actor).filter(position=shown).exists(),
        "sees_people": actor.may(Permission.SEE_PEOPLE, shown.agency),
        "may_manage": actor.may(Permission.MANAGE_PEOPLE, shown.agency),
        "may_fill": may_fill(actor, shown),
        "actor": actor,
    }
    return render(request, "staff/position.html", context)


def _roles(position: Position, day: date) -> list[dict[str, Any]]:
    rows = RoleAssignment.objects.within(position.agency).filter(on_day(day), position=position)
    return [{"name": role_name(row.role), "from_on": row.from_on, "key": row.key} for row in rows]
