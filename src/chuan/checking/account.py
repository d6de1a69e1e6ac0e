"""Why this due date, for one judged dossier: the limits as they were counted, each with its ledger."""

from datetime import datetime

from chuan.checking import clock, days
from chuan.checking.result import DossierResult
from chuan.rules.deadlines import Counting, Due, Pause, due
from chuan.rules.procedure.structure import Limit


def committed(found: DossierResult, counting: str, as_of: datetime | None) -> Due | None:
    """Return how the committed due moment of `found` was counted, None without a limit or a reception.

    A wait that is still open lasts until `as_of`, as in the verdict: both name the same moment.
    """
    return _account(found, found.total.limit, Counting(counting), as_of)


def legal(found: DossierResult, limit: Limit | None, counting: str, as_of: datetime | None) -> Due | None:
    """Return the same for the legal `limit`."""
    return _account(found, limit, Counting(counting), as_of)


def open_wait(found: DossierResult, limit: Due | None) -> Pause | None:
    """Return the wait, not over yet, that still moves the due moment on; None when it is fixed.

    A wait that began after the limit had ended changes nothing: what is late stays late.
    """
    wait = next((wait for wait in found.pauses if wait.end is None), None)
    if wait is None or limit is None or found.finished_at is not None:
        return None
    begun_anew = any(since <= wait.start < until for since, until in limit.run.dropped)
    stands = any(stop.start <= wait.start < stop.end for stop in limit.run.stops)
    return wait if begun_anew or stands else None


def _account(found: DossierResult, limit: Limit | None, counting: Counting, as_of: datetime | None) -> Due | None:
    if found.received_at is None or limit is None:
        return None
    fact = "received_at" if found.received_from == "column" else "at"
    by_day = fact in found.dossier.whole_days
    start = days.latest_start(found.received_at, limit, counting) if by_day else found.received_at
    moving = clock.until_ready(found.pauses, found.finished_at)
    return due(start, limit, found.calendar, counting=counting, pauses=moving, as_of=as_of)
