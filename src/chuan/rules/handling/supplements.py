"""R2: what is missing is asked for once, completely and exactly; R7: it is asked for within days of the receipt.

A later request is in order only for what an earlier one asked for and the answers left out. Anything else that is asked
late (new, or handed in already) is a violation that names the items: each costs the citizen one more way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chuan.rules.deadlines import due_at
from chuan.rules.handling.setting import DEFAULT_HANDLING, HandlingSetting
from chuan.rules.handling.verdicts import Duty, Rule, Violation, told
from chuan.rules.workdays import Calendar
from chuan.text.messages import message
from chuan.text.vietnamese import fold_words


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """Form 02: the components to complete, as the public service names them, and why."""

    asked_at: datetime
    items: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class SupplementAnswer:
    """What the citizen handed in and was taken as complete."""

    answered_at: datetime
    items: tuple[str, ...]


def sending_back(received_at: datetime, calendar: Calendar, setting: HandlingSetting = DEFAULT_HANDLING) -> Duty:
    """Return until when a dossier that is not eligible yet goes back to be completed (R7).

    Only for what verification finds in the dossier that was received; special laws may give another time.
    """
    until = due_at(received_at, setting.send_back_within, calendar)
    return Duty(
        Rule.R7,
        until,
        message("handling.send_back", until=told(until)),
        message("handling.sent_back_late", until=told(until)),
    )


def still_missing(requests: Iterable[SupplementRequest], answers: Iterable[SupplementAnswer]) -> tuple[str, ...]:
    """Return the items that were asked for and not handed in since, in the order of asking."""
    missing: dict[str, str] = {}
    for paper in _in_order(requests, answers):
        if isinstance(paper, SupplementRequest):
            missing |= {fold_words(item): item for item in paper.items if fold_words(item) not in missing}
        else:
            _take(missing, paper)
    return tuple(missing.values())


def supplement_violations(
    requests: Iterable[SupplementRequest],
    answers: Iterable[SupplementAnswer] = (),
    setting: HandlingSetting = DEFAULT_HANDLING,
) -> tuple[Violation, ...]:
    """Return what was not asked for once, completely and exactly, in time order (R2)."""
    found: list[Violation] = []
    missing: dict[str, str] = {}
    asked = 0
    for paper in _in_order(requests, answers):
        if isinstance(paper, SupplementAnswer):
            _take(missing, paper)
            continue
        found += _not_exact(paper)
        more = {fold_words(item): item for item in paper.items if fold_words(item) not in missing}
        if more:
            asked += 1
            if asked > setting.supplement_requests:
                items = "; ".join(more.values())
                reason = message("handling.supplement_again", at=told(paper.asked_at), items=items)
                found.append(Violation(Rule.R2, paper.asked_at, reason))
        missing |= more
    return tuple(found)


def _in_order(
    requests: Iterable[SupplementRequest], answers: Iterable[SupplementAnswer]
) -> list[SupplementRequest | SupplementAnswer]:
    return sorted([*answers, *requests], key=_moment)


def _moment(paper: SupplementRequest | SupplementAnswer) -> datetime:
    return paper.asked_at if isinstance(paper, SupplementRequest) else paper.answered_at


def _take(missing: dict[str, str], answer: SupplementAnswer) -> None:
    for item in answer.items:
        missing.pop(fold_words(item), None)


def _not_exact(request: SupplementRequest) -> list[Violation]:
    at, reasons = request.asked_at, []
    if not request.items or not all(item.strip() for item in request.items):
        reasons.append(message("handling.supplement_without_items", at=told(at)))
    if not request.why.strip():
        reasons.append(message("handling.supplement_without_reason", at=told(at)))
    return [Violation(Rule.R2, at, reason) for reason in reasons]
