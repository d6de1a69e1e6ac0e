"""Hồ sơ: the list with its filters, one dossier against its limits, and the list as Excel."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.analytics.findings.computing import counted_anew, judge, recorded
from chuan.analytics.findings.judging import catalogue_limits, dossier_of, options_of, received_on, terms_of, with_legal
from chuan.analytics.findings.queries import NOT_LISTED, procedures_of_codes, procedures_with_dossiers
from chuan.analytics.logs.living import settled_of
from chuan.analytics.logs.models import LoggedDossier
from chuan.analytics.logs.queries import sources as sources_of
from chuan.analytics.logs.queries import told_elsewhere
from chuan.checking import account, clock
from chuan.checking.result import DossierResult
from chuan.checking.subjects import from_procedure
from chuan.formats.xlsx_writing import Cell, Table, write_tables
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.norms.holidays.queries import calendar_named, calendar_of
from chuan.quality.dossiers.queries import key_of_code
from chuan.quality.improvement.queries import of_dossier
from chuan.quality.models import ProcedureVersion
from chuan.quality.procedures.content import structure
from chuan.rules.authority import Permission
from chuan.rules.eventlog import Dossier
from chuan.text import numbers
from chuan.web.agency.reality import evidence, ledger
from chuan.web.agency.reality.filters import (
    FINISHED,
    IN_TIME,
    LATE,
    LEGALLY_LATE,
    NO_LEGAL,
    NO_STEPS,
    OTHER_WAY,
    Wanted,
    chosen,
    counts_by_state,
    day_named,
    wanted,
)
from chuan.web.agency.reality.procedure import tabs
from chuan.web.agency.reality.timeline import timeline
from chuan.web.agency.reality.words import SHAPES, in_words, mark_word, period_word, state_word, told
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.kit.templatetags.chuan import number

MOST_EXPORTED = 50_000
LONGEST_OPTION = 60
ORDER = ("-received_at", "-pk")
LISTED = ("key", "code", "service_code", "state", "received_at", "due_at", "finished_at", "fitness", "verdict")
SPECIAL = {
    OTHER_WAY: gettext_lazy("Đi khác quy trình"),
    LATE: gettext_lazy("Quá hạn cam kết"),
    LEGALLY_LATE: gettext_lazy("Quá hạn luật"),
    NO_STEPS: gettext_lazy("Không ghi các bước"),
    NO_LEGAL: gettext_lazy("Chưa xét được hạn luật"),
    IN_TIME: gettext_lazy("Trong hạn, đúng hạn"),
    FINISHED: gettext_lazy("Có kết quả"),
    "buoc-ngan-hon": gettext_lazy("Mọi bước ngắn hơn định mức"),
    "buoc-vua-bang": gettext_lazy("Có bước vừa bằng định mức"),
    "buoc-dai-hon": gettext_lazy("Có bước dài hơn định mức"),
    "khong-bo-sung": gettext_lazy("Không phải bổ sung"),
    "bo-sung-mot-lan": gettext_lazy("Bổ sung một lần"),
    "bo-sung-nhieu-lan": gettext_lazy("Bổ sung nhiều lần"),
}
"""What lists can be asked for beside the states."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads(Permission.SEE_AGENCY)
def dossiers(request: HttpRequest) -> HttpResponse:
    """Show dossiers, the newest received first; the address says which."""
    actor, what = actor_of(request), wanted(request)
    counts = counts_by_state(actor, what)
    total = sum(counts.values()) if not what.state else counts.get(what.state, 0) if what.state in SHAPES else None
    mark = request.GET.get("sau", "")
    rows = chosen(actor, what).only(*LISTED, "procedure__code", "procedure__name", "source__name")
    page = page_of(rows, ORDER, mark, total=total, nullable=("received_at",))
    procedures = {key: f"{code} {name}" for key, code, name in procedures_with_dossiers(actor)}
    sources = dict(sources_of(actor).values_list("key", "name"))
    context = {
        "page": page,
        "rows": [_shown(row) for row in page.rows],
        "states": choices(request, "tinh-trang", _states(what, counts)),
        "tabs": tabs(request, "dossiers"),
        "what": what,
        "procedures": options_of_select(procedures, what.procedure),
        "sources": sources,
        "procedure": procedures.get(what.procedure, ""),
        "active": [(word, what.without(field).url()) for field, word in _active(what, procedures, sources)],
        "export": what.url("dossiers_export"),
    }
    return render(request, "agency/reality/dossiers.html", context)


