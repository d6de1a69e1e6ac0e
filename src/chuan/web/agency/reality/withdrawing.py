"""Withdrawing a file that was handed in by mistake, using it again, closing a source."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chuan.analytics.logs import queries
from chuan.analytics.logs.withdrawing import close_source, give_back, reopen_source, withdraw
from chuan.jobs.take_in_log import ask_for
from chuan.jobs.take_log_out import ask_to_bring_back, ask_to_take_out
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page, say


class ReasonForm(forms.Form):
    """Why a file is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do rút tệp"),
        help_text=gettext_lazy(
            "Ví dụ: tải nhầm tệp của xã khác, nhầm cột. Hồ sơ chỉ có trong tệp này không được tính nữa."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@writes(Permission.IMPORT_LOG)
def withdraw_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the reason and withdraw a file; the work behind it is done by a job."""
    actor = actor_of(request)
    upload = queries.upload(actor, key)
    require(actor, Permission.IMPORT_LOG, upload.source.agency)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        withdraw(upload, reason=form.cleaned_data["reason"], by=actor, at=actor.at)
        ask_to_take_out(upload, actor.at.isoformat())

    return form_page(
        request,
        form,
        act,
        title=_("Rút tệp %(name)s") % {"name": upload.name},
        verb=_("Rút tệp"),
        back=reverse("log_upload", args=[upload.key]),
        said=_("Đã rút tệp. Số liệu được tính lại trong ít phút."),
        undo=reverse("give_back_upload", args=[upload.key]),
    )


@writes(Permission.IMPORT_LOG)
@require_POST
def give_back_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Let a withdrawn file count again."""
    actor = actor_of(request)
    upload = queries.upload(actor, key)
    try:
        give_back(upload, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        ask_for(upload)
        ask_to_bring_back(upload, actor.at.isoformat())
        say(request, _("Tệp được dùng lại. Số liệu được tính lại trong ít phút."))
    return redirect("log_upload", key=upload.key)


@writes(Permission.IMPORT_LOG)
@require_POST
def close_log_source(request: HttpRequest, key: str) -> HttpResponse:
    """Close a source that no file counts of."""
    return _acted(request, key, close_source, _("Đã đóng nguồn."), undo=reverse("reopen_log_source", args=[key]))


@writes(Permission.IMPORT_LOG)
@require_POST
def reopen_log_source(request: HttpRequest, key: str) -> HttpResponse:
    """Let a closed source take files again."""
    return _acted(request, key, reopen_source, _("Đã mở lại nguồn."))


def _acted(request: HttpRequest, key: str, act: Callable[..., None], said: str, undo: str = "") -> HttpResponse:
    actor = actor_of(request)
    source = queries.source(actor, key)
    try:
        act(source, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, said, undo)
    return redirect("log_source", key=source.key)
