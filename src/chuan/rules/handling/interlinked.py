"""R14: one dossier through several agencies: who begins when, and whose the delay is, so that it counts once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from chuan.rules.deadlines import Pause, due_at
from chuan.rules.handling.verdicts import Duty, Rule, told
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import Calendar, as_local, working_days
from chuan.text.messages import Message, message


class Route(StrEnum):
    """How the dossier travels: to all at once, from one to the next, or up through the one-stop of the upper level."""

    PARALLEL = "parallel"
    CHAIN = "chain"
    LEVELS = "levels"


@dataclass(frozen=True, slots=True)
class Body:
    """An agency that handles a part: its level ("commune", "province" …), its own limit and calendar."""

    agency: str
    level: str
    limit: Limit
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one body: when it is to get the dossier, and until when it owes its part."""

    body: Body
    starts: datetime
    duty: Duty


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of an interlinked dossier; the result goes back to `result_to`, the place of reception."""

    route: Route
    reason: Message
    parts: tuple[Part, ...]
    result_to: str

    @property
    def due(self) -> datetime:
        """When the last part is owed."""
        return max(part.duty.until for part in self.parts)


def route_of(bodies: Iterable[Body], *, electronic: bool) -> Route:
    """Return the route: levels differ, or one level, where data goes to all at once and paper in order (R14)."""
    if len({body.level for body in bodies}) > 1:
        return Route.LEVELS
    return Route.PARALLEL if electronic else Route.CHAIN


def plan(received_at: datetime, bodies: Sequence[Body], *, reception: str, electronic: bool) -> Plan:
    """Return when each of `bodies` (in chain order, at least one) begins and is due, on its own limit and calendar.

    In a chain, and between levels, a body begins when the one before it is due; the moments that really were replace
    the planned ones in `delay_shares`.
    """
    route = route_of(bodies, electronic=electronic)
    reason = {
        Route.PARALLEL: message("handling.route_parallel"),
        Route.CHAIN: message("handling.route_chain"),
        Route.LEVELS: message("handling.route_levels", reception=reception),
    }[route]
    parts: list[Part] = []
    for body in bodies:
        starts = parts[-1].duty.until if parts and route is not Route.PARALLEL else as_local(received_at)
        parts.append(Part(body, starts, part_duty(body, starts)))
    return Plan(route, reason, tuple(parts), reception)


def part_duty(body: Body, got_at: datetime, pauses: Iterable[Pause] = (), as_of: datetime | None = None) -> Duty:
    """Return until when `body` owes its part, counted from when it got the dossier (R14)."""
    until = due_at(got_at, body.limit, body.calendar, pauses=pauses, as_of=as_of)
    return Duty(
        Rule.R14,
        until,
        message("handling.part", agency=body.agency, until=told(until)),
        message("handling.part_late", agency=body.agency, until=told(until)),
    )


@dataclass(frozen=True, slots=True)
class Handled:
    """What a body really did: when it got the dossier and was done with it (None: not yet), and the clock's stops."""

    body: Body
    got_at: datetime | None
    done_at: datetime | None
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class DelayShare:
    """One agency's share of a delay.

    `delay`: working days of the dossier's calendar; `of_dossier`: the part of the one late dossier that it counts as.
    """

    rule: Rule
    agency: str
    delay: Fraction
    of_dossier: Fraction
    reason: Message


def delay_shares(
    due: datetime,
    handled: Sequence[Handled],
    *,
    lead: str,
    calendar: Calendar,
    ready_at: datetime | None,
    as_of: datetime,
) -> tuple[DelayShare, ...]:
    """Return whose the delay of a late dossier is; () when it is not late. The shares sum to the delay exactly (R14).

    Each agency bears what it took over its own limit, and the lead agency what nobody did (handing over, a plan too
    tight). Where together they took more than the delay, because they were late at the same time or others made up
    for it, all are reduced alike. `calendar`: the lead agency's; all is measured on it, in working days.
    """
    end = as_of if ready_at is None else ready_at
    if end <= due:
        return ()
    delay = working_days(calendar, due, end)
    over = {one.body.agency: Fraction(0) for one in handled} | {lead: Fraction(0)}
    for one in handled:
        over[one.body.agency] += _over(one, calendar, end)
    total = sum(over.values(), Fraction(0))
    kept = min(Fraction(1), delay / total) if total else Fraction(1)
    rest = delay - total * kept
    return tuple(
        _share(agency, own * kept, rest if agency == lead else Fraction(0), delay, agency == lead)
        for agency, own in over.items()
    )


def _over(one: Handled, calendar: Calendar, end: datetime) -> Fraction:
    """Return the working days that a body took over its own limit, until the dossier was ready at the latest."""
    if one.got_at is None:
        return Fraction(0)
    done = min(one.done_at or end, end)
    until = part_duty(one.body, one.got_at, one.pauses, end).until
    return max(working_days(calendar, until, done), Fraction(0))


def _share(agency: str, own: Fraction, rest: Fraction, delay: Fraction, leads: bool) -> DelayShare:
    part = (own + rest) / delay if delay else Fraction(leads)
    if own and rest:
        reason = message("handling.share_own_and_rest", agency=agency)
    elif rest or (leads and not delay):
        reason = message("handling.share_rest", agency=agency)
    else:
        reason = message("handling.share_own" if own else "handling.share_none", agency=agency)
    return DelayShare(Rule.R14, agency, own + rest, part, reason)
