"""The page of a procedure: steps, papers, records, history.

It shows the version in force unless another is asked for (`lan`), and says which one the reader looks at.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.findings.queries import readings_of
from chuan.kernel.actor import Actor
from chuan.kernel.effects import SIGNED_IN, actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.quality.procedures import queries
from chuan.quality.procedures.adoption import adoptions_of
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.four_eyes import WroteIt, refuse_own
from chuan.quality.procedures.lifecycle import BEING_WRITTEN, COMING
from chuan.quality.procedures.models import ABOVE, Procedure, ProcedureVersion, VersionMove
from chuan.quality.procedures.rounds import round_of
from chuan.quality.procedures.serving import to_be_served
from chuan.quality.services.models import PublicService
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.moves import buttons
from chuan.web.agency.procedures.shown import shown
from chuan.web.agency.procedures.words import KINDS, limits

ISSUED = ("in_force", "replaced")
"""The states of a version that dossiers were handled by."""


@reads(SIGNED_IN)
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """Show the steps of a version, with what the validator says in place, and the drawing."""
    actor = actor_of(request)
    _one, version, context = _loaded(request, actor, key, "procedure")
    current = next((v for v in context["versions"] if v.state == "in_force"), None)
    page = shown(version, timezone.localdate(actor.at), current)
    context |= {"shown": page, "limits": limits(page.procedure)}
    return render(request, "agency/procedures/steps.html", context)


@reads(SIGNED_IN)
def papers(request: HttpRequest, key: str) -> HttpResponse:
    """Show the dossier's papers, the forms, and the other parts of the service."""
    _one, version, context = _loaded(request, actor_of(request), key, "procedure_papers")
    return render(request, "agency/procedures/papers.html", context | {"written": structure(version)})


@reads(SIGNED_IN)
def records(request: HttpRequest, key: str) -> HttpResponse:
    """Show the records to keep: what, where, how long."""
    _one, version, context = _loaded(request, actor_of(request), key, "procedure_records")
    return render(request, "agency/procedures/records.html", context | {"written": structure(version)})


