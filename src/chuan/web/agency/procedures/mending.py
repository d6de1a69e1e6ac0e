"""Mending what the validator found with one press, on the page of a draft; the editor has the same presses."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.quality.procedures import queries
from chuan.quality.procedures.actions import save_draft
from chuan.quality.procedures.content import stored, structure
from chuan.rules.authority import Permission
from chuan.rules.procedure.remarks import applied
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.remarks import remarks_of, repair_named
from chuan.web.kit.acting import say
from chuan.web.kit.words import worded


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def mend(request: HttpRequest, key: str) -> HttpResponse:
    """Make the repair that was pressed on the page of a draft; the save before it is one press away."""
    actor = actor_of(request)
    version = queries.version(actor, key)
    require(actor, Permission.WRITE_PROCEDURE, version.procedure.agency)
    written = structure(version)
    remarks = remarks_of(version, written, actor, timezone.localdate(actor.at))
    repair = repair_named(request.POST.get("do", ""), remarks)
    if repair is None:
        messages.error(request, _("Điểm này đã được xử lý hoặc đã khác đi. Hãy xem lại trang."))
        return redirect(version_url(version))
    content, before = stored(applied(written, repair.edit)), version.saved
    try:
        save_draft(version, content=content, started_from=before, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("restore_save", args=[version.key, before]) + "?ve=trang"
        say(request, _("Đã sửa: %(repair)s.") % {"repair": worded(repair.message)}, undo=undo)
    return redirect(version_url(version))
