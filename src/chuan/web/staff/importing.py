"""Units, positions and people from Excel: shown first, then written whole or not at all."""

from typing import Any

from django import forms
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
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.importing import import_staff, look_at_staff
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.web.kit.acting import UNPROCESSABLE, say
from chuan.web.kit.sample_workbook import XLSX, sample_workbook
from chuan.web.kit.words import worded


class WorkbookForm(forms.Form):
    """The workbook to read."""

    workbook = forms.FileField(label=gettext_lazy("Tệp Excel (.xlsx)"))


@writes(Permission.MANAGE_PEOPLE)
def import_people(request: HttpRequest, key: str) -> HttpResponse:
    """Take a workbook, show what it would change, and write it when that was accepted."""
    actor = actor_of(request)
    agency = _managed(actor, key)
    if "accepted" in request.POST:
        return _write(request, agency, actor)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return _show(request, form.cleaned_data["workbook"], agency, actor)
        except BadInput as problem:
            form.add_error("workbook", worded(problem.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "staff/import_people.html", {"form": form, "agency": agency}, status=status)


@reads(Permission.MANAGE_PEOPLE)
def sample(request: HttpRequest, key: str) -> HttpResponse:
    """Download the empty workbook to fill in."""
    _managed(actor_of(request), key)
    headers = {"Content-Disposition": 'attachment; filename="mau-don-vi-vi-tri-nhan-su.xlsx"'}
    return HttpResponse(sample_workbook("staff"), content_type=XLSX, headers=headers)


def _show(request: HttpRequest, uploaded: "UploadedFile[Any]", agency: Agency, actor: Actor) -> HttpResponse:
    stored = store(uploaded.read(), uploaded.name or "", allowed={Kind.XLSX}, by=actor.ref, at=actor.at)
    with opened(stored) as workbook:
        outcome = look_at_staff(workbook.read(), agency, by=actor, at=actor.at)
    accepted = signing.dumps([agency.key, stored.pk], salt=__name__)
    context = {"outcome": outcome, "agency": agency, "accepted": accepted, "name": stored.name}
    return render(request, "staff/import_preview.html", context)


def _write(request: HttpRequest, agency: Agency, actor: Actor) -> HttpResponse:
    try:
        key, number = signing.loads(request.POST["accepted"], salt=__name__)
    except signing.BadSignature as problem:
        raise NotYours from problem
    if key != agency.key:
        raise NotYours
    with opened(StoredFile.objects.get(pk=number)) as workbook:
        outcome = import_staff(workbook.read(), agency, by=actor, at=actor.at)
    if not outcome.written:
        return render(request, "staff/import_preview.html", {"outcome": outcome, "agency": agency})
    counts = {"added": outcome.added, "changed": outcome.changed}
    say(request, _("Đã nhập: thêm %(added)d dòng, đổi %(changed)d dòng.") % counts)
    return redirect("agency", key=agency.key)


def _managed(actor: Actor, key: str) -> Agency:
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.MANAGE_PEOPLE, agency)
    return agency
