"""Writes in the improvement register: enter, change, correct, close, reopen, and taking each back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import require
from chuan.kernel.transitions import begin, move
from chuan.organisations.models import Agency, Position
from chuan.quality.improvement.lifecycle import ENTRY, UNFINISHED
from chuan.quality.improvement.models import Improvement
from chuan.quality.improvement.notices import tell_of_correction, tell_of_work
from chuan.quality.improvement.refusals import (
    CorrectedLater,
    DueBeforeFound,
    Finished,
    FoundLater,
    NoSuchClause,
    NotFromHere,
    NothingDone,
    OfAnotherAgency,
    WithoutReason,
)
from chuan.quality.procedures.models import Procedure
from chuan.reading.standards import load_standards
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean, fold
from chuan.trail.actions import record

EDITION = "2015"
"""The edition of the standard whose clauses entries name: the one that holds for agencies (facts 2.3)."""


def enter(
    *,
    agency: Agency,
    found_on: date,
    source: str,
    kind: str,
    about: str,
    dossier_code: str = "",
    dossier_key: str = "",
    procedure: Procedure | None = None,
    clause: str = "",
    cause: str = "",
    corrective_action: str = "",
    position: Position | None = None,
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Improvement:
    """Enter what was found in the register of `agency`; it gets the next number of the year of `at`.

    A number is never given twice: entries are dropped, not deleted. Raises NotAllowed, FoundLater, DueBeforeFound,
    NoSuchClause, OfAnotherAgency, ValidationError (no words).
    """
    require(by, Permission.RECORD_IMPROVEMENT, agency)
    one = Improvement(
        agency=agency,
        found_on=found_on,
        source=source,
        kind=kind,
        about=about.strip(),
        dossier_code=clean(dossier_code),
        dossier_key=dossier_key,
        procedure=procedure,
        clause=clean(clause),
        cause=cause.strip(),
        corrective_action=corrective_action.strip(),
        position=position,
        due_on=due_on,
    )
    _check(one, at)
    with transaction.atomic():
        one.year = timezone.localdate(at).year
        one.number = _next_number(agency, one.year)
        one.search_text = _search_text(one)
        begin(one, by=by, at=at)
        tell_of_work(one, by=by, at=at)
    return one


def change(one: Improvement, *, by: Actor, at: datetime, **facts: Any) -> Improvement:
    """Change what is written in an entry that is not finished. Raises Finished, and what `enter` raises."""
    require(by, Permission.RECORD_IMPROVEMENT, one.agency)
    held_by = one.position_id
    with transaction.atomic():
        current = Improvement.objects.within(one.agency).select_for_update().get(pk=one.pk)
        if current.state not in UNFINISHED:
            raise Finished
        written = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
        for name, value in written.items():
            setattr(one, name, value)
        _check(one, at)
        one.change(**written, search_text=_search_text(one))
        record("improvement.change", by=by, at=at, subject=one, facts={"fields": sorted(written)})
        if one.position_id != held_by:
            tell_of_work(one, by=by, at=at)
    return one


def correct(
    one: Improvement, *, correction: str, corrected_by: str, corrected_on: date, by: Actor, at: datetime
) -> None:
    """Write down what was done at once, by whom, on which day.

    Raises NothingDone, CorrectedLater, NotFromHere, ValidationError (before it was found).
    """
    require(by, Permission.RECORD_IMPROVEMENT, one.agency)
    if not correction.strip():
        raise NothingDone
    if corrected_on > timezone.localdate(at):
        raise CorrectedLater
    one.correction = correction.strip()
    with transaction.atomic():
        one.change(
            correction=one.correction,
            corrected_by=clean(corrected_by),
            corrected_on=corrected_on,
            search_text=_search_text(one),
        )
        _move(one, "correct", by=by, at=at, note=one.correction)
        tell_of_correction(one, by=by, at=at)


def uncorrect(one: Improvement, *, by: Actor, at: datetime, note: str = "") -> None:
    """Take a correction back: it is not done after all. What was written about it stays."""
    _move(one, "uncorrect", by=by, at=at, note=note.strip())


def close(one: Improvement, *, note: str = "", by: Actor, at: datetime) -> None:
    """Close a corrected entry. Whoever corrected it should leave this to another; it is not forbidden yet."""
    require(by, Permission.CLOSE_IMPROVEMENT, one.agency)
    with transaction.atomic():
        one.change(closed_on=timezone.localdate(at))
        _move(one, "close", by=by, at=at, note=note.strip())


def unclose(one: Improvement, *, by: Actor, at: datetime) -> None:
    """Take the closing back, as it was pressed by mistake."""
    _open_again(one, "unclose", by=by, at=at)


def reopen(one: Improvement, *, note: str, by: Actor, at: datetime) -> None:
    """Open a closed entry again: what was done did not hold. Raises WithoutReason."""
    if not note.strip():
        raise WithoutReason
    with transaction.atomic():
        _open_again(one, "reopen", by=by, at=at, note=note.strip())
        tell_of_work(one, by=by, at=at)


def drop(one: Improvement, *, note: str = "", by: Actor, at: datetime) -> None:
    """Set an entry aside that was made by mistake; its number stays taken. For who made it and for who closes."""
    if by.account_id != one.created_by_id and not by.may(Permission.CLOSE_IMPROVEMENT, one.agency):
        raise NotAllowed
    _move(one, "drop", by=by, at=at, note=note.strip())


def take_up_again(one: Improvement, *, by: Actor, at: datetime) -> None:
    """Let an entry that was dropped count again."""
    _move(one, "take_up_again", by=by, at=at)


def _open_again(one: Improvement, name: str, *, by: Actor, at: datetime, note: str = "") -> None:
    with transaction.atomic():
        _move(one, name, by=by, at=at, note=note)
        one.change(closed_on=None)


def _move(one: Improvement, name: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Make the move of this name. Raises NotFromHere: pressed twice, or on an old page."""
    made = ENTRY.named(name)
    require(by, made.permission, one.agency)
    current = Improvement.objects.within(one.agency).get(pk=one.pk)
    if current.state != made.source:
        last = one.moves.latest("at", "pk")
        mine = last.by_id is not None and last.by_id == by.account_id
        raise NotFromHere(current.state_label, "" if mine else last.by_name, timezone.localtime(last.at))
    move(one, made.target, agency=one.agency, by=by, at=at, note=note)


def _next_number(agency: Agency, year: int) -> int:
    """Return the next number of the year; who asks meanwhile waits until this transaction is over.

    On PostgreSQL the row of the agency is the lock, weak enough not to hinder rows that refer to it. SQLite has one
    writer at a time anyway.
    """
    Agency.objects.everywhere(reason="the agency was checked").select_for_update(no_key=True).get(pk=agency.pk)
    last = Improvement.objects.within(agency).filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _check(one: Improvement, at: datetime) -> None:
    if one.found_on > timezone.localdate(at):
        raise FoundLater
    if one.due_on is not None and one.due_on < one.found_on:
        raise DueBeforeFound
    if one.clause and one.clause not in load_standards().editions[EDITION].by_number:
        raise NoSuchClause(one.clause)
    if any(part is not None and part.agency_id != one.agency_id for part in (one.procedure, one.position)):
        raise OfAnotherAgency


def _search_text(one: Improvement) -> str:
    procedure = f"{one.procedure.code} {one.procedure.name}" if one.procedure else ""
    words = [one.shown_number, one.about, one.dossier_code, one.correction, one.cause, one.corrective_action, procedure]
    return fold(" ".join(words))
