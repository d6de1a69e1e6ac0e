"""Accepting files, taking that back, putting files aside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.quality.procedures import importing
from chuan.quality.procedures.import_questions import procedure_of
from chuan.quality.procedures.models import ImportedFile
from chuan.rules.authority import Permission
from chuan.web.agency.imports.batch import batch_of
from chuan.web.agency.imports.file import file_of, file_page
from chuan.web.kit.acting import say


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Make a draft of the file."""
    actor = actor_of(request)
    row, code = file_of(actor, key), request.POST.get("code", "")
    try:
        importing.accept(row, code=code, again=request.POST.get("again") == "1", by=actor, at=actor.at)
    except Refusal as refusal:
        return file_page(request, row, str(refusal), code)
    say(request, _("Đã nhận thành bản dự thảo; bản gốc được giữ nguyên."), reverse("take_back_import", args=[row.key]))
    return redirect("imported_file", row.key)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def accept_clear(request: HttpRequest, key: str) -> HttpResponse:
    """Accept every file of a batch that asks nothing and whose code is free."""
    actor = actor_of(request)
    batch = batch_of(actor, key)
    rows = ImportedFile.objects.visible_to(actor).filter(batch=batch, status=ImportedFile.Status.READ)
    accepted = left = 0
    for row in rows.select_related("batch__agency", "source"):
        try:
            importing.accept(row, code=procedure_of(row).procedure_code, again=False, by=actor, at=actor.at)
            accepted += 1
        except Refusal:
            left += 1
    counts = {"accepted": accepted, "left": left}
    say(
        request,
        _("Đã nhận %(accepted)d tệp; còn %(left)d tệp thiếu ký hiệu hoặc trùng ký hiệu, hãy mở từng tệp.") % counts,
    )
    return redirect("import_batch", batch.key)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Undo the acceptance of a file."""
    actor = actor_of(request)
    row = file_of(actor, key)
    try:
        importing.take_back(row, by=actor, at=actor.at)
    except Refusal as refusal:
        return file_page(request, row, str(refusal))
    say(request, _("Đã hoàn tác việc nhận tệp."))
    return redirect("imported_file", row.key)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def set_aside(request: HttpRequest, key: str) -> HttpResponse:
    """Drop a file from the worklist, or take it up again."""
    actor = actor_of(request)
    row = file_of(actor, key)
    aside = request.POST.get("lai") != "1"
    try:
        importing.set_aside(row, aside=aside, by=actor)
    except Refusal as refusal:
        return file_page(request, row, str(refusal))
    say(request, _("Đã bỏ tệp khỏi danh sách việc.") if aside else _("Đã lấy lại tệp."))
    return redirect("import_batch", row.batch.key)
