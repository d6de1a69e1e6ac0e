"""Who is told what of findings: who decides of new questions, and who carries a position of the work given to it."""

from datetime import datetime

from django.utils import timezone

from chuan.analytics.findings.models import Choice, ProcedureReading
from chuan.kernel.actor import Actor
from chuan.organisations.people.notices import accounts_in, accounts_with, tell
from chuan.quality.models import Procedure
from chuan.rules.authority import Permission

Points = frozenset[tuple[str, str]]


def open_points(procedure: Procedure) -> Points:
    """Return the points (deviation, step) that the dossiers of `procedure` ask about and nobody has chosen for."""
    readings = ProcedureReading.objects.within(procedure.agency).filter(leads=True, version__procedure=procedure)
    chosen = Choice.objects.within(procedure.agency).filter(procedure=procedure).values_list("deviation", "step")
    asked = [one for content in readings.values_list("content", flat=True) for one in content["questions"]]
    return frozenset((one["kind"], one["step"]) for one in asked) - frozenset(chosen)


def tell_of_questions(procedure: Procedure, *, known: Points, at: datetime) -> None:
    """Tell the heads of the agency, once a day, when a point is open that was not among the `known` ones."""
    if open_points(procedure) - known:
        agency, today = procedure.agency, timezone.localdate(at)
        heads = accounts_with(agency, Permission.DECIDE_DEVIATION, Permission.APPROVE_PROCEDURE, day=today)
        tell(heads, "questions.open", event=f"{agency.key}:{today}", at=at)


def tell_of_work(choice: Choice, *, by: Actor, at: datetime) -> None:
    """Tell who carries the position that has the work of `choice`, never who gave it."""
    if choice.position_id is not None and choice.done_at is None:
        holders = accounts_in(choice.position_id, choice.agency, day=timezone.localdate(at))
        said = f"{choice.procedure.code}: {choice.note or choice.question}"
        others = holders.exclude(pk=by.account_id or 0)
        tell(others, "tasks.assigned", event=choice.key, about=choice.procedure.key, at=at, text=said)
