"""Hồ sơ của tôi: the work queue, the most pressing first, and the list as Excel."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.formats.xlsx_writing import Cell
from chuan.kernel.effects import actor_of, reads
from chuan.quality.dossiers import queries
from chuan.quality.dossiers.models import Dossier, DossierPart
from chuan.rules.authority import Permission
from chuan.rules.handling.urgency import Urgency
from chuan.text.vietnamese import fold
from chuan.web.agency.queue import chosen
from chuan.web.agency.queue.chosen import GROUP_NAMES, Queue, Wanted, wanted
from chuan.web.agency.queue.rows import LISTED, Shower
from chuan.web.agency.queue.words import GROUP_WORDS, STATE_WORDS, short_moment
from chuan.web.agency.reality.dossiers import workbook_of
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.kit.templatetags.chuan import number

P = Permission
MOST_EXPORTED = 50_000
LONGEST_OPTION = 70


@reads(Permission.SEE_AGENCY)
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """Show the dossiers of a scope; what presses most stands first."""
    actor, what = actor_of(request), wanted(request)
    queue = Queue(actor, what)
    scopes = _scopes(queue)
    context: dict[str, Any] = {
        "what": what,
        "scopes": [(word, Wanted(scope=name, agency=what.agency).url(), name == what.scope) for name, word in scopes],
        "several": len(actor.agencies_where(P.SEE_AGENCY)) > 1,
        "served": actor.served_where(P.SEE_AGENCY),
        "here": request.get_full_path(),
        "receives": actor.may_somewhere(P.RECEIVE_DOSSIER),
        "manages": actor.may_somewhere(P.MANAGE_ONE_STOP),
        "export": what.url("my_dossiers_workbook"),
    }
    context |= _asked(request, actor_parts(queue)) if what.scope == chosen.ASKED else _listed(request, queue)
    return render(request, "agency/queue/page.html", context)


def _listed(request: HttpRequest, queue: Queue) -> dict[str, Any]:
    what, actor = queue.what, queue.actor
    counts = queue.counted()
    total = counts.get(chosen.GROUPS[what.group], 0) if what.group else sum(counts.values()) if counts else None
    rows = queue.rows.select_related("service", "holder", "agency").only(*LISTED, "agency__name")
    page = page_of(rows, what.order, request.GET.get("sau", ""), total=total)
    shower = Shower(actor)
    return {
        "page": page,
        "rows": [shower.shown(row) for row in page.rows],
        "groups": choices(request, "nhom", _groups(counts, what)),
        "services": _services(queue),
        "positions": _positions(queue) if what.scope not in (chosen.ENDED, chosen.TO_HAND_OUT) else [],
    }


def _groups(counts: Mapping[Urgency, int], what: Wanted) -> list[Choice]:
    """Return the chips: those of groups that have rows, and of the chosen one."""
    if not counts and not what.group:
        return []
    found = [Choice(_("Tất cả (%(count)s)") % {"count": number(sum(counts.values()))}, "")]
    for group, word in GROUP_WORDS.items():
        if counts.get(group) or GROUP_NAMES[group] == what.group:
            found.append(Choice(f"{word} ({number(counts.get(group, 0))})", GROUP_NAMES[group]))
    return found


def _scopes(queue: Queue) -> list[tuple[str, str]]:
    """Return the scopes with their words and counts; what is asked for seldom is shown only while it has rows."""
    mine = Count("pk", filter=queries.lies_with(queue.actor))
    every = queue.scope(chosen.AGENCY).order_by().aggregate(all=Count("pk"), mine=mine)
    words = [
        (chosen.MINE, _("Của tôi"), every["mine"]),
        (chosen.AGENCY, _("Cả cơ quan"), every["all"]),
        (chosen.ASKED, _("Cơ quan khác hỏi"), actor_parts(queue).order_by().count()),
        (chosen.TO_HAND_OUT, _("Chờ trả kết quả"), queue.scope(chosen.TO_HAND_OUT).order_by().count()),
    ]
    found = [(name, f"{word} ({number(count)})") for name, word, count in words]
    found.append((chosen.ENDED, _("Đã kết thúc")))
    more = {
        chosen.APOLOGISE: _("Cần xin lỗi, hẹn lại"),
        chosen.DECIDE: _("Cần quyết hôm nay"),
        chosen.RECEIVED: _("Đã tiếp nhận"),
    }
    return [*found, *((name, word) for name, word in more.items() if name == queue.what.scope)]


def _services(queue: Queue) -> list[tuple[str, str]]:
    """Return the public services of the scope, by code."""
    rows = queue.scope(queue.what.scope).order_by("service__code").distinct()
    found = rows.values_list("service__key", "service__code", "service__name")
    return [(key, f"{code} {name}"[:LONGEST_OPTION]) for key, code, name in found]


def _positions(queue: Queue) -> list[tuple[str, str]]:
    """Return the positions with which dossiers of the scope lie, by title."""
    rows = queue.scope(queue.what.scope).order_by().distinct().values_list("holder__key", "holder__title")
    named = sorted(((key, title) for key, title in rows if key), key=lambda one: fold(one[1]))
    return [*named, (chosen.NOBODY, _("Chưa rõ vị trí"))]


def actor_parts(queue: Queue) -> QuerySet[DossierPart]:
    """Return what others ask of the agencies that are shown, and is not answered."""
    return queries.asked_parts(queue.actor).filter(agency__in=[one.pk for one in queue.agencies])


def _asked(request: HttpRequest, parts: QuerySet[DossierPart]) -> dict[str, Any]:
    page = page_of(queries.with_ends(parts), ("ends", "pk"), request.GET.get("sau", ""))
    now = actor_of(request).at
    year = timezone.localdate(now).year
    rows = [(one, _part_standing(one, now), short_moment(one.got_at, year)) for one in page.rows]
    return {"page": page, "parts": rows, "handles": actor_of(request).agencies_where(P.HANDLE_DOSSIER)}


def _part_standing(part: DossierPart, now: datetime) -> tuple[str, str]:
    until = short_moment(part.due_at, timezone.localdate(now).year)
    if part.due_at is None:
        return "todo", _("Không hạn")
    word = _("Quá hạn %(until)s") if part.due_at < now else _("Đến %(until)s")
    return ("late" if part.due_at < now else "doing"), word % {"until": until}


@reads(Permission.SEE_AGENCY)
def my_dossiers_workbook(request: HttpRequest) -> HttpResponse:
    """Download the dossiers that the page shows, as Excel."""
    queue = Queue(actor_of(request), wanted(request))
    if queue.what.scope == chosen.ASKED:
        return _parts_workbook(queue)
    rows = queue.rows.select_related("service", "holder", "agency", "reception").order_by(*queue.what.order)
    heading = [_("Mã hồ sơ"), _("Cơ quan giải quyết"), _("Nơi tiếp nhận"), _("Mã thủ tục"), _("Tên thủ tục")]
    heading += [_("Nội dung"), _("Tình trạng"), _("Nhóm"), _("Bước đang làm"), _("Từ lúc"), _("Hạn của bước")]
    heading += [_("Đang ở"), _("Tiếp nhận"), _("Hẹn trả"), _("Hạn luật"), _("Có kết quả"), _("Kết thúc")]
    return workbook_of(heading, map(_line, rows[:MOST_EXPORTED]), "ho-so-dang-xu-ly.xlsx")


def _line(row: Dossier) -> Sequence[Cell]:
    group = getattr(row, "urgency", None)
    return (
        row.code,
        row.agency.name,
        row.reception.name,
        row.service.code,
        row.service.name,
        row.request,
        str(STATE_WORDS[row.state]),
        str(GROUP_WORDS[Urgency(group)]) if group is not None else "",
        row.step_title,
        row.step_since_at,
        row.step_due_at,
        row.holder.title if row.holder else "",
        row.received_at,
        row.due_at,
        row.legal_due_at,
        row.ready_at,
        row.ended_at,
    )


def _parts_workbook(queue: Queue) -> HttpResponse:
    def lines() -> Iterator[Sequence[Cell]]:
        for part in actor_parts(queue)[:MOST_EXPORTED]:
            asking = part.dossier
            yield (asking.code, asking.agency.name, part.agency.name, part.content, part.got_at, part.due_at)

    heading = [_("Mã hồ sơ"), _("Cơ quan hỏi"), _("Cơ quan được hỏi"), _("Nội dung hỏi"), _("Hỏi lúc"), _("Hạn")]
    return workbook_of(heading, lines(), "co-quan-khac-hoi.xlsx")
