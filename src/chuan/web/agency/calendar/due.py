"""When a limit ends and why: the question of every counter, answered with an account that can be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, reads
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission
from chuan.rules.deadlines import Counting, Due, Ledger, Line, PauseRule
from chuan.rules.deadlines import due as due_of
from chuan.rules.procedure.amounts import amount_text, written
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.messages import BadInput
from chuan.web.agency.calendar.asking import Question, question_in
from chuan.web.agency.calendar.choosing import agency_meant
from chuan.web.agency.calendar.spans import span
from chuan.web.kit.words import cited, worded

LONGEST_LEDGER = 800
"""Lines that are shown: more than two years, day by day."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line as shown: its day, when the clock ran, what it counts, why, by which document, the sum so far."""

    line: Line
    on: date
    span: str
    amount: str
    why: str
    source: str
    total: str


@reads(Permission.SEE_ORGANISATION)
def due(request: HttpRequest) -> HttpResponse:
    """Show the form, and the answer when the address holds a question."""
    actor = actor_of(request)
    question = question_in(request.GET)
    agency = agency_meant(actor, question.agency)
    answer, refused = _answered(question, agency, actor.at) if question.complete else (None, "")
    context = {
        "question": question,
        "agency": agency,
        "answer": answer,
        "refused": refused,
        "limit": written(question.amount, language()) if question.amount else "",
        "lines": list(_lines(answer)) if answer else [],
        "total": _amount(answer.ledger.total) if answer else "",
        "unit": unit_word(answer.ledger.unit) if answer else "",
        "notes": [worded(note) for note in answer.ledger.notes] if answer else [],
        "sure": _sureness(answer.ledger) if answer else "",
        "rules": [(PauseRule.PAUSE, _("Dừng rồi tính tiếp")), (PauseRule.RESTART, _("Trả bổ sung, tính lại từ đầu"))],
        "rolling": question.counting is Counting.ROLLING,
        "at": actor.at,
    }
    return render(request, "agency/calendar/due.html", context, status=422 if question.errors or refused else 200)


def _answered(question: Question, agency: Agency, now: datetime) -> tuple[Due | None, str]:
    assert question.received_at and question.amount  # noqa: S101 - asked only of complete questions
    calendar = calendar_of(agency, question.received_at.date())
    try:
        found = due_of(
            question.received_at,
            question.amount,
            calendar,
            counting=question.counting,
            pauses=question.pauses,
            as_of=now,
        )
        days = (found.at - question.received_at).days
    except BadInput as problem:
        return None, worded(problem.message)
    if days > LONGEST_LEDGER:
        return None, _("Thời hạn dài hơn hai năm, không lập được sổ tính từng ngày. Hãy kiểm tra số và đơn vị.")
    return found, ""


def _sureness(ledger: Ledger) -> str:
    """Return how firm the due moment is: by what the calendar knows of the holidays in between."""
    codes = {note.code for note in ledger.notes}
    if "deadlines.unknown_years" in codes:
        return "unknown"
    return "estimated" if "deadlines.estimated_years" in codes else "sure"


def _lines(answer: Due) -> Iterator[LedgerLine]:
    total = Fraction(0)
    for line in answer.ledger.lines:
        total += line.amount
        amounts = _amount(line.amount), _amount(total)
        why, source = worded(line.reason), cited(line.source)
        yield LedgerLine(line, line.start.date(), span(answer, line), amounts[0], why, source, amounts[1])


def _amount(amount: Fraction) -> str:
    return amount_text(amount, language())


def unit_word(unit: TimeUnit) -> str:
    """Return the unit as people say it."""
    return written(Limit(Fraction(2), unit), language()).partition(" ")[2]


def language() -> str:
    """Return the reader's language."""
    return get_language() or "vi"
