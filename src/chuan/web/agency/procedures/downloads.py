"""A version as a file: Word in both layouts, PDF, BPMN; and the original it was read from."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify

from chuan.files.queries import download
from chuan.kernel.actor import Actor
from chuan.kernel.effects import SIGNED_IN, actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.quality.procedures import queries
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.four_eyes import position_at, position_of
from chuan.quality.procedures.models import ProcedureVersion, VersionMove
from chuan.quality.procedures.rounds import round_of
from chuan.rules.authority import Permission
from chuan.rules.procedure.structure import Procedure
from chuan.text.messages import BadInput
from chuan.text.vietnamese import fold
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.words import language
from chuan.web.kit.words import worded
from chuan.writing.bpmn import write_bpmn
from chuan.writing.cover import Cover, Revision, Signature
from chuan.writing.pdf import write_pdf
from chuan.writing.phrases import day, word
from chuan.writing.word import write_word

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = ("word", "ha-tinh", "pdf", "bpmn")


@reads(SIGNED_IN)
def version_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Download a version as `kind`, one of FILES."""
    actor = actor_of(request)
    version = queries.version(actor, key)
    try:
        content, content_type, ending = _written(version, kind, request.GET.get("cach", "0"), actor)
    except BadInput as problem:
        messages.error(request, worded(problem.message))
        return redirect(version_url(version))
    name = f"{slugify(fold(version.procedure.code)) or 'quy-trinh'}-{version.number:02d}{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


@reads(SIGNED_IN)
def original_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Download the file that the version was read from."""
    version = queries.version(actor_of(request), key)
    if version.source is None:
        raise NotYours
    return download(version.source)


def cover_of(version: ProcedureVersion, actor: Actor) -> Cover:
    """Return the cover: issue and day of effect, who drafted, reviewed and signed it, what earlier versions changed."""
    done, agency = round_of(version, actor), version.procedure.agency
    approved = _approval(version, done.approved)
    return Cover(
        agency=agency.name,
        parent_agency=agency.parent.name if agency.parent else "",
        decision=_decision(version),
        signed_by=version.signed_by,
        mark=_mark(version),
        issue=f"{version.number:02d}",
        issued_on=version.decided_on or approved.signed_on,
        effective_on=version.effective_on,
        drafted=_signature(version, done.submitted, Permission.WRITE_PROCEDURE),
        reviewed=_signature(version, done.reviews[-1] if done.reviews else None, Permission.REVIEW_PROCEDURE),
        approved=approved,
        revisions=tuple(_revisions(version, actor)),
    )


def _decision(version: ProcedureVersion) -> str:
    """Return the decision as it stands on the cover; what was written down with its day in it stays as it is."""
    if version.decided_on is None or not version.decision:
        return version.decision
    number = version.decision.removeprefix("Quyết định số ")
    return word("decision", number=number, day=day(version.decided_on))


def _mark(version: ProcedureVersion) -> str:
    """Return what stands across every page of a version that does not apply, "" for the one in force."""
    if version.state == "replaced" and version.ended_on is not None:
        return word("mark_ended_on", day=day(version.ended_on))
    return word(f"mark_{version.state}")


def _signature(version: ProcedureVersion, move: VersionMove | None, permission: Permission) -> Signature:
    """Return who made the move, and when; without the day when it was only written down after the decision."""
    if move is None:
        return Signature()
    on = timezone.localdate(move.at)
    late = version.decided_on is not None and on > version.decided_on
    position = position_at(move, version.procedure.agency, permission)
    return Signature(position=position, name=move.by_name, signed_on=None if late else on)


def _approval(version: ProcedureVersion, move: VersionMove | None) -> Signature:
    """Return who signed the decision, on its day: as typed at the approval, else who approved it here."""
    if move is None:
        return Signature()
    agency, on = version.procedure.agency, version.decided_on or timezone.localdate(move.at)
    if version.signed_by in ("", move.by_name):
        return Signature(position_at(move, agency, Permission.APPROVE_PROCEDURE), move.by_name, on)
    return Signature(position_of(version.signed_by, agency, on), version.signed_by, on)


def _revisions(version: ProcedureVersion, actor: Actor) -> list[Revision]:
    earlier = queries.versions_of(actor, version.procedure).filter(number__lte=version.number, number__gt=1)
    shown = earlier.exclude(state="dropped").exclude(reason="").defer("content").order_by("number")
    return [Revision("", one.reason, f"{one.number:02d}", one.decided_on or one.effective_on) for one in shown]


def _written(version: ProcedureVersion, kind: str, variant: str, actor: Actor) -> tuple[bytes, str, str]:
    """Return the bytes, their type, and the ending of the file name."""
    procedure = structure(version)
    if kind == "bpmn":
        return _bpmn(procedure, variant), "application/xml", ".bpmn"
    cover = cover_of(version, actor)
    if kind == "pdf":
        return write_pdf(procedure, cover), "application/pdf", ".pdf"
    if kind == "word":
        return write_word(procedure, cover=cover), _WORD, ".docx"
    if kind == "ha-tinh":
        return write_word(procedure, cover=cover, layout="hatinh"), _WORD, "-bon-muc.docx"
    raise Http404


def _bpmn(procedure: Procedure, chosen: str) -> bytes:
    if not any(variant.steps for variant in procedure.variants):
        raise BadInput("writing.no_steps")
    if not chosen.isdecimal() or int(chosen) >= len(procedure.variants):
        raise Http404
    return write_bpmn(procedure.variants[int(chosen)], procedure, language=language()).encode()
