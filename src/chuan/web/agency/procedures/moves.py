"""Moving a version along: each move is a button of the page; those that need words have a form of their own."""

from collections.abc import Callable
from dataclasses import dataclass

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
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.models import Procedure, ProcedureVersion
from chuan.rules.authority import Permission
from chuan.rules.procedure.remarks import Severity
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.forms import ApproveForm, DraftForm, ReasonForm, SubmitForm
from chuan.web.agency.procedures.remarks import remarks_on
from chuan.web.kit.acting import form_page


@dataclass(frozen=True, slots=True)
class Button:
    """A move as a button: a link to its form, or a press that acts (`posts`); the first one is filled."""

    word: str
    url: str
    posts: bool = False


def buttons(one: Procedure, version: ProcedureVersion, versions: list[ProcedureVersion], actor: Actor) -> list[Button]:
    """Return what `actor` may do with `version`, what is done most first."""
    words = {
        "submit": (_("Trình xem xét"), "submit_version", False),
        "send_back": (_("Trả lại để sửa"), "send_back_version", False),
        "approve": (_("Phê duyệt"), "approve_version", False),
        "reopen": (_("Mở lại để sửa"), "reopen_version", False),
        "bring_into_force": (_("Đưa vào áp dụng"), "bring_version_into_force", True),
        "drop": (_("Bỏ dự thảo"), "drop_version", True),
    }
    order = list(words)
    open_moves = [move for move in moves_open_to(version, agency=one.agency, actor=actor) if move.name in words]
    found = []
    for move in sorted(open_moves, key=lambda move: order.index(move.name)):
        if move.name == "bring_into_force" and not _has_come(version, actor):
            continue
        word, name, posts = words[move.name]
        found.append(Button(word, reverse(name, args=[version.key]), posts))
    written = any(other.state in actions.BEING_WRITTEN for other in versions)
    if not written and actor.may(Permission.WRITE_PROCEDURE, one.agency):
        found.append(Button(_("Soạn bản mới"), reverse("draft_again", args=[one.key])))
    return found


@writes(Permission.WRITE_PROCEDURE)
def submit(request: HttpRequest, key: str) -> HttpResponse:
    """Hand a draft over for review."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.WRITE_PROCEDURE)
    agency, today = version.procedure.agency, timezone.localdate(actor.at)
    wrong = sum(r.severity is Severity.WRONG for r in remarks_on(structure(version), agency, today, None))
    form = SubmitForm(request.POST if request.method == "POST" else None, wrong=wrong)
    return form_page(
        request,
        form,
        lambda: actions.submit(version, note=form.cleaned_data["note"], by=actor, at=actor.at),
        title=_("Trình xem xét %(name)s") % {"name": version.procedure.name},
        verb=_("Trình xem xét"),
        back=version_url(version),
        said=_("Đã trình. Người xem xét, phê duyệt thấy việc này ở Việc của tôi."),
    )


@writes(Permission.REVIEW_PROCEDURE)
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    """Send a version under review back to its writer, with the reason."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.REVIEW_PROCEDURE)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.send_back(version, note=form.cleaned_data["note"], by=actor, at=actor.at),
        title=_("Trả lại để sửa: %(name)s") % {"name": version.procedure.name},
        verb=_("Trả lại"),
        back=version_url(version),
        said=_("Đã trả lại cùng lý do."),
    )


@writes(Permission.APPROVE_PROCEDURE)
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Approve a version: by which decision, from which day."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.APPROVE_PROCEDURE)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.approve(version, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Phê duyệt %(name)s") % {"name": version.procedure.name},
        verb=_("Phê duyệt"),
        back=version_url(version),
        said=_("Đã phê duyệt."),
    )


@writes(Permission.APPROVE_PROCEDURE)
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Make an approved version a draft again."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.APPROVE_PROCEDURE)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return form_page(
        request,
        form,
        lambda: actions.reopen(version, note=form.cleaned_data["note"], by=actor, at=actor.at),
        title=_("Mở lại để sửa: %(name)s") % {"name": version.procedure.name},
        verb=_("Mở lại"),
        back=version_url(version),
        said=_("Đã mở lại thành dự thảo."),
    )


@writes(Permission.ISSUE_PROCEDURE)
@require_POST
def bring_into_force(request: HttpRequest, key: str) -> HttpResponse:
    """Let an approved version whose day has come take effect."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.ISSUE_PROCEDURE)
    said = _("Phiên bản đã có hiệu lực.")
    return _pressed(request, version, lambda: actions.bring_into_force(version, by=actor, at=actor.at), said)


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Give a draft up."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.WRITE_PROCEDURE)
    said = _("Đã bỏ dự thảo. Vẫn đọc được ở Lịch sử.")
    return _pressed(request, version, lambda: actions.drop(version, by=actor, at=actor.at), said)


@writes(Permission.ACKNOWLEDGE_PROCEDURE)
@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm having read a version."""
    actor = actor_of(request)
    version = _checked(actor, key, Permission.ACKNOWLEDGE_PROCEDURE)
    said = _("Đã ghi: bạn đã đọc phiên bản này.")
    return _pressed(request, version, lambda: actions.acknowledge(version, by=actor, at=actor.at), said)


@writes(Permission.WRITE_PROCEDURE)
def draft_again(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the next version of a procedure."""
    actor = actor_of(request)
    one = queries.procedure(actor, key)
    require(actor, Permission.WRITE_PROCEDURE, one.agency)
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


def _has_come(version: ProcedureVersion, actor: Actor) -> bool:
    return version.effective_on is not None and version.effective_on <= timezone.localdate(actor.at)


def _checked(actor: Actor, key: str, permission: Permission) -> ProcedureVersion:
    version = queries.version(actor, key)
    require(actor, permission, version.procedure.agency)
    return version


def _pressed(request: HttpRequest, version: ProcedureVersion, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(version_url(version))
