"""The worklist of a batch: each file with its steps, doubts and state; progress while files are being read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.jobs.models import State
from chuan.jobs.queries import run_of
from chuan.jobs.read_procedures import ask_again, is_stuck, run_key
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.scoping import find
from chuan.quality.procedures.models import ImportBatch, ImportedFile
from chuan.rules.authority import Permission
from chuan.web.agency.imports.lines import NotAccepted, lines_of
from chuan.web.kit.acting import UNPROCESSABLE, say
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

Status = ImportedFile.Status
Refused: TypeAlias = Mapping[str, NotAccepted]
EMPTY: Refused = MappingProxyType({})
MOST_NAMED = 20
SHOWN = (
    *("key", "name", "status", "problem", "answers", "doubts"),
    *(f"procedure__{name}" for name in ("key", "code", "name")),
)


@reads(Permission.WRITE_PROCEDURE)
def import_batch(request: HttpRequest, key: str) -> HttpResponse:
    """Show the files of a batch."""
    return batch_page(request, batch_of(actor_of(request), key))


def batch_page(request: HttpRequest, batch: ImportBatch, accepted: str = "", refused: Refused = EMPTY) -> HttpResponse:
    """Return the page of a batch; what was `accepted` of it on top, with the files that were refused by their keys."""
    actor = actor_of(request)
    rows, counts = files_of(actor, batch), _counts(actor, batch)
    state, total = request.GET.get("xem", ""), sum(counts.values())
    if state in Status.values:
        rows, total = rows.filter(status=state), counts.get(state, 0)
    page = page_of(rows.only(*SHOWN), ("name", "id"), request.GET.get("sau", ""), total=total)
    context = _progress(batch, counts) | {
        "page": page,
        "lines": lines_of(page.rows, batch.agency, refused),
        "accepted": accepted,
        "refused": list(refused.values())[:MOST_NAMED],
        "refused_more": max(0, len(refused) - MOST_NAMED),
        "states": choices(request, "xem", _offered(counts)),
        "next": next_doubtful(actor, batch) if counts.get(Status.DOUBTFUL) else None,
        "clear": counts.get(Status.READ, 0),
    }
    return render(request, "agency/imports/batch.html", context, status=UNPROCESSABLE if refused else 200)


@reads(Permission.WRITE_PROCEDURE)
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """Show how many files are unpacked, then read; when all are, the page is loaded anew."""
    actor = actor_of(request)
    batch = batch_of(actor, key)
    context = _progress(batch, _counts(actor, batch))
    response = render(request, "agency/imports/progress.html", context)
    if not context["waiting"] or context["stuck"]:
        response["HX-Refresh"] = "true"
    return response


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def read_again(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once more for the files whose reading broke off."""
    batch = batch_of(actor_of(request), key)
    ask_again(batch.key)
    say(request, _("Đang đọc lại các tệp còn chờ."))
    return redirect("import_batch", batch.key)


def batch_of(actor: Actor, key: str) -> ImportBatch:
    """Return the batch with this key, or raise NotYours."""
    return find(ImportBatch.objects.visible_to(actor).select_related("agency"), key=key)


def files_of(actor: Actor, batch: ImportBatch) -> QuerySet[ImportedFile]:
    """Return the files of the batch; of what was read only `understood` and `said`, without the long original."""
    rows = ImportedFile.objects.visible_to(actor).filter(batch=batch).defer("reading").select_related("procedure")
    return rows.annotate(understood=KeyTransform("procedures", "reading"), said=KeyTransform("said", "reading"))


def next_doubtful(actor: Actor, batch: ImportBatch, after: ImportedFile | None = None) -> ImportedFile | None:
    """Return the next file of the batch with something to look at, from the front again after the last."""
    rows = files_of(actor, batch).filter(status=Status.DOUBTFUL).order_by("name", "id")
    if after is None:
        return rows.first()
    rows = rows.exclude(pk=after.pk)
    return rows.filter(name__gte=after.name).first() or rows.first()


def _counts(actor: Actor, batch: ImportBatch) -> dict[str, int]:
    rows = ImportedFile.objects.visible_to(actor).filter(batch=batch).order_by()
    return dict(rows.values_list("status").annotate(count=Count("pk")))


def _offered(counts: dict[str, int]) -> list[Choice]:
    words = [Choice(f"{status.label} ({counts[status]})", status) for status in Status if counts.get(status)]
    return [Choice(_("Tất cả") + f" ({sum(counts.values())})", ""), *words]


def _progress(batch: ImportBatch, counts: dict[str, int]) -> dict[str, Any]:
    """Return how far the work is: members of a zip unpacked, then files read; `stuck` when some of it was given up."""
    total, waiting = sum(counts.values()), counts.get(Status.WAITING, 0)
    found = {"batch": batch, "waiting": waiting, "stuck": bool(waiting) and is_stuck(batch.key)}
    run = run_of(run_key(batch.key)) if waiting else None
    if run is not None and run.total and run.state in (State.WAITING, State.RUNNING):
        return found | {"unpacking": True, "done": run.done, "total": run.total}
    return found | {"unpacking": False, "done": total - waiting, "total": total}
