"""Nguồn dữ liệu: where logs come from, handing a file in, confirming its columns once, seeing how far it is."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.analytics.findings.naming import namings_of
from chuan.analytics.findings.queries import procedures_in
from chuan.analytics.logs import queries
from chuan.analytics.logs.actions import add_source, hand_in
from chuan.analytics.logs.models import LogSource, LogUpload
from chuan.jobs.queries import run_of
from chuan.jobs.take_in_log import ask_for, run_key
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.scoping import find, require
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.web.agency.reality.dossiers import workbook_of
from chuan.web.agency.reality.procedure import tabs
from chuan.web.agency.reality.standing import standing_of
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done
from chuan.web.kit.paging import page_of
from chuan.web.kit.words import worded

SHAPES = {
    "mapping": "soon",
    "waiting": "todo",
    "running": "doing",
    "done": "done",
    "refused": "late",
    "withdrawn": "todo",
}
SHOWN_OF_SOURCE = ("key", "name", "dossier_count", "recorded_until", "closed_at", "agency__name")
SHOWN_OF_UPLOAD = ("key", "name", "status", "channel", "dossiers", "created_at")
SHOWN_BAD_ROWS = 50


class SourceForm(forms.Form):
    """A new source."""

    name = forms.CharField(
        label=gettext_lazy("Tên nguồn"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Hệ thống một cửa, xuất từ báo cáo hồ sơ"),
    )


class FileForm(forms.Form):
    """A log to hand in."""

    file = forms.FileField(
        label=gettext_lazy("Tệp nhật ký hồ sơ"),
        help_text=gettext_lazy("Excel (.xlsx), CSV, XES hoặc Parquet. Tải lại nhiều lần cũng không ghi trùng."),
    )


@reads(Permission.SEE_AGENCY)
def log_sources(request: HttpRequest) -> HttpResponse:
    """Show the sources of the agencies of the actor."""
    actor = actor_of(request)
    rows = queries.sources(actor).only(*SHOWN_OF_SOURCE)
    page = page_of(rows, ("name", "pk"), request.GET.get("sau", ""))
    agencies = actor.served_where(Permission.IMPORT_LOG)
    context = {"page": page, "tabs": tabs(request, "log_sources"), "agencies": agencies}
    return render(request, "agency/reality/sources.html", context)


@writes(Permission.IMPORT_LOG)
def add_log_source(request: HttpRequest, key: str) -> HttpResponse:
    """Add a source to the agency `key`."""
    actor = actor_of(request)
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.IMPORT_LOG, agency)
    form, added = SourceForm(request.POST or None), []
    if done(form, lambda: added.append(add_source(agency=agency, **form.cleaned_data, by=actor, at=actor.at))):
        say(request, _("Đã thêm nguồn dữ liệu. Bây giờ tải tệp đầu tiên lên."))
        return redirect("log_source", added[0].key)
    title = _("Thêm nguồn dữ liệu cho %(agency)s") % {"agency": agency.name}
    return ask(request, form, title=title, verb=_("Thêm nguồn"), back=reverse("log_sources"))


@writes(Permission.IMPORT_LOG)
def log_source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source with its uploads, and take a file in; that of living dossiers takes none, and says why."""
    actor = actor_of(request)
    source = queries.source(actor, key)
    require(actor, Permission.IMPORT_LOG, source.agency)
    if source.living:
        context = {"source": source, "procedures": procedures_in(source)}
        return render(request, "agency/reality/source_living.html", context)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return _handed_in(source, form.cleaned_data["file"], actor)
        except BadInput as problem:
            form.add_error("file", worded(problem.message))
    rows = queries.uploads(actor).filter(source=source).select_related(None).only(*SHOWN_OF_UPLOAD)
    page = page_of(rows, ("-created_at", "-pk"), request.GET.get("sau", ""))
    words = {status.value: status.label for status in LogUpload.Status}
    shown = [(row, SHAPES[row.status], words[row.status]) for row in page.rows]
    context = {"source": source, "form": form, "page": page, "rows": shown, "can_close": queries.can_close(source)}
    context |= standing_of(source)
    return render(request, "agency/reality/source.html", context, status=422 if form.errors else 200)


def _handed_in(source: LogSource, file: "UploadedFile[Any]", actor: Actor) -> HttpResponse:
    upload = hand_in(source, file.read(), file.name or "", by=actor, at=actor.at)
    if upload.status == LogUpload.Status.MAPPING:
        return redirect("log_columns", key=upload.key)
    ask_for(upload)
    return redirect("log_upload", key=upload.key)


@reads(Permission.IMPORT_LOG)
def log_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Show one upload: how far it is, what came of it, which rows could not be used."""
    upload = queries.upload(actor_of(request), key)
    context = {"upload": upload, "shape": SHAPES[upload.status], "bad_rows": upload.bad_rows[:SHOWN_BAD_ROWS]}
    is_day = upload.channel == LogUpload.Channel.EVENTS
    bad = upload.bad_rows if is_day else {bad["row"] for bad in upload.bad_rows}  # a row may be wrong in several cells
    context |= {"is_day": is_day, "bad_count": len(bad)}
    context |= _progress(upload) | _came_of(upload)
    if request.headers.get("HX-Request") and context["working"]:
        return render(request, "agency/reality/progress.html", context)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "agency/reality/upload.html", context)


def _progress(upload: LogUpload) -> dict[str, Any]:
    run = run_of(run_key(upload)) if upload.file_id else None
    working = upload.status in (LogUpload.Status.WAITING, LogUpload.Status.RUNNING)
    return {"working": working, "done": run.done if run else 0, "total": run.total if run else 0}


def _came_of(upload: LogUpload) -> dict[str, Any]:
    """Return where the dossiers of the source went, whether words of the file name no step, how many are open."""
    if upload.status != LogUpload.Status.DONE:
        return {}
    namings = namings_of(upload)
    words = {"has_words": bool(namings), "open_words": sum(one.open for one in namings)}
    words["nothing_new"] = bool(upload.dossiers) and not upload.added
    return words | {"procedures": procedures_in(upload.source)}


@reads(Permission.IMPORT_LOG)
def bad_rows(request: HttpRequest, key: str) -> HttpResponse:
    """Download the rows that could not be used, with their reasons."""
    upload = queries.upload(actor_of(request), key)
    is_day = upload.channel == LogUpload.Channel.EVENTS
    place, field = (_("Hồ sơ"), _("Trường")) if is_day else (_("Dòng"), _("Cột"))
    heading = [place, field, _("Giá trị"), _("Sai gì, sửa thế nào")]
    rows = (
        [row["dossier" if is_day else "row"], row["column"], row["value"], row["reason"]] for row in upload.bad_rows
    )
    return workbook_of(heading, rows, "dong-khong-dung-duoc.xlsx")
