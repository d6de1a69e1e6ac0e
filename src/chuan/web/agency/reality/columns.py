"""Confirming what the columns of a source mean: proposed once, corrected by people, kept for later files."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.analytics.logs import queries
from chuan.analytics.logs.actions import set_mapping
from chuan.analytics.logs.models import LogUpload
from chuan.files.actions import place_of
from chuan.files.kinds import Kind
from chuan.jobs.take_in_log import ask_for
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import require
from chuan.reading.eventlogs import Proposal, Table, mapping_from, propose_mapping, read_table
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean
from chuan.web.agency.reality.words import FACTS
from chuan.web.kit.words import worded

SAMPLE, LOOKED_AT = 3, 200
TABLES = (Kind.XLSX, Kind.TEXT, Kind.PARQUET)


class TermsForm(forms.Form):
    """How days are read and counted for this source."""

    date_order = forms.ChoiceField(
        label=gettext_lazy("Ngày viết theo thứ tự"),
        required=False,
        choices=[
            ("", gettext_lazy("Theo dữ liệu (mặc định ngày/tháng/năm)")),
            ("dmy", gettext_lazy("ngày/tháng/năm")),
            ("mdy", gettext_lazy("tháng/ngày/năm")),
            ("ymd", gettext_lazy("năm/tháng/ngày")),
        ],
    )
    counting = forms.ChoiceField(
        label=gettext_lazy("Cách đếm hạn theo ngày"),
        choices=[
            ("days", gettext_lazy("Ngày nhận không tính, hết hạn khi hết giờ làm việc ngày cuối")),
            ("rolling", gettext_lazy("Tính theo giờ nhận: nhận 10:00 thì một ngày sau là 10:00")),
        ],
    )
    supplement = forms.ChoiceField(
        label=gettext_lazy("Khi dân bổ sung hồ sơ"),
        choices=[
            ("restart", gettext_lazy("Tính lại từ đầu khi nhận đủ")),
            ("pause", gettext_lazy("Tạm dừng rồi tính tiếp")),
        ],
    )
    service_code = forms.CharField(
        label=gettext_lazy("Mã thủ tục, nếu tệp không có cột này"), required=False, max_length=40
    )


@writes(Permission.IMPORT_LOG)
def log_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Show the proposal for the columns of an upload, and keep it as corrected; then the file is taken in."""
    actor = actor_of(request)
    upload = queries.upload(actor, key)
    require(actor, Permission.IMPORT_LOG, upload.source.agency)
    if upload.file is None:
        raise NotYours
    source = upload.source
    kept = {name: getattr(source, name) for name in ("counting", "supplement", "service_code")}
    kept["date_order"] = source.mapping.get("date_order", "")
    form = TermsForm(request.POST or None, initial=kept)
    problem, table, proposal = _proposed(upload, _chosen(request) if request.method == "POST" else None)
    if request.method == "POST" and not problem and form.is_valid():
        terms = {name: clean(form.cleaned_data[name]) for name in ("counting", "supplement", "service_code")}
        mapping = {**source.mapping, "columns": _chosen(request), "date_order": form.cleaned_data["date_order"]}
        set_mapping(source, mapping, by=actor, at=actor.at, **terms)
        upload.refresh_from_db()
        ask_for(upload)
        return redirect("log_upload", key=upload.key)
    context = {"upload": upload, "form": form, "problem": problem, "facts": FACTS.items()}
    context |= _shown(table, proposal) if table and proposal else {}
    return render(request, "agency/reality/columns.html", context, status=422 if problem and request.POST else 200)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return fact -> heading as posted: `column` are the headings, `fact` what each tells, in the same order."""
    pairs = zip(request.POST.getlist("column"), request.POST.getlist("fact"), strict=False)
    return {fact: heading for heading, fact in pairs if fact in FACTS}


def _proposed(upload: LogUpload, columns: Mapping[str, str] | None) -> tuple[str, Table | None, Proposal | None]:
    """Return what is wrong ("" for nothing), the table, and what its columns mean; an XES file has no columns."""
    if upload.file is None or upload.file.kind not in TABLES:
        return "", None, None
    table = None
    try:
        table = read_table(place_of(upload.checksum))
        given = {"columns": dict(columns)} if columns is not None else upload.source.mapping
        return "", table, propose_mapping(table.headings, table.rows[:LOOKED_AT], mapping_from(given))
    except BadInput as problem:
        empty = Proposal({}, "") if table else None
        return worded(problem.message), table, empty


def _shown(table: Table, proposal: Proposal) -> dict[str, Any]:
    by_heading = {heading: fact for fact, heading in proposal.columns.items()}
    rows = [
        {
            "heading": heading,
            "fact": by_heading.get(heading, ""),
            "is_step": heading in proposal.steps,
            "sample": _sample(table.rows, place) if heading in by_heading or heading in proposal.steps else "",
        }
        for place, heading in enumerate(table.headings)
        if heading
    ]
    return {
        "columns": rows,
        "granularity": proposal.granularity,
        "unsure": [worded(one) for one in proposal.unsure],
        "not_judged": list(_not_judged(proposal)),
    }


def _sample(rows: Sequence[Sequence[Any]], place: int) -> str:
    cells = [str(row[place]) for row in rows[:LOOKED_AT] if place < len(row) and row[place] not in (None, "")]
    return " · ".join(list(dict.fromkeys(cells))[:SAMPLE])


def _not_judged(proposal: Proposal) -> list[str]:
    """Return what a source with these columns cannot show."""
    found = []
    if proposal.granularity == "dossier":
        found.append(_("Không có các bước: chỉ xét được đúng hạn, chưa xét được có làm đúng quy trình không."))
    elif "position" not in proposal.columns:
        found.append(_("Không có cột vị trí thực hiện: chưa xét được đúng vị trí hay không."))
    if "service_code" not in proposal.columns:
        found.append(_("Không có mã thủ tục: mọi dòng được coi là của một thủ tục, hãy ghi mã thủ tục ở dưới."))
    return found
