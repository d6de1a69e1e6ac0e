"""Lists of procedures: of the own agency, of all agencies for the province, and those that can be adopted."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.quality.procedures import queries
from chuan.quality.procedures.lifecycle import STATES
from chuan.quality.procedures.models import Procedure
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.words import KINDS
from chuan.web.agency.procedures.workbook import XLSX, list_workbook
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

ORDER = ("agency_id", "code", "pk")
SHOWN = ("key", "code", "name", "field", "agency__name")
OFFERED = ("in_force", "draft", "review", "approved")
UNREAD = "chua-doc"
SENT_BACK, BEHIND = "tra-lai", "goc-moi"


@reads(Permission.SEE_AGENCY)
def procedures(request: HttpRequest) -> HttpResponse:
    """Show the procedures of the actor's agencies, with their coverage on top."""
    actor = actor_of(request)
    own = queries.own_procedures(actor)
    agencies = actor.served_where(Permission.SEE_AGENCY)
    today = timezone.localdate(actor.at)
    context = _list(request, actor, _in_state(own, request.GET.get("xem", ""), actor)) | {
        "states": choices(request, "xem", _states()),
        "fields": queries.fields_of(own),
        "covered": [(agency, queries.coverage(agency, today)) for agency in agencies],
        "may_write": [agency for agency in agencies if actor.may(Permission.WRITE_PROCEDURE, agency)],
        "several": len(agencies) > 1,
    }
    return render(request, "agency/procedures/list.html", context)


@reads(Permission.SEE_AGENCY)
def procedures_workbook(request: HttpRequest) -> HttpResponse:
    """Download the list of the actor's agencies, filtered as on the page, as an Excel workbook."""
    actor = actor_of(request)
    rows = _filtered(request, _in_state(queries.own_procedures(actor), request.GET.get("xem", ""), actor))
    headers = {"Content-Disposition": 'attachment; filename="quy-trinh.xlsx"'}
    found = list(rows.select_related("agency").order_by(*ORDER))
    return HttpResponse(list_workbook(found, actor), content_type=XLSX, headers=headers)


@reads(Permission.SEE_PUBLISHED)
def agencies_procedures(request: HttpRequest) -> HttpResponse:
    """Show what the agencies of the province have in force, never their drafts (facts D1)."""
    actor = actor_of(request)
    rows = queries.published_procedures(actor)
    context = _list(request, actor, rows) | {"several": True, "of_province": True}
    return render(request, "agency/procedures/list.html", context)


def _list(request: HttpRequest, actor: Actor, rows: QuerySet[Procedure]) -> dict[str, Any]:
    shown = _filtered(request, rows).select_related("agency").only(*SHOWN)
    page = page_of(shown, ORDER, request.GET.get("sau", ""))
    standings = queries.standings(actor, page.rows)
    filtered = any(request.GET.get(name) for name in ("q", "linh-vuc", "xem"))
    return {
        "page": page,
        "rows": [(row, standings.get(row.pk)) for row in page.rows],
        "kinds": KINDS,
        "filtered": filtered,
        "chosen_field": request.GET.get("linh-vuc", ""),
    }


def _filtered(request: HttpRequest, rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    rows = queries.matching(rows, request.GET.get("q", ""))
    field = request.GET.get("linh-vuc", "")
    return rows.filter(field=field) if field else rows


def _in_state(rows: QuerySet[Procedure], state: str, actor: Actor) -> QuerySet[Procedure]:
    if state == UNREAD:
        return rows.filter(pk__in=queries.unread_by(actor).values("procedure"))
    if state == SENT_BACK:
        return rows.filter(pk__in=queries.sent_back_to(actor).values("procedure"))
    if state == BEHIND:
        return rows.filter(pk__in=queries.behind_their_original(actor).values("pk"))
    return queries.having_version_in(rows, state) if state in OFFERED else rows


def _states() -> list[Choice]:
    offered = [Choice(str(STATES[state]), state) for state in OFFERED]
    further = [(_("Bị trả lại"), SENT_BACK), (_("Bản gốc đã đổi"), BEHIND), (_("Tôi chưa đọc"), UNREAD)]
    return [Choice(_("Tất cả"), ""), *offered, *(Choice(word, value) for word, value in further)]
