"""Earlier saves of a draft: undo that reaches back over days."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotYours, Refusal
from chuan.quality.procedures.actions import restore_save
from chuan.quality.procedures.content import parsed
from chuan.quality.procedures.drafting import shown
from chuan.quality.procedures.models import DraftSaved, ProcedureVersion
from chuan.rules.authority import Permission
from chuan.web.agency.editor.changes import changes
from chuan.web.agency.editor.page import own_draft
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.kit.acting import say
from chuan.web.kit.paging import page_of

SHOWN = 20


@reads(Permission.WRITE_PROCEDURE)
def saves(request: HttpRequest, key: str) -> HttpResponse:
    """Show the earlier saves of a draft, newest first, each with what was changed on it."""
    version = own_draft(actor_of(request), key)
    every = version.saves.select_related("created_by__person")
    page = page_of(every, ("-saved",), request.GET.get("sau", ""), SHOWN)
    context = {
        "version": version,
        "procedure": version.procedure,
        "page": page,
        "rows": _with_changes(version, page.rows),
    }
    return render(request, "agency/editor/saves.html", context)


def _with_changes(version: ProcedureVersion, rows: Sequence[DraftSaved]) -> list[tuple[DraftSaved, str]]:
    """Return the saves, newest first, with what the text that took its place changed."""
    if not rows:
        return []
    later = version.saves.filter(saved=rows[0].saved + 1).first()
    texts = [parsed((later or version).content), *(parsed(row.content) for row in rows)]
    return [(row, changes(old, new)) for row, new, old in zip(rows, texts, texts[1:], strict=False)]


@reads(Permission.WRITE_PROCEDURE)
def saved_text(request: HttpRequest, key: str, saved: int) -> HttpResponse:
    """Show the steps as they were at an earlier save."""
    version = own_draft(actor_of(request), key)
    one = _save(version, saved)
    written = parsed(one.content)
    tables = [(variant.name, shown(variant.steps)) for variant in written.variants]
    context = {"version": version, "procedure": version.procedure, "one": one, "written": written, "tables": tables}
    return render(request, "agency/editor/saved_text.html", context)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def restore(request: HttpRequest, key: str, saved: int) -> HttpResponse:
    """Bring an earlier save back as a new save on top; with `ve=trang` it was asked for on the page of the draft."""
    actor = actor_of(request)
    version = own_draft(actor, key)
    _save(version, saved)
    try:
        restore_save(version, saved=saved, started_from=version.saved, by=actor, at=actor.at)
    except Refusal as refusal:
        context = {"version": version, "procedure": version.procedure, "problem": str(refusal)}
        return render(request, "agency/editor/refused.html", context, status=422)
    if request.GET.get("ve") == "trang":
        say(request, _("Đã hoàn tác."))
        return redirect(version_url(version))
    say(request, _("Đã lấy lại bản lưu lần %(saved)d. Bản trước đó vẫn còn trong các lần lưu.") % {"saved": saved})
    return redirect("edit_draft", version.key)


def _save(version: ProcedureVersion, saved: int) -> DraftSaved:
    found = version.saves.filter(saved=saved).select_related("created_by__person").first()
    if found is None:
        raise NotYours
    return found
