"""A year of dossiers of one procedure in one agency: seeded, so that every count is known before it is measured."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from random import Random

from chuan.rules.eventlog import Dossier, Event, EventKind
from chuan.rules.procedure.structure import Limit, Step, TimeUnit, Variant
from chuan.rules.workdays import VIETNAM, Calendar, add_working_time, next_opening

_MINUTE = timedelta(minutes=1)
_FREE_STEP_MINUTES = 40  # what a step without a limit of its own takes, about
_WORKING_MINUTES = {
    TimeUnit.WORKING_DAY: 480,
    TimeUnit.CALENDAR_DAY: 330,  # five working days in seven
    TimeUnit.SAME_WORKING_DAY: 480,
    TimeUnit.WORKING_HOUR: 60,
    TimeUnit.HOUR: 20,
    TimeUnit.MINUTE: 1,
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How an agency works: the usual share of the limit that a step takes, how often something else happens."""

    usual: float = 0.55
    spread: float = 0.35
    slow_months: tuple[int, ...] = (2, 3)  # after Tết
    supplement: float = 0.06
    forgotten: float = 0.015  # a step that nobody entered
    open_days: int = 12  # dossiers received so shortly before the end stay open where they are


HONEST = Pace()
GOOD = Pace(usual=0.4, spread=0.2, slow_months=(), supplement=0.03, forgotten=0.0)


def simulate(
    variant: Variant, count: int, first: date, last: date, calendar: Calendar, code: str, random: Random, pace: Pace
) -> list[Dossier]:
    """Return `count` dossiers received between `first` and `last`, in order, handled step by step as written."""
    received = sorted(_reception(random, first, last, calendar) for _ in range(count))
    end = datetime.combine(last, time(17), VIETNAM)
    dossiers = []
    for number, moment in enumerate(received, start=1):
        events = _handled(variant, moment, calendar, random, pace)
        name = f"{code}-{moment:%y%m%d}-{number:05d}"
        dossiers.append(Dossier(name, tuple(event for event in events if event.at <= end), received_at=moment))
    return dossiers


def _reception(random: Random, first: date, last: date, calendar: Calendar) -> datetime:
    day = first + timedelta(days=random.randrange((last - first).days))
    minute = random.choice((random.randrange(455, 690), random.randrange(785, 1005)))
    return next_opening(calendar, datetime.combine(day, time(minute // 60, minute % 60), VIETNAM))


def _handled(variant: Variant, received: datetime, calendar: Calendar, random: Random, pace: Pace) -> list[Event]:
    events: list[Event] = []
    now = received
    for place, step in enumerate(variant.steps):
        minutes = _minutes(variant, step, now, random, pace)
        now = add_working_time(calendar, now, minutes * _MINUTE)
        if place == min(2, len(variant.steps) - 2) and random.random() < pace.supplement:
            events.append(Event(now, "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT, position=""))
            now = next_opening(calendar, now + timedelta(days=random.randrange(2, 15), minutes=random.randrange(300)))
            events.append(Event(now, "Công dân đã bổ sung", EventKind.RESUBMITTED, position=""))
            now = add_working_time(calendar, now, random.randrange(20, 120) * _MINUTE)
        if random.random() >= pace.forgotten:
            events.append(done(step, now))
    return events


def done(step: Step, at: datetime) -> Event:
    """Return the event that the step was completed, by the first position that the procedure names."""
    position = step.role.split(";")[0].split("/")[0].strip()
    return Event(at.replace(second=0, microsecond=0), step.title, number=step.no, position=position)


def _minutes(variant: Variant, step: Step, now: datetime, random: Random, pace: Pace) -> int:
    limit = _budget(variant, step) if step.budget else step.time
    if limit is None or not limit.amount or not step.counted:
        return max(5, int(random.gauss(_FREE_STEP_MINUTES, 15)))
    share = max(0.05, random.gauss(pace.usual, pace.spread * pace.usual))
    if now.month in pace.slow_months:
        share *= 1.5
    if random.random() < 0.03 and pace.forgotten:
        share *= random.uniform(1.5, 3)
    return max(2, int(share * float(limit.amount * _WORKING_MINUTES[limit.unit])))


def _budget(variant: Variant, step: Step) -> Limit | None:
    sharing = [one for one in variant.steps if one.budget == step.budget]
    limit = next((one.time for one in sharing if one.time), None)
    return replace(limit, amount=limit.amount * Fraction(1, len(sharing))) if limit else None
