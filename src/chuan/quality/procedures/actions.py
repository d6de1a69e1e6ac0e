"""Writes on procedures: begin, save drafts, move versions along, bring into force, acknowledge, adopt."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.files.models import StoredFile
from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import find, require
from chuan.kernel.transitions import begin, move
from chuan.organisations.models import Agency
from chuan.quality.procedures.checks import being_written, refuse_from_elsewhere, refuse_taken
from chuan.quality.procedures.citing import index
from chuan.quality.procedures.content import parsed, step_count, stored, structure
from chuan.quality.procedures.four_eyes import SUBMITTED, refuse_own
from chuan.quality.procedures.lifecycle import BEING_WRITTEN, VERSION
from chuan.quality.procedures.models import (
    Acknowledgement,
    DraftSaved,
    Procedure,
    ProcedureService,
    ProcedureVersion,
)
from chuan.quality.procedures.notices import tell_of
from chuan.quality.procedures.queries import fits, former
from chuan.quality.procedures.refusals import (
    AdoptedAlready,
    AlreadyBeingWritten,
    BeforeTheCurrent,
    DecidedBeforeHandingOver,
    DecidedLater,
    EffectBeforeDecision,
    NoReason,
    NotADraft,
    NothingNewer,
    NothingWritten,
    NotItsOwn,
    NotYetInForce,
    SavedMeanwhile,
)
from chuan.quality.procedures.serving import serve
from chuan.quality.procedures.taking_over import taken_over
from chuan.quality.services.models import CoverageCount, PublicService
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record

KEPT_SAVES = 100
_OWN_VERSIONS = "the procedure was checked; its versions are its parts"


def start_procedure(
    *,
    agency: Agency,
    code: str,
    content: dict[str, Any],
    services: Iterable[PublicService] = (),
    source: StoredFile | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> ProcedureVersion:
    """Begin a procedure of `agency` with a first draft; `content` has the JSON shape of docs/formats.md.

    Raises NotAllowed, BadInput (the content), ValidationError (code in use).
    """
    require(by, Permission.WRITE_PROCEDURE, agency)
    written = parsed(content)
    procedure = Procedure(agency=agency, code=clean(code), name=clean(written.name), field=clean(written.field))
    procedure.search_text = _search_text(procedure.name, procedure.code, written.service_code)
    refuse_taken(procedure)
    with transaction.atomic():
        procedure.put(by=by, at=at)
        ProcedureService.objects.bulk_create(
            [ProcedureService(procedure=procedure, service=service) for service in services]
        )
        record("procedure.start", by=by, at=at, subject=procedure, facts={"agency": agency.key, "code": procedure.code})
        return _begin_version(procedure, 1, content, step_count(written), source, reason, by, at)


def draft_again(procedure: Procedure, *, reason: str = "", by: Actor, at: datetime) -> ProcedureVersion:
    """Begin the next version as a copy of the latest one. Raises AlreadyBeingWritten."""
    require(by, Permission.WRITE_PROCEDURE, procedure.agency)
    latest = procedure.versions.everywhere(reason=_OWN_VERSIONS).exclude(state="dropped").first()
    if latest is not None and latest.state in BEING_WRITTEN:
        raise AlreadyBeingWritten(latest.number)
    last = procedure.versions.everywhere(reason=_OWN_VERSIONS).first()
    content = latest.content if latest else {"name_vi": procedure.name, "variants": []}
    with transaction.atomic():
        number = last.number + 1 if last else 1
        return _begin_version(procedure, number, content, latest.step_count if latest else 0, None, reason, by, at)


def _begin_version(
    procedure: Procedure,
    number: int,
    content: dict[str, Any],
    steps: int,
    source: StoredFile | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> ProcedureVersion:
    version = ProcedureVersion(
        procedure=procedure,
        number=number,
        content=content,
        step_count=steps,
        source=source,
        reason=reason,
        follows=procedure.adopted_version,
        saved_at=at,
    )
    with transaction.atomic():
        begin(version, by=by, at=at)
        index(version, content.get("legal_basis") or ())
    return version


def save_draft(
    version: ProcedureVersion, *, content: dict[str, Any], started_from: int, by: Actor, at: datetime
) -> ProcedureVersion:
    """Save a draft that was opened at its save number `started_from`; the earlier text is kept for undo.

    Raises NotADraft, SavedMeanwhile (nothing is overwritten), BadInput (the content).
    """
    procedure = version.procedure
    require(by, Permission.WRITE_PROCEDURE, procedure.agency)
    written = parsed(content)
    with transaction.atomic():
        current = ProcedureVersion.objects.within(procedure.agency).select_for_update().get(pk=version.pk)
        if current.state != "draft":
            raise NotADraft
        if current.saved != started_from:
            raise SavedMeanwhile
        DraftSaved(version=current, saved=current.saved, content=current.content).put(by=by, at=at)
        if content.get("legal_basis") != current.content.get("legal_basis"):
            index(current, written.legal_basis)
        current.change(content=content, step_count=step_count(written), saved=started_from + 1, saved_at=at)
        old = current.saves.filter(saved__lte=current.saved - KEPT_SAVES)
        old.delete()
        name = clean(written.name) or procedure.name
        search = _search_text(name, procedure.code, written.service_code)
        if current.number == 1 and (name != procedure.name or search != procedure.search_text):
            procedure.change(name=name, field=clean(written.field), search_text=search)
    return current


def restore_save(
    version: ProcedureVersion, *, saved: int, started_from: int, by: Actor, at: datetime
) -> ProcedureVersion:
    """Bring an earlier save of the draft back, as a new save on top (so that this too can be undone)."""
    earlier = version.saves.get(saved=saved)
    return save_draft(version, content=earlier.content, started_from=started_from, by=by, at=at)


def submit(version: ProcedureVersion, *, by: Actor, at: datetime, note: str = "") -> None:
    """Hand the draft over for review. Raises NothingWritten when it has no step."""
    if not version.step_count:
        raise NothingWritten
    _move(version, "submit", by=by, at=at, note=note)


def send_back(version: ProcedureVersion, *, by: Actor, at: datetime, note: str = "") -> None:
    """Send the draft back to its writer. Raises NoReason: who gets it back must learn what to mend."""
    if not clean(note):
        raise NoReason
    _move(version, "send_back", by=by, at=at, note=clean(note))


def reopen(version: ProcedureVersion, *, by: Actor, at: datetime, note: str = "") -> None:
    """Make an approved version a draft again before it takes effect; its decision no longer stands.

    Raises NoReason, AlreadyBeingWritten.
    """
    if not clean(note):
        raise NoReason
    with transaction.atomic():
        _back_to_draft(version, "reopen", by=by, at=at, note=clean(note))
        version.change(effective_on=None, decision="", decided_on=None, signed_by="")


def drop(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Give a draft up; it stays readable in the history and can be taken up again."""
    with transaction.atomic():
        _move(version, "drop", by=by, at=at)
        _follow_with_the_newest(version.procedure)


