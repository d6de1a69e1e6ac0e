"""Handing files in: one, several, a folder or a zip."""

from itertools import chain
from typing import BinaryIO, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chuan.jobs.read_procedures import ask_for
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotYours, Refusal
from chuan.organisations.models import Agency
from chuan.quality.procedures.import_intake import LARGEST_COLLECTION, NothingToRead, take_in
from chuan.quality.procedures.models import ImportBatch
from chuan.quality.procedures.queries import imports
from chuan.rules.authority import Permission
from chuan.web.agency.imports.left import left
from chuan.web.kit.acting import UNPROCESSABLE

EARLIER = 20


@writes(Permission.WRITE_PROCEDURE)
def import_procedures(request: HttpRequest) -> HttpResponse:
    """Show where to hand files in, with the earlier batches; take the files and go to their worklist."""
    actor = actor_of(request)
    problem = ""
    if request.method == "POST":
        try:
            return redirect("import_batch", _taken_in(request, actor).key)
        except Refusal as refusal:
            problem = str(refusal)
    agencies = _agencies(actor)
    batches = [(batch, *left(batch)) for batch in imports(actor).select_related("agency")[:EARLIER]]
    context = {"problem": problem, "agencies": agencies, "batches": batches}
    return render(request, "agency/imports/upload.html", context, status=UNPROCESSABLE if problem else 200)


def _agencies(actor: Actor) -> list[Agency]:
    return list(Agency.objects.visible_to(actor).filter(pk__in=actor.agencies_where(Permission.WRITE_PROCEDURE)))


def _taken_in(request: HttpRequest, actor: Actor) -> ImportBatch:
    agencies = {agency.key: agency for agency in _agencies(actor)}
    agency = agencies.get(request.POST.get("agency", "")) or next(iter(agencies.values()), None)
    if agency is None:
        raise NotYours
    uploaded = list(chain(request.FILES.getlist("files"), request.FILES.getlist("folder")))
    if not uploaded:
        raise NothingToRead
    if sum(one.size or 0 for one in uploaded) > LARGEST_COLLECTION:
        raise TooLarge
    first = uploaded[0].name or ""
    name = (
        first
        if len(uploaded) == 1
        else _("%(first)s và %(more)d tệp khác") % {"first": first, "more": len(uploaded) - 1}
    )
    with transaction.atomic():
        handed_in = [(one.name or "", cast("BinaryIO", one)) for one in uploaded]
        batch = take_in(handed_in, agency=agency, name=name, by=actor, at=actor.at)
        ask_for(batch.key)
    return batch


class TooLarge(Refusal):
    """More bytes than one request takes."""

    def __str__(self) -> str:
        return _("Các tệp cộng lại lớn hơn %(limit)d MB. Hãy chia thành nhiều lần.") % {
            "limit": LARGEST_COLLECTION >> 20
        }
