"""Bản đồ nhiệt: each step in each week, its median against its limit, with how many it is of and the list behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chuan.analytics.figures.queries import days_of_steps, step_weeks
from chuan.analytics.figures.steps import SMALL, StepFigures, Stepwise, Visits, stepwise
from chuan.formats.xlsx_writing import Cell
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.quality.procedures.content import structure
from chuan.rules.authority import Permission
from chuan.text import numbers
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

MOST_WEEKS = 26
"""How many of the newest weeks a page shows; the workbook has all."""
LEVELS = {
    "half": gettext_lazy("không quá nửa định mức"),
    "within": gettext_lazy("trong định mức"),
    "over": gettext_lazy("vượt định mức"),
    "far_over": gettext_lazy("vượt quá 50 %"),
    "": gettext_lazy("không có định mức riêng"),
}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A step in a week: the level with its word, what stands there, of how many, whether they are few, the list."""

    level: str
    word: str
    said: str
    count: int
    few: bool
    url: str


@reads(Permission.SEE_AGENCY)
def heat_map(request: HttpRequest) -> HttpResponse:
    """Show the steps of a version week by week."""
    actor, period = actor_of(request), asked(request)
    chosen = version_asked(actor, request)
    context: dict[str, Any] = frame(request, "heat_map") | {"asked": period, "chosen": chosen}
    if chosen is not None:
        found = _found(actor, chosen, period)
        weeks = found.weeks[: -MOST_WEEKS - 1 : -1]  # the newest first: they are in sight on a phone too
        context |= {
            "periods": offered(request, days_of_steps(actor, chosen.version)),
            "versions": versions_offered(request, chosen),
            "procedures": procedures_to_choose(actor, chosen.procedure.key),
            "weeks": [(week.isocalendar().week, week) for week in weeks],
            "all_weeks": len(found.weeks),
            "rows": [_row(one, weeks, chosen) for one in found.steps],
            "levels": LEVELS.items(),
            "small": SMALL,
            "several": len({one.variant for one in found.steps}) > 1,
        }
    return render(request, "agency/statistics/heat.html", context)


def _found(actor: Actor, chosen: Chosen, period: Asked) -> Stepwise:
    whole_weeks = period.period.in_whole_weeks
    weeks = step_weeks(actor, chosen.version, whole_weeks)
    return stepwise(structure(chosen.version), ((one.week, one.content) for one in weeks), whole_weeks)


def _row(one: StepFigures, weeks: Sequence[date], chosen: Chosen) -> dict[str, Any]:
    limit = one.visits.limit
    return {
        "step": one,
        "limit": spent_words(limit) if limit else "",
        "cells": [_cell(one.weeks[week], week, one, chosen) if week in one.weeks else None for week in weeks],
    }


def _cell(visits: Visits, week: date, one: StepFigures, chosen: Chosen) -> HeatCell:
    wanted = Wanted(
        procedure=chosen.procedure.key,
        version=str(chosen.version.number),
        variant=one.variant,
        step=one.key,
        week=week.isoformat(),
    )
    share = visits.share
    said = (
        spent_words(visits.median)
        if share is None
        else numbers.percent(round(share * 100), 100, 0, language=_language())
    )
    return HeatCell(
        visits.level or "none", str(LEVELS[visits.level]), said, visits.count, visits.is_small, wanted.url()
    )


def _language() -> str:
    return get_language() or "vi"


@reads(Permission.SEE_AGENCY)
def heat_map_export(request: HttpRequest) -> HttpResponse:
    """Download the steps of a version week by week as Excel, one line for each step and week."""
    actor = actor_of(request)
    chosen = version_asked(actor, request)
    heading = [_("Tuần"), _("Từ ngày"), _("Trường hợp"), _("Bước"), _("Tên bước"), _("Số lượt"), _("Trung vị (phút)")]
    heading += [_("Trung bình (phút)"), _("Định mức (phút)"), _("Chậm so với định mức (phút)"), _("Lượt vượt định mức")]
    lines = _lines(_found(actor, chosen, asked(request))) if chosen else ()
    return workbook_of(heading, lines, "ban-do-nhiet.xlsx")


def _lines(found: Stepwise) -> Iterator[Sequence[Cell]]:
    for week in found.weeks:
        year, number, _day = week.isocalendar()
        for one in found.steps:
            if week in one.weeks:
                visits = one.weeks[week]
                last = week + timedelta(days=6)
                days = f"{numbers.day(week)}–{numbers.day(last)}"
                yield (
                    f"{year}-W{number:02d}",
                    days,
                    one.variant,
                    one.key,
                    one.title,
                    visits.count,
                    round(visits.median, 1),
                    round(visits.mean, 1),
                    visits.limit,
                    None if visits.delay is None else round(visits.delay, 1),
                    visits.over,
                )