def take_up_again(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Write on at a draft that was given up. Raises AlreadyBeingWritten."""
    _back_to_draft(version, "take_up_again", by=by, at=at)


def _back_to_draft(version: ProcedureVersion, name: str, *, by: Actor, at: datetime, note: str = "") -> None:
    written = being_written(version.procedure)
    if written is not None:
        raise AlreadyBeingWritten(written.number)
    with transaction.atomic():
        _move(version, name, by=by, at=at, note=note)
        _follow_with_the_newest(version.procedure)


def _follow_with_the_newest(procedure: Procedure) -> None:
    """Let a draft that was given up, or taken up again, decide what is still to take over from the original."""
    newest = _versions(procedure).exclude(state="dropped").select_related("follows").first()
    if newest is not None and newest.follows_id != procedure.adopted_version_id:
        procedure.change(adopted_version=newest.follows)


def review(version: ProcedureVersion, *, by: Actor, at: datetime, note: str = "") -> None:
    """Write down that the version was looked through and may be approved; it stays under review. Raises WroteIt."""
    require(by, Permission.REVIEW_PROCEDURE, version.procedure.agency)
    refuse_own(version, Permission.REVIEW_PROCEDURE, by=by, at=at)
    _move(version, "review", by=by, at=at, note=clean(note))


def approve(
    version: ProcedureVersion,
    *,
    effective_on: date,
    decision: str,
    decided_on: date | None = None,
    signed_by: str = "",
    signed_before: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Approve the version by the decision with this number, of today unless told; it may take effect on a later day.

    `signed_before`: it was signed before the version was handed over here, and is only written down now.
    Raises DecidedLater, DecidedBeforeHandingOver, EffectBeforeDecision, BeforeTheCurrent, WroteIt (four eyes).
    """
    require(by, Permission.APPROVE_PROCEDURE, version.procedure.agency)
    refuse_own(version, Permission.APPROVE_PROCEDURE, by=by, at=at)
    decided = decided_on or timezone.localdate(at)
    if decided > timezone.localdate(at):
        raise DecidedLater
    handed_over = None if signed_before else version.moves.filter(**SUBMITTED).order_by("at").last()
    if handed_over is not None and decided < timezone.localdate(handed_over.at):
        raise DecidedBeforeHandingOver(timezone.localdate(handed_over.at))
    if effective_on < decided:
        raise EffectBeforeDecision
    current = _versions(version.procedure).filter(state="in_force").first()
    if current is not None and current.effective_on is not None and effective_on <= current.effective_on:
        raise BeforeTheCurrent
    with transaction.atomic():
        version.change(
            effective_on=effective_on, decision=clean(decision), decided_on=decided, signed_by=clean(signed_by)
        )
        _move(version, "approve", by=by, at=at, note=version.decision)


def bring_into_force(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Let an approved version take effect; the one in force until now is replaced. Raises NotYetInForce."""
    procedure = version.procedure
    require(by, Permission.ISSUE_PROCEDURE, procedure.agency)
    if version.effective_on is None or version.effective_on > timezone.localdate(at):
        raise NotYetInForce
    with transaction.atomic():
        current = _versions(procedure).filter(state="in_force").first()
        if current is not None:
            current.change(ended_on=version.effective_on)
            _move(current, "replace", by=by, at=at)
        _move(version, "bring_into_force", by=by, at=at)
        _call_after(version, instead_of=current)


def withdraw(version: ProcedureVersion, *, note: str, former_returns: bool = True, by: Actor, at: datetime) -> None:
    """End what is in force from today; the version that it replaced applies again, if there is one and it is wanted.

    Raises NoReason.
    """
    if not clean(note):
        raise NoReason
    earlier = former(version) if former_returns else None
    with transaction.atomic():
        version.change(ended_on=timezone.localdate(at))
        _move(version, "withdraw", by=by, at=at, note=clean(note))
        if earlier is None:
            version.procedure.change(in_force=False)
            CoverageCount.outdate(version.procedure.agency)
        else:
            earlier.change(ended_on=None)
            _move(earlier, "come_back", by=by, at=at, note=clean(note))
            _call_after(earlier, instead_of=version)


def _call_after(version: ProcedureVersion, *, instead_of: ProcedureVersion | None) -> None:
    """Let the procedure bear the name and the field of its version in force, and serve the service of its code."""
    procedure, written = version.procedure, structure(version)
    name = clean(written.name) or procedure.name
    search = _search_text(name, procedure.code, written.service_code)
    procedure.change(in_force=True, name=name, field=clean(written.field), search_text=search)
    CoverageCount.outdate(procedure.agency)
    serve(procedure, written.service_code, instead_of=structure(instead_of).service_code if instead_of else "")


def _move(version: ProcedureVersion, name: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Make the move of this name and tell whom it concerns. Raises NotFromHere: pressed twice, or on an old page."""
    refuse_from_elsewhere(version, name, by=by)
    made = VERSION.named(name)
    with transaction.atomic():
        move(version, made.target, agency=version.procedure.agency, by=by, at=at, note=note)
        tell_of(version, name, by=by, at=at, note=note)


def _versions(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.within(procedure.agency).filter(procedure=procedure)


def _search_text(name: str, code: str, service_code: str) -> str:
    return fold(f"{name} {code} {service_code}")[:700]


def acknowledge(version: ProcedureVersion, *, by: Actor, at: datetime) -> None:
    """Write down that the actor has read the version; a second time changes nothing."""
    require(by, Permission.ACKNOWLEDGE_PROCEDURE, version.procedure.agency)
    if by.account_id is None:
        raise NotAllowed
    with transaction.atomic():
        if version.acknowledgements.within(version.procedure.agency).filter(account_id=by.account_id).exists():
            return
        Acknowledgement(version=version, account_id=by.account_id).put(by=by, at=at)
        record("procedure_version.acknowledge", by=by, at=at, subject=version)


def adopt(
    original: Procedure, *, agency: Agency, code: str, beyond: bool = False, by: Actor, at: datetime
) -> ProcedureVersion:
    """Take the province's procedure as the agency's own first draft, linked to the version it came from.

    `beyond`: also where it serves public services that the agency does not handle.
    Raises AdoptedAlready, NotItsOwn, NotYours (the original has no version in force that the actor may see).
    """
    current = find(original.versions.visible_to(by), state="in_force")
    if Procedure.objects.within(agency).filter(adopted_from=original).exists():
        raise AdoptedAlready
    if not beyond and not fits(original, agency, timezone.localdate(at)):
        raise NotItsOwn
    own = replace(structure(current), agency=agency.name, procedure_code=clean(code), issue="", issued_on="")
    with transaction.atomic():
        version = start_procedure(
            agency=agency,
            code=code,
            content=stored(own),
            services=list(PublicService.objects.visible_to(by).filter(procedures=original)),
            reason=_("Áp dụng quy trình của %(agency)s, lần ban hành %(number)02d")
            % {"agency": original.agency, "number": current.number},
            by=by,
            at=at,
        )
        version.procedure.change(adopted_from=original, adopted_version=current)
        version.change(follows=current)
    return version


def take_over_original(procedure: Procedure, *, by: Actor, at: datetime) -> ProcedureVersion:
    """Take the original's version in force into the draft (a new one if none is open); own added steps stay in place.

    What an open draft said stands among its earlier saves. Raises NothingNewer, AlreadyBeingWritten (under review).
    """
    original, base = procedure.adopted_from, procedure.adopted_version
    if original is None or base is None:
        raise NothingNewer
    newer = original.versions.visible_to(by).filter(state="in_force", number__gt=base.number).first()
    if newer is None:
        raise NothingNewer
    reason = _("Lấy bản mới của %(agency)s, lần ban hành %(number)02d") % {
        "agency": original.agency,
        "number": newer.number,
    }
    with transaction.atomic():
        open_draft = _versions(procedure).filter(state="draft").select_related("procedure__agency").first()
        draft = open_draft or draft_again(procedure, reason=reason, by=by, at=at)
        merged = taken_over(structure(base), structure(draft), structure(newer))
        draft = save_draft(draft, content=stored(merged), started_from=draft.saved, by=by, at=at)
        draft.change(follows=newer)
        procedure.change(adopted_version=newer)
    return draft