def options_of_select(named: Mapping[str, str], chosen_key: str) -> SafeString:
    """Return the options of a select, hundreds of them: a loop in the template would cost more than the list."""
    marks = {chosen_key: " selected"}
    rows = ((key, marks.get(key, ""), word[:LONGEST_OPTION]) for key, word in named.items())
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _shown(row: LoggedDossier) -> tuple[LoggedDossier, str, str, datetime | None, int]:
    """Return a row with its shape, its state in words, when its count began anew, and how often it differs."""
    return row, SHAPES[row.state], state_word(row.state), _counted_anew(row), _differs(row)


def _counted_anew(row: LoggedDossier) -> datetime | None:
    since = row.verdict.get("counted_anew")
    return datetime.fromisoformat(since) if since else None


def _differs(row: LoggedDossier) -> int:
    """Return in how many points the dossier went another way: as many as its page and deviations.xlsx list."""
    return len(row.verdict.get("deviations", ()))


def _states(what: Wanted, counts: Mapping[str, int]) -> list[Choice]:
    found = [Choice(f"{_('Tất cả')} ({number(sum(counts.values()))})", "")]
    for state in SHAPES:
        if counts.get(state) or state == what.state:
            found.append(Choice(f"{state_word(state)} ({number(counts.get(state, 0))})", state))
    return [*found, Choice(str(SPECIAL[what.state]), what.state)] if what.state in SPECIAL else found


