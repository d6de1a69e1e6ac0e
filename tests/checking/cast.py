"""A small procedure and dossiers of one week, from which the checking tests tell their stories.

November 2026: 2 is a Monday; 24 (Tuesday) is the new holiday. Default hours: 07:30–11:30, 13:00–17:00.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from chuan.checking.check import Options, check
from chuan.checking.result import CheckResult, DossierResult
from chuan.checking.result_json import to_json
from chuan.checking.subjects import from_procedure
from chuan.reading.calendars import load_calendar
from chuan.rules.eventlog import Dossier, Event, EventKind, EventLog
from chuan.rules.procedure.structure import Limit, Procedure, Step, TimeUnit, Variant
from chuan.rules.workdays import VIETNAM


def days(amount: str | int) -> Limit:
    return Limit(Fraction(amount), TimeUnit.WORKING_DAY)


def hours(amount: str | int) -> Limit:
    return Limit(Fraction(amount), TimeUnit.WORKING_HOUR)


RECEIVE = Step("Tiếp nhận hồ sơ", "B1", "Công chức một cửa", hours(4))
APPRAISE = Step("Thẩm định hồ sơ", "B2", "Chuyên viên; Công chức địa chính", days(1))
SIGN = Step("Ký duyệt", "B3", "Lãnh đạo UBND", days("1/2"))
RETURN = Step("Trả kết quả", "B4", "Công chức một cửa", counted=False)
STEPS = (RECEIVE, APPRAISE, SIGN, RETURN)


def procedure(*steps: Step, committed: Limit | None = None, **facts: object) -> Procedure:
    return Procedure((Variant(steps or STEPS),), name="Xác nhận thử", committed=committed or days(2), **facts)  # type: ignore[arg-type] # facts by name


def at(moment: str) -> datetime:
    """`at("02 08:00")` is 08:00 on 2 November 2026."""
    return datetime.strptime(f"2026-11-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


def did(moment: str, activity: str, kind: EventKind = EventKind.STEP, **facts: Any) -> Event:
    return Event(at(moment), activity, kind, **facts)


def as_written(*, finish: str = "03 10:00") -> tuple[Event, ...]:
    return (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 16:00", "Thẩm định hồ sơ"),
        did(finish, "Ký duyệt"),
        did("05 09:00", "Trả kết quả"),
    )


def log(*dossiers: Dossier, recorded: Sequence[str] = ("steps", "position")) -> EventLog:
    return EventLog(dossiers, recorded=frozenset(recorded), source="thu.csv")


def dossier(*events: Event, id: str = "H1", **facts: object) -> Dossier:
    return Dossier(id, events, **facts)  # type: ignore[arg-type] # facts by name


def run(
    written: Procedure, *dossiers: Dossier, recorded: Sequence[str] = ("steps", "position"), **options: Any
) -> CheckResult:
    chosen = Options(load_calendar("vn"), **options)
    return check([from_procedure(written)], log(*dossiers, recorded=recorded), chosen)


def judged(written: Procedure, *events: Event, **options: Any) -> DossierResult:
    return run(written, dossier(*events), **options).dossiers[0]


def deviations(found: DossierResult) -> list[tuple[str, str | None, int | None]]:
    return [(one.kind, one.step, one.event) for one in found.deviations]


def as_json(result: CheckResult) -> dict[str, Any]:
    """Return result.json, read again."""
    answer: dict[str, Any] = json.loads(to_json(result))
    return answer
