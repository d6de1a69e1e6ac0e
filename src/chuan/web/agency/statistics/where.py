"""Điểm nghẽn: on which step the time goes, how much of it is waiting, and how that stands against the limit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chuan.analytics.figures.queries import days_of_steps, step_weeks
from chuan.analytics.figures.steps import StepFigures, Stepwise, stepwise
from chuan.formats.xlsx_writing import Cell
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.quality.procedures.content import structure
from chuan.rules.authority import Permission
from chuan.web.agency.reality.dossiers import workbook_of
from chuan.web.agency.reality.filters import Wanted
from chuan.web.agency.reality.procedure import spent_words
from chuan.web.agency.statistics.asking import (
    Asked,
    Chosen,
    asked,
    frame,
    offered,
    procedures_to_choose,
    version_asked,
    versions_offered,
)
from chuan.web.agency.statistics.bars import step_bar


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as the page shows it: times in words, `bar` drawn, `over` how many visits took longer than the limit."""

    step: StepFigures
    waited: str
    worked: str
    together: str
    mean: str
    limit: str
    part: tuple[int, int]
    bar: str
    over_url: str
    most: bool


@reads(Permission.SEE_AGENCY)
def where_time_goes(request: HttpRequest) -> HttpResponse:
    """Show the steps of a version with volume, waiting and work against the limit, and their share of the whole."""
    actor, period = actor_of(request), asked(request)
    chosen = version_asked(actor, request)
    context: dict[str, Any] = frame(request, "where_time_goes") | {"asked": period, "chosen": chosen}
    if chosen is not None:
        found = _found(actor, chosen, period)
        context |= {
            "periods": offered(request, days_of_steps(actor, chosen.version)),
            "versions": versions_offered(request, chosen),
            "procedures": procedures_to_choose(actor, chosen.procedure.key),
            "rows": _rows(found, chosen),
            "found": found,
            "visits": sum(one.visits.count for one in found.steps),
            "told": sum(len(one.visits.waited) for one in found.steps),
            "several": len({one.variant for one in found.steps}) > 1,
        }
    return render(request, "agency/statistics/where.html", context)


def _found(actor: Actor, chosen: Chosen, period: Asked) -> Stepwise:
    weeks = step_weeks(actor, chosen.version, period.period)
    return stepwise(structure(chosen.version), ((one.week, one.content) for one in weeks), period.period)


def _rows(found: Stepwise, chosen: Chosen) -> list[StepRow]:
    longest = max((max(one.visits.median, one.visits.limit or 0) for one in found.steps), default=0)
    return [_row(one, found, chosen, longest) for one in found.steps]


def _row(one: StepFigures, found: Stepwise, chosen: Chosen, longest: float) -> StepRow:
    visits = one.visits
    waited = median(visits.waited) if visits.waited else None
    worked = median(visits.worked) if visits.worked else None
    wanted = Wanted(procedure=chosen.procedure.key, version=str(chosen.version.number), mark=f"over_limit:{one.key}")
    return StepRow(
        step=one,
        waited="" if waited is None else spent_words(waited),
        worked="" if worked is None else spent_words(worked),
        together=spent_words(visits.median),
        mean=spent_words(visits.mean),
        limit=spent_words(visits.limit) if visits.limit else "",
        part=(one.part.numerator, one.part.denominator),
        bar=step_bar(waited, worked, visits.median, visits.limit, longest),
        over_url=wanted.url() if visits.over else "",
        most=one is found.most and len(found.steps) > 1,
    )


@reads(Permission.SEE_AGENCY)
def where_time_goes_export(request: HttpRequest) -> HttpResponse:
    """Download the steps of a version as Excel."""
    actor = actor_of(request)
    chosen = version_asked(actor, request)
    heading = [_("Trường hợp"), _("Bước"), _("Tên bước"), _("Số lượt"), _("Trung vị (phút)"), _("Trung bình (phút)")]
    heading += [_("Lượt có ghi lúc bắt đầu"), _("Chờ, trung vị (phút)"), _("Làm, trung vị (phút)")]
    heading += [_("Định mức (phút)"), _("Lượt vượt định mức"), _("Tỷ lệ trong tổng thời gian")]
    lines = _lines(_found(actor, chosen, asked(request))) if chosen else ()
    return workbook_of(heading, lines, "diem-nghen.xlsx")


def _lines(found: Stepwise) -> Iterator[Sequence[Cell]]:
    for one in found.steps:
        visits = one.visits
        yield (
            one.variant,
            one.key,
            one.title,
            visits.count,
            round(visits.median, 1),
            round(visits.mean, 1),
            len(visits.waited),
            round(median(visits.waited), 1) if visits.waited else None,
            round(median(visits.worked), 1) if visits.worked else None,
            visits.limit,
            visits.over,
            round(float(one.part), 4),
        )