def _active(what: Wanted, procedures: Mapping[str, str], sources: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the fields of `what` that say something, each in words, but for the state, which has chips of its own."""
    said = {
        "procedure": what.procedure and procedures.get(what.procedure, _("quy trình khác")),
        "version": what.version and _("lần ban hành %(number)s") % {"number": what.version},
        "source": what.source and sources.get(what.source, _("nguồn khác")),
        "period": period_word(what.period),
        "mark": what.mark and mark_word(what.mark),
        "way": what.way and _("cùng một đường đi"),
        "words": what.words and f"“{what.words}”",
        "first": _on(what.first, _("nhận từ %(day)s")),
        "last": _on(what.last, _("nhận đến %(day)s")),
        "step": what.step and " ".join(filter(None, (_("bước"), what.step, _on(what.week, _("xong tuần từ %(day)s"))))),
    }
    return [(field, word) for field, word in said.items() if word]


def _on(text: str, words: str) -> str:
    day = day_named(text)
    return words % {"day": numbers.day(day)} if day else ""


@reads(Permission.SEE_AGENCY)
def dossiers_export(request: HttpRequest) -> HttpResponse:
    """Download the chosen dossiers as Excel."""
    rows = chosen(actor_of(request), wanted(request)).select_related("procedure", "version", "source")
    rows = rows.order_by(F("received_at").desc(nulls_last=True), "-pk").defer(*NOT_LISTED)[:MOST_EXPORTED]
    heading = [_("Mã hồ sơ"), _("Ký hiệu quy trình"), _("Tên quy trình"), _("Lần ban hành"), _("Mã thủ tục")]
    heading += [_("Nguồn dữ liệu"), _("Tình trạng"), _("Tiếp nhận"), _("Nhận đủ sau bổ sung"), _("Hạn cam kết")]
    heading += [_("Hạn luật"), _("Có kết quả"), _("Số điểm khác"), _("Khác ở điểm")]
    return workbook_of(heading, map(_line, rows), "ho-so.xlsx")


def _line(row: LoggedDossier) -> Sequence[Cell]:
    procedure, version = row.procedure, row.version
    return (
        row.code,
        procedure.code if procedure else "",
        procedure.name if procedure else "",
        version.number if version else None,
        row.service_code,
        row.source.name,
        state_word(row.state),
        row.received_at,
        _counted_anew(row),
        row.due_at,
        row.legal_due_at,
        row.finished_at,
        _differs(row) if row.fitness is not None else None,
        "; ".join(mark_word(mark) for mark in row.marks.split("|") if mark),
    )


def workbook_of(heading: Sequence[str], rows: Iterable[Sequence[Cell]], name: str) -> HttpResponse:
    """Return a download of one plain table; text that begins with "=" stays text, moments are dates of Excel."""
    body = write_tables([Table(_("Danh sách"), heading, rows, [22] * len(heading))])
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=XLSX, headers=headers)


@reads(Permission.SEE_AGENCY)
def dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Show one dossier: its time against the limits, why the due date, what happened, where it differs."""
    actor = actor_of(request)
    rows = LoggedDossier.objects.visible_to(actor)
    row = find(rows.select_related("agency", "procedure", "version", "source"), key=key)
    one = dossier_of(row)
    context: dict[str, Any] = {"row": row, "shape": SHAPES[row.state], "state": state_word(row.state)}
    context["elsewhere"] = told_elsewhere(row)
    context["living"] = key_of_code(actor, row.code) if row.source.living else ""
    context["events"] = [(told(event.at, one), event.activity, event.position or "") for event in one.events]
    context["collected"] = told(clock.collected(one, one.events), one)
    context |= {"received": told(row.received_at, one), "finished": told(row.finished_at, one)}
    entered = list(of_dossier(row.agency, row.code))
    context["evidence"] = evidence.shown(evidence.record_of(row, one, entered=bool(entered)))
    context |= {"entered": entered, "enter": "" if entered else evidence.entering_url(row, actor)}
    if row.version is not None:
        context |= _judged(row, row.version, one)
    elif row.source.living:
        settled = settled_of(row)
        context["without_procedure"] = settled is not None and not settled.version
    elif row.national_code and row.counted:
        context["ruled_by"] = procedures_of_codes(row.agency, frozenset({row.national_code}))[:1]
    return render(request, "agency/reality/dossier.html", context)


def _judged(row: LoggedDossier, version: ProcedureVersion, one: Dossier) -> dict[str, Any]:
    written, now = structure(version), calendar_of(row.agency, received_on(one))
    calendar = calendar_named(row.verdict.get("calendar", ""), row.verdict.get("calendar_version", "")) or now
    of_catalogue = catalogue_limits(version, written).get(row.national_code)
    terms = terms_of(row, calendar, of_catalogue)
    subject = with_legal(from_procedure(written), terms)
    result = judge(subject, [one], options_of(row.source, version.procedure, terms), recorded([one]))
    found = result.dossiers[0]
    committed = account.committed(found, result.counting, result.as_of)
    legal = account.legal(found, subject.legal, result.counting, result.as_of)
    return {
        "timeline": timeline(found, committed, legal, result.as_of),
        "ledger": ledger.in_full(committed, found),
        "ledger_in_short": ledger.in_short(committed, found),
        "waits": account.open_wait(found, committed),
        "counted_anew": told(counted_anew(committed or legal), one),
        "committed_words": in_words(found.total.limit),
        "due_from": found.total.source,
        "legal": legal,
        "legal_words": in_words(subject.legal),
        "legal_from_catalogue": terms.legal is not None and terms.legal != written.legal,
        "source_due": told(one.source_due_at, one),
        "moved_due": [told(each, one) for each in one.earlier_due_at],
        "deviations": [_deviation(each, found) for each in row.verdict.get("deviations", [])],
        "as_of": result.as_of,
        "calendar": terms.calendar,
        "calendar_changed": terms.settled is None and (calendar.name, calendar.version) != (now.name, now.version),
    }


def _deviation(one: Mapping[str, Any], found: DossierResult) -> tuple[str, str]:
    """Return a stored deviation in words, and the step or the work that it is about."""
    titles = dict(zip(found.model.keys, (step.title for step in found.model.steps), strict=True))
    events = found.dossier.events
    work = events[one["event"]].activity if one["event"] is not None and one["event"] < len(events) else ""
    return mark_word(f"{one['kind']}:{one['step'] or ''}"), titles.get(one["step"], work)
