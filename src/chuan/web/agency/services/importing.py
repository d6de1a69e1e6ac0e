"""The catalogue of public services from Excel: shown first, then written whole or not at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.files.actions import store
from chuan.files.kinds import Kind
from chuan.files.models import StoredFile
from chuan.files.queries import opened
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotAllowed, NotYours
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.quality.services.importing import Outcome, RowProblem, import_services
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput, Message
from chuan.web.agency.services.pages import keeper
from chuan.web.kit.acting import UNPROCESSABLE
from chuan.web.kit.sample_workbook import XLSX, sample_workbook
from chuan.web.kit.words import worded


class CatalogueForm(forms.Form):
    """The workbook, and which agencies handle its services."""

    workbook = forms.FileField(label=gettext_lazy("Tệp Excel (.xlsx)"))
    to = forms.ChoiceField(
        label=gettext_lazy("Giao cho"),
        required=False,
        choices=[("", gettext_lazy("Chưa giao")), *AgencyKind.choices],
        help_text=gettext_lazy("Mọi cơ quan đang hoạt động thuộc loại này."),
    )


@writes(Permission.MANAGE_SERVICES)
def import_catalogue(request: HttpRequest) -> HttpResponse:
    """Take a workbook, show what it would change, and write it when that was accepted."""
    actor = actor_of(request)
    catalogue = keeper(actor)
    if catalogue is None:
        raise NotAllowed
    if "accepted" in request.POST:
        return _write(request, catalogue, actor)
    form = CatalogueForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return _show(request, form.cleaned_data["workbook"], form.cleaned_data["to"], catalogue, actor)
        except BadInput as problem:
            form.add_error("workbook", worded(problem.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "agency/services/import.html", {"form": form}, status=status)


@reads(Permission.MANAGE_SERVICES)
def services_sample(request: HttpRequest) -> HttpResponse:
    """Download the empty workbook to fill in."""
    if keeper(actor_of(request)) is None:
        raise NotAllowed
    headers = {"Content-Disposition": 'attachment; filename="mau-danh-muc-thu-tuc.xlsx"'}
    return HttpResponse(sample_workbook("services"), content_type=XLSX, headers=headers)


def _show(
    request: HttpRequest, uploaded: "UploadedFile[Any]", kind: str, catalogue: Agency, actor: Actor
) -> HttpResponse:
    stored = store(uploaded.read(), uploaded.name or "", allowed={Kind.XLSX}, by=actor.ref, at=actor.at)
    outcome = _run(stored, kind, catalogue, actor, keep=False)
    accepted = signing.dumps([catalogue.key, stored.pk, kind], salt=__name__)
    return _preview(request, outcome, accepted, stored.name)


def _write(request: HttpRequest, catalogue: Agency, actor: Actor) -> HttpResponse:
    try:
        key, number, kind = signing.loads(request.POST["accepted"], salt=__name__)
    except signing.BadSignature as problem:
        raise NotYours from problem
    if key != catalogue.key:
        raise NotYours
    stored = StoredFile.objects.get(pk=number)
    outcome = _run(stored, kind, catalogue, actor, keep=True)
    if not outcome.written:
        return _preview(request, outcome, "", stored.name)
    counts = {"added": outcome.added, "changed": outcome.changed, "given": outcome.given}
    messages.success(
        request, _("Đã nhập: thêm %(added)d thủ tục, đổi %(changed)d thủ tục, giao %(given)d lượt.") % counts
    )
    return redirect("services")


def _run(stored: StoredFile, kind: str, catalogue: Agency, actor: Actor, *, keep: bool) -> Outcome:
    alive = Agency.objects.everywhere(reason="the action checks each agency")
    chosen = alive.filter(kind=kind, province=catalogue.province_id, valid_until__isnull=True) if kind else ()
    with opened(stored) as workbook:
        return import_services(workbook.read(), catalogue, to=tuple(chosen), keep=keep, by=actor, at=actor.at)


def _preview(request: HttpRequest, outcome: Outcome, accepted: str, name: str) -> HttpResponse:
    problems = [(problem, _reason(problem)) for problem in outcome.problems]
    context = {"outcome": outcome, "problems": problems, "accepted": accepted, "name": name}
    return render(request, "agency/services/preview.html", context)


def _reason(problem: RowProblem) -> str:
    return worded(problem.reason) if isinstance(problem.reason, Message) else problem.reason
