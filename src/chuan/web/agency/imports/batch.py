"""The worklist of a batch: each file with its steps, doubts and state; progress while files are being read."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.quality.procedures.models import ImportBatch, ImportedFile
from chuan.rules.authority import Permission
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

Status = ImportedFile.Status
KINDS = {
    Status.WAITING: "doing",
    Status.READ: "done",
    Status.DOUBTFUL: "soon",
    Status.REFUSED: "late",
    Status.ACCEPTED: "done",
    Status.DROPPED: "todo",
}
"""The shape in which a state of a file is shown."""


@reads(Permission.WRITE_PROCEDURE)
def import_batch(request: HttpRequest, key: str) -> HttpResponse:
    """Show the files of a batch."""
    actor = actor_of(request)
    batch = batch_of(actor, key)
    rows, counts = files_of(actor, batch), _counts(actor, batch)
    state = request.GET.get("xem", "")
    page = page_of(
        rows.filter(status=state) if state in Status.values else rows, ("name", "id"), request.GET.get("sau", "")
    )
    context = _progress(batch, counts) | {
        "page": page,
        "rows": [(row, KINDS[Status(row.status)], _steps(row)) for row in page.rows],
        "states": choices(request, "xem", _offered(counts)),
        "next": next_doubtful(actor, batch),
        "clear": counts.get(Status.READ, 0),
    }
    return render(request, "agency/imports/batch.html", context)


@reads(Permission.WRITE_PROCEDURE)
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """Show how many files are read; when all are, the page is loaded anew."""
    actor = actor_of(request)
    batch = batch_of(actor, key)
    context = _progress(batch, _counts(actor, batch))
    response = render(request, "agency/imports/progress.html", context)
    if not context["waiting"]:
        response["HX-Refresh"] = "true"
    return response


def batch_of(actor: Actor, key: str) -> ImportBatch:
    """Return the batch with this key, or raise NotYours."""
    return find(ImportBatch.objects.visible_to(actor).select_related("agency"), key=key)


def files_of(actor: Actor, batch: ImportBatch) -> QuerySet[ImportedFile]:
    """Return the files of the batch without the long texts."""
    rows = ImportedFile.objects.visible_to(actor).filter(batch=batch)
    return rows.select_related("procedure").defer("answers")


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
    total, waiting = sum(counts.values()), counts.get(Status.WAITING, 0)
    return {"batch": batch, "total": total, "done": total - waiting, "waiting": waiting}


def _steps(row: ImportedFile) -> int:
    found = row.reading.get("procedures") or [{}]
    return sum(len(variant.get("steps", ())) for variant in found[0].get("variants", ()))
