"""R13: another agency is asked with the content and a limit stated; when it is late, the lead agency says so."""

from dataclasses import dataclass
from datetime import datetime

from chuan.rules.deadlines import due_at
from chuan.rules.handling.verdicts import Alert, Duty, Rule, Violation, told
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import Calendar, as_local
from chuan.text.messages import message


@dataclass(frozen=True, slots=True)
class Consultation:
    """What `agency` was asked and until when; `told_at`: when the lead agency told the head of the one-stop."""

    agency: str
    asked_at: datetime
    content: str
    limit: Limit | None
    answered_at: datetime | None = None
    told_at: datetime | None = None


def answer_duty(consultation: Consultation, calendar: Calendar) -> Duty | None:
    """Return until when the consulted agency answers, on its own `calendar`; None when it was given no limit."""
    if consultation.limit is None:
        return None
    until = due_at(consultation.asked_at, consultation.limit, calendar)
    return Duty(
        Rule.R13,
        until,
        message("handling.answer", agency=consultation.agency, until=told(until)),
        message("handling.answer_late", agency=consultation.agency, until=told(until)),
    )


def late_answer_alert(consultation: Consultation, calendar: Calendar, as_of: datetime) -> Alert | None:
    """Return the alert to tell the head of the one-stop; None while the answer is in time, and once it was told."""
    duty = answer_duty(consultation, calendar)
    if duty is None or consultation.told_at or duty.violation(consultation.answered_at, as_of) is None:
        return None
    reason = message("handling.tell_of_late_answer", agency=consultation.agency, until=told(duty.until))
    return Alert(Rule.R13, duty.until, reason)


def consultation_violations(consultation: Consultation, calendar: Calendar, as_of: datetime) -> tuple[Violation, ...]:
    """Return what was not kept: content or limit not stated, the answer late, or late and never told (R13).

    The texts set no time for telling; told after the answer came, it no longer helps the citizen.
    """
    one, asked = consultation, as_local(consultation.asked_at)
    found = []
    if not one.content.strip():
        found.append(Violation(Rule.R13, asked, message("handling.consultation_without_content", agency=one.agency)))
    duty = answer_duty(one, calendar)
    if duty is None:
        found.append(Violation(Rule.R13, asked, message("handling.consultation_without_limit", agency=one.agency)))
    elif late := duty.violation(one.answered_at, as_of):
        found.append(late)
        if one.answered_at and (one.told_at is None or one.told_at > one.answered_at):
            reason = message("handling.late_answer_not_told", agency=one.agency, until=told(duty.until))
            found.append(Violation(Rule.R13, as_local(one.answered_at), reason))
    return tuple(found)
