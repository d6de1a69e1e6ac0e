"""The planted behaviours: each takes honest dossiers and changes them, and says what it changed.

They are what an inspector meets: paper that is not lived, records made up afterwards, sources that do not show all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from chuan.rules.deadlines import due_at
from chuan.rules.eventlog import Dossier, Event
from chuan.rules.procedure.structure import Limit, Variant
from chuan.rules.workdays import Calendar, closing, next_workday

Behaviour = Callable[[Dossier, Variant, Calendar, Limit | None, Random], Dossier]
_MINUTE = timedelta(minutes=1)
_FRIDAY = 4


def honest(dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random) -> Dossier:
    """As it was simulated."""
    return dossier


def no_check(dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random) -> Dossier:
    """The step of checking on the spot (the second one) is left out in about six dossiers of seven."""
    if random.random() > 6 / 7:
        return dossier
    number = variant.steps[1].no
    return replace(dossier, events=tuple(event for event in dossier.events if event.number != number))


def clerk_signs(dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random) -> Dossier:
    """The clerk signs in the place of the head, in about three dossiers of five."""
    if random.random() > 3 / 5:
        return dossier
    signs = next(step for step in variant.steps if "ký giấy" in step.title.casefold()).no
    events = (
        replace(event, position="Công chức một cửa") if event.number == signs else event for event in dossier.events
    )
    return replace(dossier, events=tuple(events))


def friday_evening(
    dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random
) -> Dossier:
    """The last counted step of every dossier is entered on a Friday at 16:59."""
    last = [step.no for step in variant.steps if step.counted and step.time][-1]
    moment = next((event.at for event in dossier.events if event.number == last), None)
    if moment is None:
        return dossier
    friday = moment.date() + timedelta(days=(_FRIDAY - moment.weekday()) % 7)
    while not calendar.is_workday(friday):
        friday += timedelta(days=7)
    evening = closing(calendar, friday) - _MINUTE
    events = [replace(event, at=max(event.at, evening)) if event.number == last else event for event in dossier.events]
    return _in_order(dossier, _after(events, last, evening))


def on_the_dot(dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random) -> Dossier:
    """Every dossier is finished at the very moment it is due."""
    last = [step.no for step in variant.steps if step.counted and step.time][-1]
    if total is None or dossier.received_at is None or not any(event.number == last for event in dossier.events):
        return dossier
    moment = due_at(dossier.received_at, total, calendar)
    events = [
        replace(event, at=moment) if event.number == last else replace(event, at=min(event.at, moment))
        for event in dossier.events
        if event.kind == "step"
    ]
    return _in_order(dossier, _after(events, last, moment))


def entered_at_once(
    dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random
) -> Dossier:
    """All steps are entered one after the other within minutes, at the end."""
    if not dossier.events:
        return dossier
    end = dossier.events[-1].at
    count = len(dossier.events)
    events = [replace(event, at=end - (count - place) * _MINUTE) for place, event in enumerate(dossier.events, start=1)]
    return replace(dossier, events=tuple(events))


def late_registration(
    dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random
) -> Dossier:
    """In about a third of dossiers the reception is registered days after the work began: the clock starts later."""
    if dossier.received_at is None or not dossier.events or random.random() > 1 / 3:
        return dossier
    day = dossier.received_at.date()
    for _ in range(random.randrange(1, 4)):
        day = next_workday(calendar, day)
    return replace(dossier, received_at=closing(calendar, day) - 60 * _MINUTE)


def unrecorded_steps(
    dossier: Dossier, variant: Variant, calendar: Calendar, total: Limit | None, random: Random
) -> Dossier:
    """The source has no place for two steps (the second and the fourth): it never shows them."""
    hidden = {variant.steps[1].no, variant.steps[3].no}
    return replace(dossier, events=tuple(event for event in dossier.events if event.number not in hidden))


def _after(events: Sequence[Event], last: str, moment: datetime) -> list[Event]:
    """Return the events with those that follow the step `last` not before `moment`, a minute apart."""
    place = next(index for index, event in enumerate(events) if event.number == last)
    later = [
        replace(event, at=max(event.at, moment + (index + 1) * _MINUTE))
        for index, event in enumerate(events[place + 1 :])
    ]
    return [*events[: place + 1], *later]


def _in_order(dossier: Dossier, events: Sequence[Event]) -> Dossier:
    return replace(dossier, events=tuple(sorted(events, key=lambda event: event.at)))


BEHAVIOURS: Mapping[str, Behaviour] = {
    "honest": honest,
    "truly_good": honest,
    "no_check": no_check,
    "clerk_signs": clerk_signs,
    "friday_evening": friday_evening,
    "on_the_dot": on_the_dot,
    "entered_at_once": entered_at_once,
    "late_registration": late_registration,
    "unrecorded_steps": unrecorded_steps,
}
