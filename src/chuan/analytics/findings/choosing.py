"""Writes on choices: what is done where procedure and reality differ, who has the work, closing and taking back."""

from datetime import date, datetime
from random import Random
from secrets import randbelow

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.findings.models import Choice
from chuan.analytics.findings.notices import tell_of_work
from chuan.analytics.logs.models import LoggedDossier
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency, Position
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.actions import draft_again
from chuan.quality.procedures.checks import being_written
from chuan.quality.procedures.four_eyes import holdings_with
from chuan.rules.authority import Permission
from chuan.trail.actions import record

SAMPLE = 5


class AlreadyDone(Refusal):
    """Work that is done is not taken back; it is opened again first."""

    def __str__(self) -> str:
        return _("Việc này đã xong. Mở lại trước khi bỏ lựa chọn.")


class DueBeforeToday(Refusal):
    """Work is given until a day that can still be kept."""

    def __str__(self) -> str:
        return _("Hạn đã qua. Hãy ghi từ hôm nay trở đi.")


def choose(
    procedure: Procedure,
    *,
    kind: str,
    deviation: str,
    step: str,
    question: str,
    count: int,
    note: str = "",
    position: Position | None = None,
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Choice:
    """Write down what is done about a deviation; each choice opens real work.

    `change_paper` opens a draft of the procedure (or takes the one being written); where `by` may not write, opening it
    becomes the work of the position that may. `change_practice` needs a position and a day, `explained` a reason (named
    constraints); `look_again` draws dossiers by a seed that is kept. Raises DueBeforeToday.
    """
    require(by, Permission.DECIDE_DEVIATION, procedure.agency)
    if due_on is not None and due_on < timezone.localdate(at):
        raise DueBeforeToday
    with transaction.atomic():
        choice = Choice(
            agency=procedure.agency,
            procedure=procedure,
            kind=kind,
            deviation=deviation,
            step=step,
            question=question,
            count=count,
            note=note,
            position=position,
            due_on=due_on,
            done_at=at if kind == Choice.Kind.EXPLAINED else None,
        )
        if kind == Choice.Kind.CHANGE_PAPER:
            may_write = by.may(Permission.WRITE_PROCEDURE, procedure.agency)
            choice.draft = being_written(procedure) or (
                _begin(procedure, question, by=by, at=at) if may_write else None
            )
            choice.position = position or (None if choice.draft else _drafting(procedure.agency, at))
        if kind == Choice.Kind.LOOK_AGAIN:
            choice.seed = randbelow(1_000_000)
            choice.sample = drawn(procedure, deviation, step, choice.seed)
        choice.put(by=by, at=at)
        record("choice.make", by=by, at=at, subject=choice, facts={"kind": kind, "procedure": procedure.key})
        tell_of_work(choice, by=by, at=at)
    return choice


def drawn(procedure: Procedure, deviation: str, step: str, seed: int) -> list[str]:
    """Return the codes of up to SAMPLE dossiers with this deviation, drawn by `seed`: the same seed, the same ones."""
    rows = LoggedDossier.objects.within(procedure.agency).filter(procedure=procedure)
    marked = rows.filter(marks__contains=f"|{deviation}:{step}|").order_by("code").values_list("code", flat=True)
    codes = list(marked)
    return sorted(Random(seed).sample(codes, min(SAMPLE, len(codes))))  # noqa: S311 - a sample anybody can draw again


def _begin(procedure: Procedure, question: str, *, by: Actor, at: datetime) -> ProcedureVersion:
    return draft_again(procedure, reason=_("Sửa theo việc thật: %(question)s") % {"question": question}, by=by, at=at)


def _drafting(agency: Agency, at: datetime) -> Position | None:
    """Return the position that opens drafts where others decided: who decides and writes, else who writes."""
    day = timezone.localdate(at)
    writers = holdings_with(agency, Permission.WRITE_PROCEDURE, day).order_by("position__code", "pk")
    deciders = holdings_with(agency, Permission.DECIDE_DEVIATION, day).values("pk")
    found = writers.filter(pk__in=deciders).first() or writers.first()
    return found.position if found else None


def open_draft(choice: Choice, *, by: Actor, at: datetime) -> ProcedureVersion:
    """Return the draft of a choice to change the paper; it is begun by the first who asks."""
    require(by, Permission.WRITE_PROCEDURE, choice.agency)
    if choice.draft is not None:
        return choice.draft
    with transaction.atomic():
        draft = being_written(choice.procedure) or _begin(choice.procedure, choice.question, by=by, at=at)
        choice.change(draft=draft)
        record("choice.draft", by=by, at=at, subject=choice, facts={"procedure": choice.procedure.key})
    return draft


def withdraw(choice: Choice, *, by: Actor, at: datetime) -> None:
    """Take a choice back, as if it had not been made; the trail keeps it, and a draft stays. Raises AlreadyDone."""
    require(by, Permission.DECIDE_DEVIATION, choice.agency)
    if choice.done_at is not None and choice.kind != Choice.Kind.EXPLAINED:
        raise AlreadyDone
    facts = {name: str(getattr(choice, name)) for name in ("kind", "deviation", "step", "question", "note")}
    with transaction.atomic():
        record("choice.withdraw", by=by, at=at, subject=choice, facts=facts | {"procedure": choice.procedure.key})
        choice.delete()


def settle(choice: Choice, *, by: Actor, at: datetime) -> Choice:
    """Say that the work of a choice is done."""
    require(by, Permission.DECIDE_DEVIATION, choice.agency)
    with transaction.atomic():
        choice.change(done_at=at)
        record("choice.settle", by=by, at=at, subject=choice)
    return choice


def reopen(choice: Choice, *, by: Actor, at: datetime) -> Choice:
    """Take "done" back."""
    require(by, Permission.DECIDE_DEVIATION, choice.agency)
    with transaction.atomic():
        choice.change(done_at=None)
        record("choice.reopen", by=by, at=at, subject=choice)
    return choice
