"""Moving a version along: each move is a button of the page; those that need words have a form of their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.kernel.transitions import moves_open_to
from chuan.quality.procedures import actions, queries
from chuan.quality.procedures.checks import being_written, refuse_from_elsewhere
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.four_eyes import others_who_may
from chuan.quality.procedures.lifecycle import BEING_WRITTEN, VERSION
from chuan.quality.procedures.models import Procedure, ProcedureVersion
from chuan.quality.procedures.refusals import AlreadyBeingWritten
from chuan.quality.procedures.rounds import round_of
from chuan.rules.authority import Permission
from chuan.rules.lifecycle import Move
from chuan.rules.procedure.remarks import Severity
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.forms import DraftForm, NoteForm, ReasonForm, SubmitForm
from chuan.web.agency.procedures.remarks import remarks_of
from chuan.web.agency.procedures.shown import notes_of
from chuan.web.kit.acting import form_page, say


@dataclass(frozen=True, slots=True)
class Button:
    """A move as a button: a link to its form, or a press that acts (`posts`); `main`: the one that is filled."""

    word: str
    url: str
    posts: bool = False
    main: bool = False


_GIVING_UP = ("withdraw", "drop")
"""The moves that nobody is led to: never the filled button."""


def buttons(
    one: Procedure, version: ProcedureVersion, versions: list[ProcedureVersion], actor: Actor, *, closed: Iterable[str]
) -> list[Button]:
    """Return what `actor` may do with `version`, what leads on first; `closed` are moves that are not for him now."""
    words = {
        "submit": (_("Trình xem xét"), "submit_version", False),
        "approve": (_("Phê duyệt"), "approve_version", False),
        "review": (_("Đã xem xét"), "review_version", False),
        "send_back": (_("Trả lại để sửa"), "send_back_version", False),
        "reopen": (_("Mở lại để sửa"), "reopen_version", False),
        "bring_into_force": (_("Đưa vào áp dụng"), "bring_version_into_force", True),
        "withdraw": (_("Thôi áp dụng"), "withdraw_version", False),
        "drop": (_("Bỏ dự thảo"), "drop_version", True),
        "take_up_again": (_("Lấy lại dự thảo"), "take_up_version", True),
    }
    written = any(other.state in BEING_WRITTEN for other in versions)
    left_out = {*closed} | ({"take_up_again"} if written else set())
    left_out |= set() if has_come(version, actor) else {"bring_into_force"}
    open_moves = {move.name for move in moves_open_to(version, agency=one.agency, actor=actor)} - left_out
    shown = [(name, *words[name]) for name in words if name in open_moves]
    found = [
        Button(word, reverse(address, args=[version.key]), posts, main=place == 0 and name not in _GIVING_UP)
        for place, (name, word, address, posts) in enumerate(shown)
    ]
    if not written and actor.may(Permission.WRITE_PROCEDURE, one.agency):
        main = not any(button.main for button in found)
        found.append(Button(_("Soạn bản mới"), reverse("draft_again", args=[one.key]), main=main))
    return found


@writes(Permission.WRITE_PROCEDURE)
def submit(request: HttpRequest, key: str) -> HttpResponse:
    """Hand a draft over for review."""
    actor = actor_of(request)
    version = checked(actor, key, Permission.WRITE_PROCEDURE)
    if closed := closed_to(request, version, "submit"):
        return closed
    points = open_points(version, actor)
    form = SubmitForm(request.POST if request.method == "POST" else None, wrong=len(points["wrong"]))
    return form_page(
        request,
        form,
        lambda: actions.submit(version, note=form.cleaned_data["note"], by=actor, at=actor.at),
        title=_("Trình xem xét %(name)s") % {"name": version.procedure.name},
        verb=_("Trình xem xét"),
        back=version_url(version),
        said=_("Đã trình. Người xem xét, phê duyệt thấy việc này ở Việc của tôi."),
        above="agency/procedures/before_submitting.html",
        shown=points | _receivers(version, timezone.localdate(actor.at)),
    )


@writes(Permission.REVIEW_PROCEDURE)
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Write down that a version was looked through."""
    said = _("Đã ghi: bạn đã xem xét bản này. Tên bạn đứng ở ô xem xét khi in.")
    words = (_("Đã xem xét %(name)s"), _("Đã xem xét, đề nghị phê duyệt"), said)
    return _formed(request, key, VERSION.named("review"), NoteForm, actions.review, words)


@writes(Permission.REVIEW_PROCEDURE)
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    """Send a version under review back to its writer, with the reason."""
    words = (_("Trả lại để sửa: %(name)s"), _("Trả lại"), _("Đã trả lại cùng lý do."))
    return _formed(request, key, VERSION.named("send_back"), ReasonForm, actions.send_back, words)


