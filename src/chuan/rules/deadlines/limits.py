"""The limit of the law and the one the province committed to, never mixed up (R17); and where their clock begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from chuan.rules.deadlines.counting import Counting
from chuan.rules.deadlines.due import Due, due
from chuan.rules.deadlines.pauses import Pause, PauseRule
from chuan.rules.deadlines.steps import REWORK_LIMIT
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class ClockSetting:
    """How the clock of one public service (from one source) runs: a setting, never code.

    `local_difficulty` are the days more that special law gives in areas of difficulty (R18); 0 elsewhere.
    """

    counting: Counting = Counting.DAYS
    pause_rule: PauseRule = PauseRule.RESTART
    local_difficulty: Fraction = Fraction(0)
    rework: Limit = REWORK_LIMIT


DEFAULT_SETTING = ClockSetting()


@dataclass(frozen=True, slots=True)
class TwoDues:
    """The end of the legal and of the committed limit; None where no such limit is set."""

    legal: Due | None
    committed: Due | None


def clock_start(filed_at: datetime | None, received_at: datetime | None) -> datetime | None:
    """Return where the clock begins: the receipt of the full dossier, never the filing (R1). None before receipt.

    Both moments are asked for so that a caller keeps both.
    """
    return received_at


def with_local_difficulty(limit: Limit, setting: ClockSetting) -> Limit:
    """Return `limit` with the days more of an area of difficulty (R18); only limits in days are prolonged."""
    if limit.unit not in (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY):
        return limit
    return Limit(limit.amount + setting.local_difficulty, limit.unit)


def two_dues(
    received_at: datetime,
    legal: Limit | None,
    committed: Limit | None,
    calendar: Calendar,
    *,
    setting: ClockSetting = DEFAULT_SETTING,
    pauses: Iterable[Pause] = (),
    as_of: datetime | None = None,
) -> TwoDues:
    """Return both ends side by side: the province may promise less than the law gives, and both are kept (R17)."""
    stops = tuple(pauses)

    def end(limit: Limit | None) -> Due | None:
        if limit is None:
            return None
        longer = with_local_difficulty(limit, setting)
        return due(received_at, longer, calendar, counting=setting.counting, pauses=stops, as_of=as_of)

    return TwoDues(end(legal), end(committed))
