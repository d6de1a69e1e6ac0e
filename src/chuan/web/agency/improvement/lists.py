"""Sổ cải tiến: the list with its filters and sums, and the list as Excel."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.formats.xlsx_writing import Cell
from chuan.kernel.effects import actor_of, reads
from chuan.quality.improvement import queries
from chuan.quality.improvement.models import Improvement
from chuan.rules.authority import Permission
from chuan.web.agency.improvement.filters import STATES, asked
from chuan.web.agency.improvement.words import beneath, standing
from chuan.web.agency.reality.dossiers import workbook_of
from chuan.web.kit.choices import Choice, choices, options
from chuan.web.kit.paging import page_of
from chuan.web.kit.templatetags.chuan import day, number

ORDER = ("-year", "-number", "-pk")
SHOWN = ("key", "year", "number", "about", "source", "kind", "clause", "dossier_code", "state", "due_on")
NARROWING = ("loai", "nguon", "nam", "qt", "q")
"""What in the address leaves entries out of the counts."""
MOST_EXPORTED, LONGEST_ABOUT = 50_000, 160


@reads(Permission.SEE_AGENCY)
def improvements(request: HttpRequest) -> HttpResponse:
    """Show the register of the actor's agencies, the newest number first; the address says which entries."""
    actor, what = actor_of(request), asked(request)
    today, agencies = timezone.localdate(actor.at), actor.served_where(Permission.SEE_AGENCY)
    several = len(agencies) > 1
    every = queries.entries(actor, what.of_any_state, day=today)
    counted = queries.counts(every, today)
    rows = queries.entries(actor, what, day=today)
    rows = rows.select_related("agency").only(*SHOWN, "agency__name") if several else rows.only(*SHOWN)
    page = page_of(rows, ORDER, request.GET.get("sau", ""), total=counted[what.state])
    sources, kinds = _worded(Improvement.Source.choices), _worded(Improvement.Kind.choices)
    context: dict[str, Any] = {
        "page": page,
        "rows": [_shown(row, today, sources, kinds) for row in page.rows],
        "several": several,
        "states": choices(request, "trang-thai", _states(counted)),
        "counted": counted,
        "overdue": counted[queries.OVERDUE],
        "today": today,
        "what": what,
        "state_word": request.GET.get("trang-thai", ""),
        "kinds": kinds.items(),
        "sources": sources.items(),
        "years": queries.years(actor),
        "procedures": options(queries.procedures_named(actor), what.procedure),
        "sums": [(sources[one.source], one) for one in queries.by_source(every)],
        "may_enter": actor.may_somewhere(Permission.RECORD_IMPROVEMENT),
        "narrowed": any(request.GET.get(name) for name in NARROWING),
        "filtered": any(request.GET.get(name) for name in ("trang-thai", *NARROWING)),
    }
    return render(request, "agency/improvement/list.html", context)


def _worded(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return the words of choices by their values, looked up once and not for every row."""
    return {value: str(word) for value, word in choices}


def _shown(
    row: Improvement, today: date, sources: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[Improvement, str, str, str, str, str]:
    """Return a row with its finding in short, the line beneath, its kind, and the shape and words of its standing."""
    about = row.about if len(row.about) <= LONGEST_ABOUT else f"{row.about[:LONGEST_ABOUT]}…"
    return row, about, beneath(row, sources[row.source]), kinds[row.kind], *standing(row, today)


def _states(counted: Mapping[str, int]) -> list[Choice]:
    words = {
        "": _("Tất cả"),
        "dang-mo": _("Đang mở"),
        "qua-han": _("Quá hạn"),
        "cho-dong": _("Chờ đóng"),
        "da-dong": _("Đã đóng"),
        "da-bo": _("Đã bỏ"),
    }
    shown = [(value, word, counted[STATES.get(value, "")]) for value, word in words.items()]
    return [Choice(f"{word}: {number(count)}", value) for value, word, count in shown if count or value != "da-bo"]


@reads(Permission.SEE_AGENCY)
def improvements_workbook(request: HttpRequest) -> HttpResponse:
    """Download the entries that the page shows, as Excel."""
    actor = actor_of(request)
    today = timezone.localdate(actor.at)
    rows = queries.entries(actor, asked(request), day=today).select_related("agency", "procedure", "position")
    heading = [_("Số phiếu"), _("Cơ quan"), _("Phát hiện ngày"), _("Phát hiện"), _("Loại"), _("Nguồn")]
    heading += [_("Điều khoản"), _("Mã hồ sơ"), _("Quy trình"), _("Trạng thái"), _("Khắc phục ngay")]
    heading += [_("Người khắc phục"), _("Khắc phục ngày"), _("Nguyên nhân"), _("Hành động khắc phục")]
    heading += [_("Vị trí chịu trách nhiệm"), _("Hạn"), _("Đóng ngày")]
    lines = (_line(row, today) for row in rows.order_by(*ORDER)[:MOST_EXPORTED])
    return workbook_of(heading, lines, "so-cai-tien.xlsx")


def _line(row: Improvement, today: date) -> Sequence[Cell]:
    return (
        row.shown_number,
        row.agency.name,
        day(row.found_on),
        row.about,
        row.get_kind_display(),
        row.get_source_display(),
        row.clause,
        row.dossier_code,
        f"{row.procedure.code} {row.procedure.name}" if row.procedure else "",
        standing(row, today)[1],
        row.correction,
        row.corrected_by,
        day(row.corrected_on),
        row.cause,
        row.corrective_action,
        row.position.title if row.position else "",
        day(row.due_on),
        day(row.closed_on),
    )
