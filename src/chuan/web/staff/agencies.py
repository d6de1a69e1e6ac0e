"""Agencies: the list with its filters, the tree of superiors, and one agency with its history of mergers."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.organisations.agencies.models import Agency, AgencyKind, Succession, Unit
from chuan.organisations.agencies.queries import alive, system_of
from chuan.organisations.people.models import Position
from chuan.quality.procedures.four_eyes import may_lift
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.staff.branches import branches
from chuan.web.staff.holders import with_holders

FORMER = "cu"


@reads(Permission.SEE_ORGANISATION)
def agencies(request: HttpRequest) -> HttpResponse:
    """Show the agencies the actor may see, by kind and by words of their name."""
    actor, kind = actor_of(request), request.GET.get("loai", "")
    rows = _filtered(Agency.objects.visible_to(actor), kind, request.GET.get("q", ""), actor)
    page = page_of(rows.select_related("parent"), ("search_text", "pk"), request.GET.get("sau", ""))
    kinds = [Choice(str(kind.label), kind.value) for kind in AgencyKind]
    kinds = [Choice(_("Tất cả"), ""), *kinds, Choice(_("Đã sắp xếp"), FORMER)]
    context = {
        "page": page,
        "kinds": choices(request, "loai", kinds),
        "today": timezone.localdate(actor.at),
        "may_add": bool(actor.provinces_where(Permission.MANAGE_ORGANISATION)),
    }
    return render(request, "staff/agencies.html", context)


@reads(Permission.SEE_ORGANISATION)
def tree(request: HttpRequest) -> HttpResponse:
    """Show the living agencies under their superiors."""
    actor = actor_of(request)
    living = Agency.objects.visible_to(actor).filter(alive(timezone.localdate(actor.at)))
    shown = branches(list(living.order_by("kind", "search_text")))
    return render(request, "staff/agency_tree.html", {"branches": shown})


@reads(Permission.SEE_ORGANISATION)
def agency(request: HttpRequest, key: str) -> HttpResponse:
    """Show one agency: what it is, what it came from, its quality system, its units and positions."""
    actor = actor_of(request)
    today = timezone.localdate(actor.at)
    shown = find(Agency.objects.visible_to(actor).select_related("parent", "province"), key=key)
    successions = Succession.objects.everywhere(reason="mergers are public; the agency itself was checked")
    open_positions = Position.objects.within(shown).filter(closed_on__isnull=True).order_by("code")
    context = {
        "agency": shown,
        "earlier": successions.filter(successor=shown).select_related("predecessor").order_by("effective_on"),
        "later": successions.filter(predecessor=shown).select_related("successor").order_by("effective_on"),
        "units": Unit.objects.within(shown),
        "system": system_of(shown, today),
        "today": today,
        "may_organise": actor.may(Permission.MANAGE_ORGANISATION, shown),
        "may_see_people": actor.may(Permission.SEE_PEOPLE, shown),
        "may_manage": actor.may(Permission.MANAGE_PEOPLE, shown),
        "may_separate": may_lift(actor, shown) or actor.may(Permission.MANAGE_QUALITY_SYSTEM, shown),
        "positions": with_holders(open_positions.select_related("unit"), actor),
    }
    return render(request, "staff/agency.html", context)


def _filtered(rows: QuerySet[Agency], kind: str, words: str, actor: Actor) -> QuerySet[Agency]:
    living = alive(timezone.localdate(actor.at))
    rows = rows.exclude(living) if kind == FORMER else rows.filter(living)
    if kind in AgencyKind.values:
        rows = rows.filter(kind=kind)
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows
