"""Accepting files, taking that back, putting files aside."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.quality.procedures import importing
from chuan.quality.procedures.import_questions import procedure_of
from chuan.quality.procedures.models import ImportedFile
from chuan.rules.authority import Permission
from chuan.web.agency.imports.batch import batch_of, batch_page
from chuan.web.agency.imports.file import file_of, file_page
from chuan.web.agency.imports.lines import NotAccepted
from chuan.web.kit.acting import say

MOST_AT_ONCE = 60  # some 50 ms each: a few seconds for one answer


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Make a draft of the file."""
    actor = actor_of(request)
    row, said = file_of(actor, key), {word: request.POST.get(word, "") for word in ("code", "name", "service_code")}
    try:
        importing.accept(row, **said, again=request.POST.get("again") == "1", by=actor, at=actor.at)
    except (Refusal, ValidationError) as refusal:
        return file_page(request, row, _sentence(refusal), said)
    say(request, _("Đã nhận thành bản dự thảo; bản gốc được giữ nguyên."), reverse("take_back_import", args=[row.key]))
    return redirect("imported_file", row.key)


def _sentence(refusal: Refusal | ValidationError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def accept_clear(request: HttpRequest, key: str) -> HttpResponse:
    """Accept the files of a batch that ask nothing, under the code that was read or the one typed beside it."""
    actor = actor_of(request)
    batch = batch_of(actor, key)
    rows = ImportedFile.objects.visible_to(actor).filter(batch=batch, status=ImportedFile.Status.READ)
    accepted = further = 0
    refused: dict[str, NotAccepted] = {}
    for row in rows.select_related("batch__agency", "source").order_by("name", "id"):
        typed = request.POST.get(f"code-{row.key}", "").strip()
        if accepted == MOST_AT_ONCE:
            further += 1
        elif why := _refused(row, typed or procedure_of(row).procedure_code, actor):
            refused[row.key] = NotAccepted(row.name, typed, why)
        else:
            accepted += 1
    said = [ngettext("Đã nhận %(count)d tệp.", "Đã nhận %(count)d tệp.", accepted) % {"count": accepted}]
    if further:
        words = ngettext(
            "Còn %(count)d tệp: bấm lần nữa để nhận tiếp.", "Còn %(count)d tệp: bấm lần nữa để nhận tiếp.", further
        )
        said.append(words % {"count": further})
    if refused:
        return batch_page(request, batch, " ".join(said), refused)
    say(request, " ".join(said))
    return redirect("import_batch", batch.key)


def _refused(row: ImportedFile, code: str, actor: Actor) -> str:
    """Accept the file; return why it was refused, "" when it was not."""
    try:
        importing.accept(row, code=code, again=False, by=actor, at=actor.at)
    except (Refusal, ValidationError) as refusal:
        return _sentence(refusal)
    return ""


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
