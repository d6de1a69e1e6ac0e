"""Many agencies from Excel: shown first, then written whole or not at all."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chuan.files.actions import store
from chuan.files.kinds import Kind
from chuan.files.models import StoredFile
from chuan.files.queries import opened
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotYours
from chuan.organisations.agencies.importing import Outcome
from chuan.organisations.agencies.importing import import_agencies as write_agencies
from chuan.organisations.agencies.models import Agency
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.web.kit.acting import UNPROCESSABLE, say
from chuan.web.kit.sample_workbook import XLSX, sample_workbook
from chuan.web.kit.words import worded
from chuan.web.staff.importing import WorkbookForm
from chuan.web.staff.organisation.changing import kept_committee


@writes(Permission.MANAGE_ORGANISATION)
def import_agencies(request: HttpRequest) -> HttpResponse:
    """Take a workbook, show what it would change, and write it when that was accepted."""
    actor = actor_of(request)
    committee = kept_committee(actor)
    if "accepted" in request.POST:
        return _write(request, committee, actor)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            uploaded = form.cleaned_data["workbook"]
            stored = store(uploaded.read(), uploaded.name or "", allowed={Kind.XLSX}, by=actor.ref, at=actor.at)
            outcome = _run(stored, committee, actor, keep=False)
        except BadInput as problem:
            form.add_error("workbook", worded(problem.message))
        else:
            accepted = signing.dumps([committee.key, stored.pk], salt=__name__)
            return _preview(request, outcome, accepted, stored.name)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "staff/organisation/import.html", {"form": form}, status=status)


@reads(Permission.MANAGE_ORGANISATION)
def sample(request: HttpRequest) -> HttpResponse:
    """Download the empty workbook to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="mau-co-quan.xlsx"'}
    return HttpResponse(sample_workbook("agencies"), content_type=XLSX, headers=headers)


def _write(request: HttpRequest, committee: Agency, actor: Actor) -> HttpResponse:
    try:
        key, number = signing.loads(request.POST["accepted"], salt=__name__)
    except signing.BadSignature as problem:
        raise NotYours from problem
    if key != committee.key:
        raise NotYours
    stored = StoredFile.objects.get(pk=number)
    outcome = _run(stored, committee, actor, keep=True)
    if not outcome.written:
        return _preview(request, outcome, "", stored.name)
    counts = {"added": outcome.added, "changed": outcome.changed}
    say(request, _("Đã nhập: thêm %(added)d cơ quan, đổi %(changed)d cơ quan.") % counts)
    return redirect("agencies")


def _run(stored: StoredFile, committee: Agency, actor: Actor, *, keep: bool) -> Outcome:
    with opened(stored) as workbook:
        return write_agencies(workbook.read(), committee, keep=keep, by=actor, at=actor.at)


def _preview(request: HttpRequest, outcome: Outcome, accepted: str, name: str) -> HttpResponse:
    context = {"outcome": outcome, "accepted": accepted, "name": name}
    return render(request, "staff/organisation/import_preview.html", context)
