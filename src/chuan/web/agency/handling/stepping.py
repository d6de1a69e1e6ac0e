"""The acts of one press: the step at hand, the return of the result, and taking the last act back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.quality.dossiers.writing import Press, Written
from chuan.rules.authority import Permission
from chuan.web.agency.handling.dossier import show
from chuan.web.agency.handling.presses import back_from, moment_of, press_of, said_already, undo_url
from chuan.web.kit.acting import say

MOST_STEPS = 10_000


@writes(Permission.HANDLE_DOSSIER)
@require_POST
def do_dossier_step(request: HttpRequest, key: str) -> HttpResponse:
    """Do the step `step` of the dossier `key`."""
    actor, said = actor_of(request), request.POST
    step = said.get("step", "")
    place = int(step) if step.isascii() and step.isdigit() and len(step) < 5 else MOST_STEPS

    def act(one: Dossier, press: Press) -> Written:
        why, note = said.get("reason", ""), said.get("note", "")
        return actions.do_step(one, place, press=press, reason=why, note=note, by=actor, at=actor.at)

    return _pressed(request, key, act, _step_words)


@writes(Permission.RECEIVE_DOSSIER)
@require_POST
def return_dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Hand the result of the dossier `key` to its citizen."""
    actor = actor_of(request)

    def act(one: Dossier, press: Press) -> Written:
        note = request.POST.get("note", "")
        return actions.return_result(one, press=press, note=note, by=actor, at=actor.at)

    return _pressed(request, key, act, lambda _done: _("Đã trả kết quả cho người nộp."))


@writes(Permission.HANDLE_DOSSIER)
@require_POST
def take_back_dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what was done last on the dossier `key`."""
    actor = actor_of(request)
    words = _("Đã lấy lại việc vừa làm; cả hai việc vẫn còn trong diễn biến.")
    return _pressed(
        request,
        key,
        lambda one, press: actions.take_back(one, press=press, by=actor, at=actor.at),
        lambda _done: words,
        undo=False,
    )


def _step_words(done: Written) -> str:
    title = done.dossier.acts.filter(number=done.numbers[0]).values_list("step_title", flat=True).first()
    return _("Đã làm bước “%(step)s”, hồ sơ %(code)s.") % {"step": title, "code": done.dossier.code}


def _pressed(
    request: HttpRequest,
    key: str,
    act: Callable[[Dossier, Press], Written],
    words: Callable[[Written], str],
    undo: bool = True,
) -> HttpResponse:
    """Act, say what was done with a way back, and go on; when it is refused, show the dossier with what was typed."""
    dossier, press = dossier_by_key(actor_of(request), key), press_of(request)
    if said_already(request, dossier, press):
        return redirect(back_from(request, dossier))
    try:
        done = act(dossier, Press(press.key, press.seen, moment_of(request, dossier)))
    except Refusal as refusal:
        return show(request, dossier_by_key(actor_of(request), key), refusal, press.seen)
    if done.numbers:  # else another request with this key was quicker
        say(request, words(done), undo_url(done.dossier, request.POST.get("next", "")) if undo else "")
    return redirect(back_from(request, done.dossier))