@reads(SIGNED_IN)
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Show all versions and, to the agency itself, every move of theirs; to who works on it, who has not read it."""
    actor = actor_of(request)
    one, version, context = _loaded(request, actor, key, "procedure_history")
    moves = VersionMove.objects.visible_to(actor).filter(of__in=context["versions"]).select_related("of")
    inside = actor.may(Permission.SEE_AGENCY, one.agency)
    context["lists_versions"] = True
    if context["readers"] and _at_work(actor, one):
        context["not_read"] = queries.not_yet_read(version, timezone.localdate(actor.at))
    context["moves"] = [_move_shown(move) for move in moves.order_by("-at", "-id")] if inside else []
    return render(request, "agency/procedures/history.html", context)


def _loaded(
    request: HttpRequest, actor: Actor, key: str, here: str
) -> tuple[Procedure, ProcedureVersion, dict[str, Any]]:
    one = queries.procedure(actor, key)
    versions = list(queries.versions_of(actor, one).select_related("source").defer("content"))
    version = _chosen(versions, request.GET.get("lan", ""))
    version.procedure = one
    today = timezone.localdate(actor.at)
    inside = actor.may(Permission.SEE_AGENCY, one.agency)
    barred = _barred(actor, one, version)
    done = round_of(version, actor) if inside and version.state in BEING_WRITTEN else None
    closed = ("approve", "review") if barred else ("review",) if done and done.reviewed_by(actor) else ()
    context = {
        "procedure": one,
        "version": version,
        "versions": versions,
        "kinds": KINDS,
        "buttons": buttons(one, version, versions, actor, closed=closed),
        "round": done,
        "barred": barred,
        "may_set_four_eyes": actor.may(Permission.MANAGE_QUALITY_SYSTEM, one.agency),
        "services": PublicService.objects.visible_to(actor).filter(procedures=one),
        "to_be_served": to_be_served(version, structure(version).service_code) if version.state in COMING else (),
        "tabs": _tabs(one, version, usual(versions), here),
        "others": other_versions(version, versions, at_work=_at_work(actor, one)),
        "earlier": next((v for v in versions if v.number < version.number and v.state != "dropped"), None),
        "at_work": _at_work(actor, one),
        "reading": _reading(actor, one, version) if inside else None,
        "inside": inside,
        "issued": version.state in ISSUED,
        "may_edit": version.state == "draft" and actor.may(Permission.WRITE_PROCEDURE, one.agency),
        "sent_back": _sent_back(actor, version),
        "newer": queries.newer_original(actor, one) if inside else None,
        "readers": queries.readers(version, today) if inside and version.state == "in_force" else None,
        "must_read": _must_read(actor, one, version),
        "adoptions": adoptions_of(one, today) if one.agency.kind in ABOVE else None,
        "sees_agencies": actor.may(Permission.SEE_PUBLISHED, one.agency),
    }
    return one, version, context


def _chosen(versions: list[ProcedureVersion], number: str) -> ProcedureVersion:
    """Return the version with this number; without one what the page opens with."""
    found = next((one for one in versions if str(one.number) == number), None) if number else usual(versions)
    if found is None:
        raise NotYours
    return found


def usual(versions: list[ProcedureVersion]) -> ProcedureVersion | None:
    """Return the version that applies today, else the newest that was not dropped, else the newest."""
    in_force = (one for one in versions if one.state == "in_force")
    living = (one for one in versions if one.state != "dropped")
    return next(in_force, None) or next(living, None) or next(iter(versions), None)


def other_versions(
    version: ProcedureVersion, versions: list[ProcedureVersion], *, at_work: bool
) -> list[ProcedureVersion]:
    """Return what the reader of `version` may look for beside it: what applies, what waits, what is being written.

    `versions` are the ones that the reader may see; what is being written is for those `at_work` on it, who read what
    is in force.
    """
    wanted = ["in_force", "approved"]
    wanted += BEING_WRITTEN if at_work and version.state == "in_force" else ()
    others = [one for one in versions if one.state in wanted and one.pk != version.pk]
    return sorted(others, key=lambda one: wanted.index(one.state))


def _barred(actor: Actor, one: Procedure, version: ProcedureVersion) -> str:
    """Return why the decision on a version under review is for others than `actor`, "" when it is not."""
    deciding = (Permission.APPROVE_PROCEDURE, Permission.REVIEW_PROCEDURE)
    permission = next((one_of for one_of in deciding if actor.may(one_of, one.agency)), None)
    if version.state != "review" or permission is None:
        return ""
    try:
        refuse_own(version, permission, by=actor, at=actor.at)
    except WroteIt as refusal:
        return str(refusal)
    return ""


def _at_work(actor: Actor, one: Procedure) -> bool:
    works = (Permission.WRITE_PROCEDURE, Permission.REVIEW_PROCEDURE, Permission.APPROVE_PROCEDURE)
    return any(actor.may(work, one.agency) for work in works)


def _reading(actor: Actor, one: Procedure, version: ProcedureVersion) -> ProcedureReading | None:
    """Return what the dossiers of the version said when they were last computed."""
    return readings_of(actor, one).filter(version=version, period="").first()


def _must_read(actor: Actor, one: Procedure, version: ProcedureVersion) -> bool:
    return (
        version.state == "in_force"
        and actor.may(Permission.ACKNOWLEDGE_PROCEDURE, one.agency)
        and not queries.has_read(actor, version)
    )


def _sent_back(actor: Actor, version: ProcedureVersion) -> VersionMove | None:
    """Return the move by which a draft came back, when that was the last thing that happened to it."""
    if version.state != "draft":
        return None
    last = VersionMove.objects.visible_to(actor).filter(of=version).order_by("-at", "-pk").first()
    return last if last is not None and last.source else None


def _tabs(
    one: Procedure, version: ProcedureVersion, opened_with: ProcedureVersion | None, here: str
) -> list[tuple[str, str, bool]]:
    asked = "" if version == opened_with else f"?lan={version.number}"
    named = (
        (_("Các bước"), "procedure"),
        (_("Hồ sơ, biểu mẫu"), "procedure_papers"),
        (_("Hồ sơ lưu"), "procedure_records"),
        (_("Lịch sử"), "procedure_history"),
    )
    return [(word, reverse(name, args=[one.key]) + asked, name == here) for word, name in named]


def _move_shown(move: VersionMove) -> dict[str, Any]:
    names = {
        ("", "draft"): _("Bắt đầu soạn"),
        ("draft", "review"): _("Trình xem xét"),
        ("review", "review"): _("Đã xem xét, đề nghị phê duyệt"),
        ("review", "draft"): _("Trả lại để sửa"),
        ("review", "approved"): _("Phê duyệt"),
        ("approved", "draft"): _("Mở lại để sửa"),
        ("approved", "in_force"): _("Đưa vào áp dụng"),
        ("in_force", "replaced"): _("Được thay thế"),
        ("in_force", "withdrawn"): _("Thôi áp dụng"),
        ("replaced", "in_force"): _("Áp dụng trở lại"),
        ("draft", "dropped"): _("Bỏ dự thảo"),
        ("dropped", "draft"): _("Lấy lại dự thảo"),
    }
    return {"move": move, "word": names.get((move.source, move.target), move.target)}
