"""Two saves of the same draft: put together where they changed different places.

Else both texts are shown, one is chosen, and the other stays among the earlier saves.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.actor import Actor
from chuan.quality.procedures.actions import restore_save, save_draft
from chuan.quality.procedures.content import parsed, stored, structure
from chuan.quality.procedures.drafting import TypedStep, shown
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.procedure.structure import Variant
from chuan.text.vietnamese import clean
from chuan.web.agency.editor.merging import SamePlace, merged
from chuan.web.agency.editor.parts import STEPS
from chuan.web.agency.editor.typed import Typed, base_of, content_of

_SENT_ANEW = {"started_from", "csrfmiddlewaretoken", "do", "opened_at"}


def put_together(version: ProcedureVersion, typed: Typed, actor: Actor) -> None:
    """Save the own changes on top of the text saved meanwhile. Raises SamePlace, SavedMeanwhile."""
    earlier = version.saves.filter(saved=typed.started_from).first()
    if earlier is None:  # so long ago that nobody can tell who changed what
        raise SamePlace
    mine = parsed(content_of(version, typed))
    both = merged(parsed(earlier.content), mine, structure(version))
    save_draft(version, content=stored(both), started_from=version.saved, by=actor, at=actor.at)


def conflict_page(
    request: HttpRequest, version: ProcedureVersion, typed: Typed, actor: Actor, *, by_script: bool, status: int
) -> HttpResponse:
    """Show the own text beside the one saved meanwhile; the form carries the own text along."""
    last = version.saves.select_related("created_by__person").defer("content").first()
    mine = parsed(content_of(version, typed))
    theirs = structure(version)
    sent = [(name, value) for name, values in typed.form.lists() if name not in _SENT_ANEW for value in values]
    context = {
        "version": version,
        "procedure": version.procedure,
        "saver": last.created_by if last else None,
        "own": last is not None and last.created_by_id == actor.account_id,
        "sent": sent,
        "opened_at": typed.form.get("opened_at") or typed.started_from,
        "pairs": _pairs(_rows(mine.variants, typed), _rows(theirs.variants, typed)) if typed.part == STEPS else [],
    }
    template = "agency/editor/conflict.html" if by_script else "agency/editor/conflict_page.html"
    return render(request, template, context, status=status)


def _rows(variants: tuple[Variant, ...], typed: Typed) -> list[TypedStep]:
    return shown(variants[typed.variant].steps) if typed.variant < len(variants) else []


def _pairs(mine: list[TypedStep], theirs: list[TypedStep]) -> list[tuple[str, str]]:
    """Return the rows that differ, the own one beside the other."""
    lines = [[_line(row) for row in rows] for rows in (mine, theirs)]
    longest = max(map(len, lines))
    own, other = ([*one, *[""] * (longest - len(one))] for one in lines)
    return [(left, right) for left, right in zip(own, other, strict=True) if left != right]


def _line(row: TypedStep) -> str:
    return " · ".join(filter(None, map(clean, (row.no, row.title, row.role, row.time, row.output))))


def settled(version: ProcedureVersion, typed: Typed, actor: Actor) -> None:
    """Save the own text on top of the other; with "keep-theirs" bring the other back on top of it. Nothing is lost."""
    opened_at = typed.form.get("opened_at", "")
    base = int(opened_at) if opened_at.isdecimal() else typed.started_from
    own = content_of(version, Typed(base, typed.part, typed.variant, "", typed.rows, typed.form))
    theirs = base_of(version, typed.started_from)
    with transaction.atomic():
        saved = save_draft(version, content=own, started_from=typed.started_from, by=actor, at=actor.at)
        if typed.act == "keep-theirs" and theirs != own:
            restore_save(saved, saved=typed.started_from, started_from=saved.saved, by=actor, at=actor.at)
