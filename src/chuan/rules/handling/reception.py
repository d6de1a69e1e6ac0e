"""At the counter and behind it: handing on (R4), receipts (R5), what was filed online (R9)."""

from dataclasses import dataclass
from datetime import datetime

from chuan.rules.deadlines import due_at
from chuan.rules.handling.setting import DEFAULT_HANDLING, HandlingSetting
from chuan.rules.handling.verdicts import Alert, Duty, Rule, told
from chuan.rules.workdays import Calendar, next_workday, opening
from chuan.text.messages import Message, message


@dataclass(frozen=True, slots=True)
class HandingOn:
    """What the place of reception owes the competent body: the data, and the paper when there is any."""

    data: Duty
    paper: Duty | None


def handing_on(
    received_at: datetime, calendar: Calendar, *, paper: bool, setting: HandlingSetting = DEFAULT_HANDLING
) -> HandingOn:
    """Return until when a received dossier reaches the competent body (R4): data at once, paper in a working day."""
    data, on_paper = due_at(received_at, setting.data_within, calendar), None
    if paper:
        until = due_at(received_at, setting.paper_within, calendar)
        on_paper = Duty(
            Rule.R4,
            until,
            message("handling.paper_on", until=told(until)),
            message("handling.paper_late", until=told(until)),
        )
    return HandingOn(
        Duty(
            Rule.R4,
            data,
            message("handling.data_on", until=told(data)),
            message("handling.data_late", until=told(data)),
        ),
        on_paper,
    )


@dataclass(frozen=True, slots=True)
class ReceiptNeed:
    """Whether a receipt (form 01) is written, and why. The case is recorded either way."""

    rule: Rule
    written: bool
    reason: Message


def receipt_need(*, immediate: bool, asked: bool) -> ReceiptNeed:
    """Return whether a receipt is written: always, but for "immediate" work only when the person asks (R5)."""
    if not immediate:
        return ReceiptNeed(Rule.R5, True, message("handling.receipt_usual"))
    if asked:
        return ReceiptNeed(Rule.R5, True, message("handling.receipt_asked"))
    return ReceiptNeed(Rule.R5, False, message("handling.receipt_immediate"))


@dataclass(frozen=True, slots=True)
class OnlineFiling:
    """What filing online sets going: the officer is notified, then confirms receipt or asks for correction."""

    notify: Duty
    confirm: Duty


def online_filing(filed_at: datetime, calendar: Calendar, setting: HandlingSetting = DEFAULT_HANDLING) -> OnlineFiling:
    """Return both duties; both are counted from the filing, in working hours (R9)."""
    first = due_at(filed_at, setting.notify_within, calendar)
    then = due_at(filed_at, setting.confirm_within, calendar)
    return OnlineFiling(
        Duty(
            Rule.R9,
            first,
            message("handling.notify", until=told(first)),
            message("handling.notify_late", until=told(first)),
        ),
        Duty(
            Rule.R9,
            then,
            message("handling.confirm", until=told(then)),
            message("handling.confirm_late", until=told(then)),
        ),
    )


def closing_uncompleted(
    notified_at: datetime, calendar: Calendar, setting: HandlingSetting = DEFAULT_HANDLING
) -> Alert:
    """Return from when an online filing may be closed that the citizen did not complete after the notice (R9).

    The whole last day belongs to the citizen, up to midnight (BLDS 2015, Article 148): the alert opens with the next
    working day. It falls away on completion.
    """
    last = due_at(notified_at, setting.close_after, calendar).date()
    at = opening(calendar, next_workday(calendar, last))
    return Alert(Rule.R9, at, message("handling.may_close", at=told(at), notified=told(notified_at)))