@writes(Permission.APPROVE_PROCEDURE)
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Make an approved version a draft again."""
    words = (_("Mở lại để sửa: %(name)s"), _("Mở lại"), _("Đã mở lại thành dự thảo."))
    above = "agency/procedures/before_reopening.html"
    return _formed(request, key, VERSION.named("reopen"), ReasonForm, actions.reopen, words, above)


def _formed(
    request: HttpRequest,
    key: str,
    made: Move,
    kind: type[forms.Form],
    act: Callable[..., object],
    words: tuple[str, str, str],
    above: str = "",
) -> HttpResponse:
    """Move a version by `act` with what is typed into a `kind` of form; `words`: title with %(name)s, verb, answer.

    `above` is the template of what must be known before; it may tell of the `round` of the version.
    """
    actor = actor_of(request)
    version = checked(actor, key, made.permission)
    if closed := closed_to(request, version, made.name):
        return closed
    form = kind(request.POST if request.method == "POST" else None)
    title, verb, said = words
    return form_page(
        request,
        form,
        lambda: act(version, **form.cleaned_data, by=actor, at=actor.at),
        title=title % {"name": version.procedure.name},
        verb=verb,
        back=version_url(version),
        said=said,
        above=above,
        shown={"version": version, "round": round_of(version, actor)} if above else None,
    )


@writes(Permission.ISSUE_PROCEDURE)
@require_POST
def bring_into_force(request: HttpRequest, key: str) -> HttpResponse:
    """Let an approved version whose day has come take effect."""
    said = _("Phiên bản đã có hiệu lực.")
    return _pressed(request, key, Permission.ISSUE_PROCEDURE, actions.bring_into_force, said)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Give a draft up."""
    said, undo = _("Đã bỏ dự thảo. Vẫn đọc được ở Lịch sử."), reverse("take_up_version", args=[key])
    return _pressed(request, key, Permission.WRITE_PROCEDURE, actions.drop, said, undo=undo)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def take_up_again(request: HttpRequest, key: str) -> HttpResponse:
    """Write on at a draft that was given up."""
    return _pressed(request, key, Permission.WRITE_PROCEDURE, actions.take_up_again, _("Đã lấy lại dự thảo."))


@writes(Permission.ACKNOWLEDGE_PROCEDURE)
@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm having read a version."""
    said = _("Đã ghi: bạn đã đọc phiên bản này.")
    return _pressed(request, key, Permission.ACKNOWLEDGE_PROCEDURE, actions.acknowledge, said)


@writes(Permission.WRITE_PROCEDURE)
def draft_again(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the next version of a procedure; lead to the one that is being written already."""
    actor = actor_of(request)
    one = queries.procedure(actor, key)
    require(actor, Permission.WRITE_PROCEDURE, one.agency)
    written = being_written(one)
    if written is not None:
        say(request, str(AlreadyBeingWritten(written.number)))
        return redirect("edit_draft", key=written.key)
    form = DraftForm(request.POST if request.method == "POST" else None)
    begun: list[ProcedureVersion] = []
    answer = form_page(
        request,
        form,
        lambda: begun.append(actions.draft_again(one, **form.cleaned_data, by=actor, at=actor.at)),
        title=_("Soạn bản mới của %(name)s") % {"name": one.name},
        verb=_("Tạo dự thảo"),
        back=reverse("procedure", args=[one.key]),
        said=_("Đã tạo dự thảo từ bản mới nhất."),
    )
    return redirect("edit_draft", key=begun[0].key) if begun else answer


def open_points(version: ProcedureVersion, actor: Actor) -> dict[str, Any]:
    """Return what the validator still says of the version: the notes that are wrong, and how many to look at."""
    remarks = remarks_of(version, structure(version), actor, timezone.localdate(actor.at))
    return {
        "version": version,
        "wrong": notes_of(one for one in remarks if one.severity is Severity.WRONG),
        "look": sum(one.severity is Severity.LOOK for one in remarks),
    }


def _receivers(version: ProcedureVersion, day: date) -> dict[str, list[str]]:
    """Return who may look the version through, and who may approve it, once it is handed over."""
    return {
        "reviewers": others_who_may(version, Permission.REVIEW_PROCEDURE, day),
        "approvers": others_who_may(version, Permission.APPROVE_PROCEDURE, day),
    }


def has_come(version: ProcedureVersion, actor: Actor) -> bool:
    """Return whether the version's day of effect is today or past."""
    return version.effective_on is not None and version.effective_on <= timezone.localdate(actor.at)


def checked(actor: Actor, key: str, permission: Permission) -> ProcedureVersion:
    """Return the version that `actor` may treat so. Raises NotYours, NotAllowed."""
    version = queries.version(actor, key)
    require(actor, permission, version.procedure.agency)
    return version


def closed_to(request: HttpRequest, version: ProcedureVersion, name: str) -> HttpResponse | None:
    """Return the way back to the version, with the reason, when the move of this name does not begin where it stands.

    None: the form of the move may be shown.
    """
    try:
        refuse_from_elsewhere(version, name, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(version_url(version))
    return None


def _pressed(
    request: HttpRequest, key: str, permission: Permission, act: Callable[..., object], said: str, *, undo: str = ""
) -> HttpResponse:
    """Move a version by `act`, which needs no words, and show it again."""
    actor = actor_of(request)
    version = checked(actor, key, permission)
    try:
        act(version, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, said, undo=undo)
    return redirect(version_url(version))
