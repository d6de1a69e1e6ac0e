"""Hồ sơ: the list with its filters, one dossier against its limits, and the list as Excel."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.findings.computing import judge, recorded
from chuan.analytics.findings.judging import dossier_of, options_of, received_on
from chuan.analytics.findings.queries import procedures_of_codes
from chuan.analytics.logs.models import LoggedDossier
from chuan.analytics.logs.queries import told_elsewhere
from chuan.checking import account, clock
from chuan.checking.result import DossierResult
from chuan.checking.subjects import from_procedure
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.norms.holidays.queries import calendar_named, calendar_of
from chuan.quality.models import ProcedureVersion
from chuan.quality.procedures.content import structure
from chuan.rules.authority import Permission
from chuan.rules.deadlines import Due
from chuan.rules.eventlog import Dossier
from chuan.text import numbers
from chuan.web.agency.reality import ledger
from chuan.web.agency.reality.filters import Wanted, chosen, wanted
from chuan.web.agency.reality.procedure import tabs
from chuan.web.agency.reality.timeline import timeline
from chuan.web.agency.reality.words import SHAPES, in_words, mark_word, period_word, report_word, state_word
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

MOST_EXPORTED = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads(Permission.SEE_AGENCY)
def dossiers(request: HttpRequest) -> HttpResponse:
    """Show dossiers, the newest first; the address says which."""
    actor, what = actor_of(request), wanted(request)
    page = page_of(chosen(actor, what), ("-created_at", "-pk"), request.GET.get("sau", ""))
    states = [Choice(_("Tất cả"), ""), *(Choice(state_word(state), state) for state in SHAPES)]
    rows = [(row, SHAPES[row.state], state_word(row.state)) for row in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "states": choices(request, "tinh-trang", states),
        "tabs": tabs(request, "dossiers"),
        "said": _said(what),
        "export": what.url("dossiers_export"),
    }
    return render(request, "agency/reality/dossiers.html", context)


def _said(what: Wanted) -> str:
    said = [mark_word(what.mark) if what.mark else "", period_word(what.period)]
    said += [_("lần ban hành %(number)s") % {"number": what.version} if what.version else ""]
    said += [_("cùng một đường đi") if what.way else ""]
    special = {"khac": _("Đi khác quy trình"), "qua-han": _("Quá hạn cam kết"), "qua-han-luat": _("Quá hạn luật")}
    return " · ".join(filter(None, [special.get(what.state, ""), *said]))


@reads(Permission.SEE_AGENCY)
def dossiers_export(request: HttpRequest) -> HttpResponse:
    """Download the chosen dossiers as Excel."""
    rows = chosen(actor_of(request), wanted(request)).order_by("-created_at", "-pk")[:MOST_EXPORTED]
    heading = [
        report_word(f"column_{name}") for name in ("dossier", "state", "received", "due", "legal_due", "finished")
    ]
    table = ([row.code, state_word(row.state), *_moments(row), _marks(row)] for row in rows)
    return workbook_of([*heading, _("Khác ở điểm")], table, "ho-so.xlsx")


def _moments(row: LoggedDossier) -> list[str]:
    return [_moment(at) for at in (row.received_at, row.due_at, row.legal_due_at, row.finished_at)]


def _marks(row: LoggedDossier) -> str:
    return "; ".join(mark_word(mark) for mark in row.marks.split("|") if mark)


def _moment(at: datetime | None) -> str:
    return numbers.moment(timezone.localtime(at)) if at else ""


def workbook_of(heading: list[str], rows: Any, name: str) -> HttpResponse:
    """Return a download of one plain table; text that begins with "=" stays text."""
    import xlsxwriter

    memory = BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([heading, *rows]):
            sheet.write_row(place, 0, row)
        sheet.set_column(0, len(heading), 22)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(memory.getvalue(), content_type=XLSX, headers=headers)


@reads(Permission.SEE_AGENCY)
def dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Show one dossier: its time against the limits, why the due date, what happened, where it differs."""
    rows = LoggedDossier.objects.visible_to(actor_of(request))
    row = find(rows.select_related("agency", "procedure", "version", "source"), key=key)
    one = dossier_of(row)
    context: dict[str, Any] = {"row": row, "shape": SHAPES[row.state], "state": state_word(row.state)}
    context["elsewhere"] = told_elsewhere(row)
    context["events"] = [(event.at, event.activity, event.position or "") for event in one.events]
    context["collected"] = clock.collected(one, one.events)
    if row.version is not None:
        context |= _judged(row, row.version, one)
    elif row.national_code and row.counted:
        context["ruled_by"] = procedures_of_codes(row.agency, frozenset({row.national_code}))[:1]
    return render(request, "agency/reality/dossier.html", context)


def _judged(row: LoggedDossier, version: ProcedureVersion, one: Dossier) -> dict[str, Any]:
    written, now = structure(version), calendar_of(row.agency, received_on(one))
    calendar = calendar_named(row.verdict.get("calendar", ""), row.verdict.get("calendar_version", "")) or now
    result = judge(from_procedure(written), [one], options_of(row.source, version.procedure, calendar), recorded([one]))
    found = result.dossiers[0]
    committed = account.committed(found, result.counting, result.as_of)
    legal = account.legal(found, written.legal, result.counting, result.as_of)
    return {
        "timeline": timeline(found, committed, legal, result.as_of),
        "ledger": ledger.in_full(committed, found),
        "ledger_in_short": ledger.in_short(committed, found),
        "waits": account.open_wait(found, committed),
        "counted_anew": _counted_anew(committed or legal),
        "committed_words": in_words(found.model.total.limit),
        "due_from": found.model.total.source,
        "legal": legal,
        "legal_words": in_words(written.legal),
        "source_due": one.source_due_at,
        "moved_due": one.earlier_due_at,
        "deviations": [_deviation(each, found) for each in row.verdict.get("deviations", [])],
        "as_of": result.as_of,
        "calendar": calendar,
        "calendar_changed": (calendar.name, calendar.version) != (now.name, now.version),
    }


def _counted_anew(limit: Due | None) -> datetime | None:
    """Return when the dossier was complete again and its count began anew, None where nothing was taken back."""
    return limit.run.begin if limit and limit.run.dropped else None


def _deviation(one: Mapping[str, Any], found: DossierResult) -> tuple[str, str]:
    """Return a stored deviation in words, and the step or the work that it is about."""
    titles = dict(zip(found.model.keys, (step.title for step in found.model.steps), strict=True))
    events = found.dossier.events
    work = events[one["event"]].activity if one["event"] is not None and one["event"] < len(events) else ""
    return mark_word(f"{one['kind']}:{one['step'] or ''}"), titles.get(one["step"], work)
