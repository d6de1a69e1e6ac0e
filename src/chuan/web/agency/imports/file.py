"""One imported file beside its original: what was understood, what is doubtful, one click each."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from chuan.files.queries import download
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotYours, Refusal
from chuan.kernel.scoping import find
from chuan.quality.procedures.import_questions import (
    EDITED,
    LATER,
    RIGHT,
    UNDONE,
    answered,
    open_questions,
    procedure_of,
    retyped,
)
from chuan.quality.procedures.importing import answer
from chuan.quality.procedures.models import ImportedFile, Procedure, ProcedureVersion
from chuan.rules.authority import Permission
from chuan.web.agency.imports.batch import next_doubtful
from chuan.web.agency.imports.lines import KINDS, reason
from chuan.web.agency.imports.shown import shown_file
from chuan.web.agency.procedures.remarks import remarks_on
from chuan.web.kit.acting import UNPROCESSABLE

_TYPED = ("no", "title", "role", "time", "output", "committed")
_CHOICES = (RIGHT, UNDONE, LATER, EDITED)


@writes(Permission.WRITE_PROCEDURE)
def imported_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a file beside what was understood of it; take the answer to one question."""
    actor = actor_of(request)
    row = file_of(actor, key)
    if request.method != "POST":
        return file_page(request, row)
    try:
        current = answer(row, _answer(request, row), by=actor)
    except Refusal as refusal:
        return file_page(request, row, str(refusal))
    still_open = open_questions(procedure_of(current), current.answers)
    goal = f"#hoi-{still_open[0].anchor}" if still_open else "#nhan"
    return redirect(reverse("imported_file", args=[row.key]) + goal)


def _answer(request: HttpRequest, row: ImportedFile) -> dict[str, Any]:
    name, choice = request.POST.get("question", ""), request.POST.get("choice", "")
    if choice == "again":
        return {name: None}
    if choice not in _CHOICES:
        return {}
    typed = {field: request.POST[field] for field in _TYPED if field in request.POST}
    return {name: {"choice": choice, "typed": retyped(row, name, typed)} if choice == EDITED else {"choice": choice}}


def file_of(actor: Actor, key: str) -> ImportedFile:
    """Return the file with this key, or raise NotYours."""
    rows = ImportedFile.objects.visible_to(actor).select_related("batch__agency", "source", "procedure")
    return find(rows, key=key)


def file_page(
    request: HttpRequest, row: ImportedFile, problem: str = "", said: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return the page of a file, with what was refused on top and the words that were typed to accept it (`said`)."""
    actor = actor_of(request)
    context: dict[str, Any] = {
        "row": row,
        "batch": row.batch,
        "kind": KINDS[ImportedFile.Status(row.status)],
        "problem": problem,
        "why": reason(row, row.reading.get("said")),
        "next": next_doubtful(actor, row.batch, row),
    }
    if "procedures" in row.reading:
        now = answered(procedure_of(row), row.answers)
        remarks = remarks_on(now, row.batch.agency, timezone.localdate(actor.at), None)
        typed = {"code": now.procedure_code, "name": now.name, "service_code": now.service_code} | dict(said or {})
        wanted = typed["code"]
        known = Procedure.objects.within(row.batch.agency).filter(code=wanted).first() if wanted else None
        context |= {
            "shown": shown_file(row, remarks),
            **typed,
            "known": known,
            "draft": _draft(actor, row),
        }
    return render(request, "agency/imports/file.html", context, status=UNPROCESSABLE if problem else 200)


def _draft(actor: Actor, row: ImportedFile) -> ProcedureVersion | None:
    if row.procedure is None:
        return None
    return ProcedureVersion.objects.visible_to(actor).filter(procedure=row.procedure, state="draft").first()


@reads(Permission.WRITE_PROCEDURE)
def original(request: HttpRequest, key: str) -> HttpResponseBase:
    """Download the file as it was handed in."""
    row = file_of(actor_of(request), key)
    if row.source is None:
        raise NotYours
    return download(row.source)
