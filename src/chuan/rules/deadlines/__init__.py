"""Deadlines: when a limit ends, how much of it has passed, and why. Pure; the day is handed in.

    due(start, limit, calendar, *, counting=Counting.DAYS, pauses=(), as_of=None) -> Due(at, .ledger, run, …)
    due_at(…same…) -> datetime                             ends_by_day(limit, counting) -> bool
    elapsed(start, end, unit, calendar, *, counting, pauses) -> Fraction         the inverse of due
    account(start, end, unit, calendar, *, counting, pauses) -> Ledger           total == elapsed
    Pause(start, end | None, rule=PauseRule.PAUSE, why="")                       PauseRule.RESTART | PAUSE
    effective_start(received_at, pauses, as_of=None) -> datetime                 waiting_for_payment(asked, paid)
    step_elapsed(enabled, completed, calendar, pauses=()) -> timedelta           working time, pauses out
    step_exceeds(enabled, completed, limit, calendar, pauses=()) -> bool         rolling, strictly longer
    step_due(enabled, limit, calendar, pauses=(), as_of=None) -> datetime        the last moment that does not exceed
    step_amount(enabled, completed, unit, calendar, pauses=()) -> Fraction       the same on the clock of `unit`
    working_unit(unit, calendar) -> int | None             takes_longer(worked, limit, unit) -> bool
    hand_on_limit(received_at, calendar) -> datetime                             rework_exceeds(…)   is_timed(step)
    two_dues(received_at, legal, committed, calendar, *, setting, pauses, as_of) -> TwoDues(legal, committed)
    ClockSetting(counting, pause_rule, local_difficulty, rework)                 clock_start, with_local_difficulty
    classify(received, due, finished, as_of) -> Punctuality

Rules R0, R1, R3, R6–R8, R15–R20, R22 of the facts; each has a test that names it.
"""

from chuan.rules.deadlines.counting import Counting, elapsed
from chuan.rules.deadlines.due import Due, due, due_at, ends_by_day
from chuan.rules.deadlines.ledger import Ledger, Line, account
from chuan.rules.deadlines.limits import (
    DEFAULT_SETTING,
    ClockSetting,
    TwoDues,
    clock_start,
    two_dues,
    with_local_difficulty,
)
from chuan.rules.deadlines.pauses import Pause, PauseRule, effective_start, waiting_for_payment
from chuan.rules.deadlines.punctuality import Punctuality, classify
from chuan.rules.deadlines.steps import (
    REWORK_LIMIT,
    hand_on_limit,
    is_timed,
    rework_exceeds,
    step_amount,
    step_due,
    step_elapsed,
    step_exceeds,
    takes_longer,
    working_unit,
)

__all__ = [
    "DEFAULT_SETTING",
    "REWORK_LIMIT",
    "ClockSetting",
    "Counting",
    "Due",
    "Ledger",
    "Line",
    "Pause",
    "PauseRule",
    "Punctuality",
    "TwoDues",
    "account",
    "classify",
    "clock_start",
    "due",
    "due_at",
    "effective_start",
    "elapsed",
    "ends_by_day",
    "hand_on_limit",
    "is_timed",
    "rework_exceeds",
    "step_amount",
    "step_due",
    "step_elapsed",
    "step_exceeds",
    "takes_longer",
    "two_dues",
    "waiting_for_payment",
    "with_local_difficulty",
    "working_unit",
]
