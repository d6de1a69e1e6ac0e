"""Bảng theo dõi: where the open dossiers of an agency are, each number with the list behind it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.quality.dossiers import boards, queries
from chuan.quality.dossiers.boards import Line
from chuan.rules.authority import Permission
from chuan.rules.handling.urgency import Urgency
from chuan.web.agency.queue import chosen
from chuan.web.agency.queue.chosen import GROUP_NAMES, Queue, Wanted
from chuan.web.agency.queue.rows import LISTED, Shower, Shown
from chuan.web.agency.queue.words import GROUP_SHAPES, GROUP_WORDS

SHOWN_TO_DECIDE = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the list behind it."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of a board as it is shown: its words, its cells by group, their sum, and what was done lately."""

    name: str
    beneath: str
    cells: Sequence[Cell]
    total: Cell
    done: int | None = None


@reads(Permission.MANAGE_ONE_STOP)
def dossier_board(request: HttpRequest) -> HttpResponse:
    """Show the board of one agency: the one that the address names (`cq`), else the first."""
    actor = actor_of(request)
    key = _agency_key(request, actor)
    queue = Queue(actor, Wanted(scope=chosen.AGENCY, agency=key))
    rows, own = queue.rows, [one.pk for one in queue.agencies]
    day = timezone.localdate(actor.at)
    lines, done = boards.by_position(rows), boards.steps_done(own, day)
    counts = sum((Counter(line.counts) for line in lines), Counter[Urgency]())
    groups = [group for group in GROUP_WORDS if counts.get(group)]
    base = Wanted(scope=chosen.AGENCY, agency=key)
    decide = Wanted(scope=chosen.DECIDE, agency=key)
    to_decide = queue.scope(chosen.DECIDE)
    apologies = Cell(queries.to_apologise(queue.agencies, actor.at).count(), Wanted(chosen.APOLOGISE, agency=key).url())
    came = boards.today(own, day)
    of_day = {"agency": key, "day": day.isoformat()}
    context: dict[str, Any] = {
        "agency": queue.agencies[0],
        "others": [one for one in actor.served_where(Permission.MANAGE_ONE_STOP) if one.key != key],
        "groups": [(GROUP_SHAPES[one], GROUP_WORDS[one], _cell(counts[one], base, one)) for one in groups],
        "total": Cell(sum(counts.values()), base.url()),
        "heads": [GROUP_WORDS[group] for group in groups],
        "positions": [_row(line, groups, base, "position", done) for line in lines],
        "services": [_row(line, groups, base, "service") for line in boards.by_service(rows)],
        "received": Cell(came.received, Wanted(chosen.RECEIVED, **of_day).url()),
        "ended": Cell(came.returned + came.ended, Wanted(chosen.ENDED, **of_day).url()),
        "came": came,
        "apologies": apologies,
        "deciding": _deciding(actor, to_decide.order_by(*decide.order)),
        "more": Cell(to_decide.count(), decide.url()),
        "day": day,
    }
    return render(request, "agency/queue/board.html", context)


def _agency_key(request: HttpRequest, actor: Actor) -> str:
    own = [one.key for one in actor.served_where(Permission.MANAGE_ONE_STOP)]
    key = request.GET.get("cq") or own[0]
    if key not in own:
        raise NotYours
    return key


def _deciding(actor: Actor, rows: QuerySet[Any, Any]) -> list[Shown]:
    shower = Shower(actor)
    return [shower.shown(row) for row in rows.select_related("service", "holder").only(*LISTED)[:SHOWN_TO_DECIDE]]


def _cell(count: int, base: Wanted, group: Urgency | None = None) -> Cell:
    return Cell(count, replace(base, group=GROUP_NAMES[group] if group is not None else "").url())


def _row(line: Line, groups: Iterable[Urgency], base: Wanted, by: str, done: Any = None) -> BoardRow:
    narrowed = replace(base, **{by: line.key or chosen.NOBODY})
    return BoardRow(
        name=line.name or _("Chưa rõ vị trí"),
        beneath=line.beneath,
        cells=[_cell(line.counts.get(group, 0), narrowed, group) for group in groups],
        total=_cell(line.total, narrowed),
        done=done.get(line.name, 0) if done is not None and line.key else None,
    )
