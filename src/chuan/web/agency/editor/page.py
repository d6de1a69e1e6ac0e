"""The editor page and its saves. One form serves both ways of sending: as a page, and by script after each pause."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.quality.procedures import queries
from chuan.quality.procedures.actions import save_draft
from chuan.quality.procedures.content import parsed, stored, structure
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.procedures.refusals import NotADraft, SavedMeanwhile
from chuan.quality.procedures.serving import to_be_served
from chuan.rules.authority import Permission
from chuan.rules.procedure.remarks import applied
from chuan.text.messages import BadInput
from chuan.web.agency.editor.acts import acted
from chuan.web.agency.editor.beside import beside
from chuan.web.agency.editor.conflict import conflict_page, put_together, settled
from chuan.web.agency.editor.merging import SamePlace
from chuan.web.agency.editor.parts import STEPS, TABS, Tab, field_rows, grid_rows, tab_named
from chuan.web.agency.editor.typed import Typed, content_of, typed_form
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.remarks import remarks_of, repair_named
from chuan.web.kit.acting import UNPROCESSABLE, say
from chuan.web.kit.words import worded

CONFLICT = 409


@writes(Permission.WRITE_PROCEDURE)
def edit_draft(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a draft to write in; take what was typed, as a page or from the script."""
    version = own_draft(actor_of(request), key)
    if version.state != "draft":
        return redirect(version_url(version))
    if request.method != "POST":
        return _page(request, version)
    return _take(request, version, typed_form(request.POST))


def own_draft(actor: Actor, key: str) -> ProcedureVersion:
    """Return the version with this key, which the actor may write (404, 403)."""
    version = queries.version(actor, key)
    require(actor, Permission.WRITE_PROCEDURE, version.procedure.agency)
    return version


def _page(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
    actor, tab = actor_of(request), tab_named(request.GET.get("phan", STEPS))
    written = structure(version)
    asked = request.GET.get("th", "")
    variant = int(asked) if asked.isdecimal() and int(asked) < len(written.variants) else 0
    context = _context(version, actor, variant, tab) | {
        "tabs": [(one.title, f"{request.path}?phan={one.slug}", one == tab) for one in TABS],
        "variant": variant,
        "variants": _variants(request, written.variants, variant),
        "variant_name": written.variants[variant].name if written.variants else "",
        "fields": field_rows(written, tab),
        "grids": grid_rows(written, tab),
    }
    return render(request, "agency/editor/page.html", context)


def _variants(request: HttpRequest, variants: tuple[Any, ...], here: int) -> list[tuple[str, str, bool]]:
    if len(variants) < 2:
        return []
    return [(one.name, f"{request.path}?th={index}", index == here) for index, one in enumerate(variants)]


def _context(version: ProcedureVersion, actor: Actor, variant: int, tab: Tab) -> dict[str, Any]:
    return {
        "version": version,
        "procedure": version.procedure,
        "tab": tab,
        "is_steps": tab.slug == STEPS,
        "to_be_served": to_be_served(version, structure(version).service_code) if "service_code" in tab.parts else (),
        "beside": beside(version, variant, tab, actor, timezone.localdate(actor.at)),
    }


def _take(request: HttpRequest, version: ProcedureVersion, typed: Typed) -> HttpResponseBase:
    """Save what was typed and answer in the manner it was sent."""
    actor, by_script = actor_of(request), request.headers.get("X-Autosave") == "1"
    here = f"{reverse('edit_draft', args=[version.key])}?phan={typed.part}&th={typed.variant}"
    try:
        if typed.act in ("keep-mine", "keep-theirs"):
            settled(version, typed, actor)
            say(request, _("Đã lưu. Bản kia còn trong các lần lưu."))
            return redirect(here)
        saved = _save(version, acted(typed), actor)
    except SavedMeanwhile:
        return _met_another_save(request, version, typed, actor, here, by_script=by_script)
    except (BadInput, Refusal) as problem:
        return _refused(request, version, problem, by_script=by_script)
    if by_script:
        return _answer(saved, typed, actor)
    return redirect(here)


def _met_another_save(
    request: HttpRequest, version: ProcedureVersion, typed: Typed, actor: Actor, here: str, *, by_script: bool
) -> HttpResponse:
    """Put both texts together where they changed different places; else show both."""
    try:
        put_together(version, typed, actor)
    except (SamePlace, SavedMeanwhile):
        return conflict_page(request, version, typed, actor, by_script=by_script, status=CONFLICT)
    say(request, _("Bản này vừa được lưu ở nơi khác, tại những chỗ khác. Hai phần đã được ghép lại."))
    return JsonResponse({"put_together": True}) if by_script else redirect(here)


def _save(version: ProcedureVersion, typed: Typed, actor: Actor) -> ProcedureVersion:
    """Save; nothing is saved twice when nothing changed."""
    if version.state != "draft":
        raise NotADraft
    content = content_of(version, typed)
    if typed.act.startswith("mend:"):
        content = _mended(version, content, typed.act.removeprefix("mend:"), actor)
    if content == version.content and typed.started_from == version.saved:
        return version
    save_draft(version, content=content, started_from=typed.started_from, by=actor, at=actor.at)
    version.refresh_from_db(fields=["content", "saved", "saved_at"])
    return version


def _mended(version: ProcedureVersion, content: dict[str, Any], name: str, actor: Actor) -> dict[str, Any]:
    """Return the content after the repair whose button was pressed; a repair that no longer fits changes nothing."""
    written = parsed(content)
    repair = repair_named(name, remarks_of(version, written, actor, timezone.localdate(actor.at)))
    return stored(applied(written, repair.edit)) if repair else content


def _answer(version: ProcedureVersion, typed: Typed, actor: Actor) -> JsonResponse:
    """Tell the script what was saved, where each sent row is now, and what stands beside the text."""
    context = _context(version, actor, typed.variant, tab_named(typed.part))
    notes = iter(context["beside"].rows)
    rows = []
    for index in _indexes(typed):
        row = next(notes, None) if index is not None else None
        html = render_to_string("agency/editor/row_notes.html", {"row": row}) if row else ""
        rows.append({"was": "" if index is None else index, "understood": row.understood if row else "", "notes": html})
    return JsonResponse(
        {
            "saved": version.saved,
            "said": _("Đã lưu lúc %(time)s") % {"time": timezone.localtime(actor.at).strftime("%H:%M:%S")},
            "rows": rows,
            "beside": render_to_string("agency/editor/beside.html", context),
            "notes": render_to_string("agency/editor/notes.html", context),
        }
    )


def _indexes(typed: Typed) -> list[int | None]:
    found: list[int | None] = []
    count = 0
    for row in typed.rows:
        found.append(None if row.empty else count)
        count += not row.empty
    return found


def _refused(
    request: HttpRequest, version: ProcedureVersion, problem: BadInput | Refusal, *, by_script: bool
) -> HttpResponseBase:
    sentence = worded(problem.message) if isinstance(problem, BadInput) else str(problem)
    if by_script:
        return JsonResponse({"problem": sentence}, status=UNPROCESSABLE)
    context = {"version": version, "procedure": version.procedure, "problem": sentence}
    return render(request, "agency/editor/refused.html", context, status=UNPROCESSABLE)
