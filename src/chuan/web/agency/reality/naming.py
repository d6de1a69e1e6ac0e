"""The words of a file that name no step of the procedure: people say which step each means, the source keeps it."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chuan.analytics.findings.naming import Naming, name_steps, namings_of
from chuan.analytics.logs import queries
from chuan.jobs.queue import enqueue
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.web.kit.acting import say

NO_STEP = "-"


@writes(Permission.IMPORT_LOG)
def log_step_names(request: HttpRequest, key: str) -> HttpResponse:
    """Show the words of an upload that name no step, each beside the steps; keep what is said and judge again."""
    actor = actor_of(request)
    upload = queries.upload(actor, key)
    require(actor, Permission.IMPORT_LOG, upload.source.agency)
    namings = namings_of(upload)
    if request.method != "POST":
        context = {"upload": upload, "namings": namings, "no_step": NO_STEP}
        return render(request, "agency/reality/step_names.html", context)
    with transaction.atomic():
        for one in namings:
            name_steps(upload.source, one.procedure, _said(request, one), by=actor, at=actor.at)
            turn = f"{upload.source.key}:{actor.at.isoformat()}"
            enqueue("dossiers.read", key=f"dossiers.read:{one.procedure.key}:{turn}", procedure=one.procedure.key)
    say(request, _("Đã lưu. Hồ sơ của nguồn này được xét lại trong ít phút."))
    return redirect("log_upload", key=upload.key)


def _said(request: HttpRequest, naming: Naming) -> dict[str, str | None]:
    """Return the step of each word as posted; "" for what was left open or is no step of this procedure."""
    chosen = request.POST.getlist(f"step-{naming.procedure.key}")
    words = request.POST.getlist(f"word-{naming.procedure.key}")
    offered = {word.activity for word in naming.words}
    return {
        word: None if step == NO_STEP else step if step in naming.titles else ""
        for word, step in zip(words, chosen, strict=False)
        if word in offered
    }
