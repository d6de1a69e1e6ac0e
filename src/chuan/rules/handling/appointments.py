"""The day the citizen was told: a refusal inside it (R10), an apology before it is missed (R11), good news early (R12).

The appointment that binds is the given one or, after an apology, the new one; lateness against the law is always judged
by the limit itself (`chuan.rules.deadlines`), which no apology moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chuan.rules.handling.setting import DEFAULT_HANDLING, HandlingSetting
from chuan.rules.handling.verdicts import Alert, Duty, Rule, Violation, told
from chuan.rules.workdays import Calendar, as_local, closing, opening
from chuan.text.messages import Message, message


def refusal(due: datetime) -> Duty:
    """Return until when a refusal reaches the citizen: inside the time limit of the dossier (R10)."""
    until = as_local(due)
    return Duty(
        Rule.R10,
        until,
        message("handling.refusal", until=told(until)),
        message("handling.refusal_late", until=told(until)),
    )


@dataclass(frozen=True, slots=True)
class LateRisk:
    """When to warn that a dossier will be late, and until when the apology must be out."""

    alert: Alert
    apologise: Duty


def late_risk(
    due: datetime, since: datetime, calendar: Calendar, setting: HandlingSetting = DEFAULT_HANDLING
) -> LateRisk:
    """Return the alert and the duty of the last working day before the due day (R11).

    The alert opens with that day, the apology is out by its closing. Where the count began (`since`) on that day or
    later, there is no day before: the alert is there at once, and the apology is out before the due moment.
    """
    day, begun = _workday_before(calendar, as_local(due).date(), setting.apology_days_before), as_local(since)
    alert_at = max(opening(calendar, day), begun)
    until = closing(calendar, day) if begun.date() < day else as_local(due)
    return LateRisk(
        Alert(Rule.R11, alert_at, message("handling.late_soon", due=told(due), until=told(until))),
        Duty(
            Rule.R11,
            until,
            message("handling.apologise", due=told(due), until=told(until)),
            message("handling.apology_late", due=told(due), until=told(until)),
        ),
    )


def _workday_before(calendar: Calendar, day: date, days: int) -> date:
    """Return the `days`-th working day before `day`."""
    count = calendar.workdays.before(day.toordinal())
    return date.fromordinal(calendar.workdays.day_reaching(count - days + 1))


@dataclass(frozen=True, slots=True)
class Apology:
    """Form 04: when it was sent, why the dossier is late, and the new appointment (None: the letter names none)."""

    sent_at: datetime
    why: str
    new_due: datetime | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the citizen was told: the first appointment, the one that binds now, and what was not kept."""

    first: datetime
    binding: datetime
    violations: tuple[Violation, ...]


def appointment(
    due: datetime,
    since: datetime,
    calendar: Calendar,
    *,
    apologies: Iterable[Apology] = (),
    ready_at: datetime | None,
    as_of: datetime,
    setting: HandlingSetting = DEFAULT_HANDLING,
) -> Appointment:
    """Return the appointment after all apologies, judged at `as_of` (R11).

    Recorded: no apology or a late one, one without reason or new date, a re-appointment more than is allowed (it does
    not bind), and the new appointment missed. `ready_at`: when the result was ready, None while it is not.
    """
    sent = sorted(apologies, key=lambda apology: apology.sent_at)
    finished = as_of if ready_at is None else ready_at
    found = [fault for letter in sent for fault in _incomplete(letter, due)]
    moved = [letter for letter in sent if letter.new_due is not None and letter.new_due > due]
    allowed, again = moved[: setting.reappointments], moved[setting.reappointments :]
    binding = as_local(allowed[-1].new_due or due) if allowed else as_local(due)
    found += [Violation(Rule.R11, as_local(letter.sent_at), _again(letter, binding)) for letter in again]
    if finished > due:
        first_sent = sent[0].sent_at if sent else None
        missed = late_risk(due, since, calendar, setting).apologise.violation(first_sent, finished)
        found += [missed] if missed else []
    if allowed and finished > binding:
        found.append(Violation(Rule.R11, binding, message("handling.new_date_missed", due=told(binding))))
    return Appointment(as_local(due), binding, tuple(sorted(found, key=lambda one: one.at)))


def _again(letter: Apology, binding: datetime) -> Message:
    return message("handling.appointed_again", at=told(letter.sent_at), binding=told(binding))


def _incomplete(letter: Apology, due: datetime) -> list[Violation]:
    at, reasons = told(letter.sent_at), []
    if not letter.why.strip():
        reasons.append(message("handling.apology_without_reason", at=at))
    if letter.new_due is None or letter.new_due <= due:
        reasons.append(message("handling.apology_without_date", at=at, due=told(due)))
    return [Violation(Rule.R11, as_local(letter.sent_at), reason) for reason in reasons]


def early_result(ready_at: datetime, due: datetime) -> Duty | None:
    """Return the duty to tell the citizen of a result that is ready before the due day (R12); None on that day.

    The texts set no time for it: told after the appointment, it would be no news.
    """
    ready, until = as_local(ready_at), as_local(due)
    if ready.date() >= until.date():
        return None
    return Duty(
        Rule.R12,
        until,
        message("handling.tell_early", ready=told(ready), until=told(until)),
        message("handling.early_not_told", ready=told(ready), until=told(until)),
    )
