"""Correcting, closing and reopening an entry; each can be taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.quality.improvement import actions
from chuan.quality.improvement.queries import entry
from chuan.rules.authority import Permission
from chuan.web.agency.improvement.forms import CloseForm, CorrectForm, ReopenForm
from chuan.web.agency.improvement.page import as_done
from chuan.web.kit.acting import form_page, say


@writes(Permission.RECORD_IMPROVEMENT)
def correct_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what was done at once."""
    actor = actor_of(request)
    one = entry(actor, key)
    require(actor, Permission.RECORD_IMPROVEMENT, one.agency)
    form = CorrectForm(request.POST or None, initial=as_done(one, list(one.moves.all()), actor))
    return form_page(
        request,
        form,
        lambda: actions.correct(one, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Ghi việc khắc phục, phiếu %(number)s") % {"number": one.shown_number},
        verb=_("Ghi việc khắc phục"),
        back=reverse("improvement", args=[one.key]),
        said=_("Đã ghi việc khắc phục. Thư ký ISO hoặc người đứng đầu đóng phiếu."),
        undo=reverse("uncorrect_improvement", args=[one.key]),
    )


@writes(Permission.CLOSE_IMPROVEMENT)
def close_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Close a corrected entry."""
    actor = actor_of(request)
    one = entry(actor, key)
    require(actor, Permission.CLOSE_IMPROVEMENT, one.agency)
    form = CloseForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.close(one, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Đóng phiếu %(number)s") % {"number": one.shown_number},
        verb=_("Đóng phiếu"),
        back=reverse("improvement", args=[one.key]),
        said=_("Đã đóng phiếu."),
        undo=reverse("unclose_improvement", args=[one.key]),
    )


@writes(Permission.CLOSE_IMPROVEMENT)
def reopen_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Open a closed entry again, with the reason."""
    actor = actor_of(request)
    one = entry(actor, key)
    require(actor, Permission.CLOSE_IMPROVEMENT, one.agency)
    form = ReopenForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.reopen(one, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Mở lại phiếu %(number)s") % {"number": one.shown_number},
        verb=_("Mở lại phiếu"),
        back=reverse("improvement", args=[one.key]),
        said=_("Đã mở lại phiếu."),
    )


@writes(Permission.RECORD_IMPROVEMENT)
@require_POST
def uncorrect_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Take a correction back."""
    return _acted(request, key, actions.uncorrect, _("Đã lấy lại việc khắc phục. Điều đã ghi vẫn còn."))


@writes(Permission.CLOSE_IMPROVEMENT)
@require_POST
def unclose_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Take a closing back."""
    return _acted(request, key, actions.unclose, _("Đã lấy lại việc đóng phiếu."))


@writes(Permission.RECORD_IMPROVEMENT)
@require_POST
def drop_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Set aside an entry that was made by mistake."""
    said = _("Đã bỏ phiếu ghi nhầm. Số phiếu không dùng lại.")
    return _acted(request, key, actions.drop, said, undo=reverse("take_up_improvement", args=[key]))


@writes(Permission.RECORD_IMPROVEMENT)
@require_POST
def take_up_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Let a dropped entry count again."""
    return _acted(request, key, actions.take_up_again, _("Đã lấy lại phiếu."))


def _acted(request: HttpRequest, key: str, act: Callable[..., object], said: str, undo: str = "") -> HttpResponse:
    """Call `act` with the entry, say `said` or why it was refused, and go back to its page."""
    actor = actor_of(request)
    one = entry(actor, key)
    try:
        act(one, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, said, undo)
    return redirect("improvement", key=one.key)
