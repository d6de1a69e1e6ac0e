"""Why this due date, for one judged dossier: the limits as they were counted, each with its ledger."""

from chuan.checking import days
from chuan.checking.result import DossierResult
from chuan.rules.deadlines import Counting, Due, due
from chuan.rules.procedure.structure import Limit


def committed(found: DossierResult, counting: str) -> Due | None:
    """Return how the committed due moment of `found` was counted, None without a limit or a reception."""
    return _account(found, found.model.total.limit, Counting(counting))


def legal(found: DossierResult, limit: Limit | None, counting: str) -> Due | None:
    """Return the same for the legal `limit`."""
    return _account(found, limit, Counting(counting))


def _account(found: DossierResult, limit: Limit | None, counting: Counting) -> Due | None:
    if found.received_at is None or limit is None:
        return None
    fact = "received_at" if found.received_from == "column" else "at"
    by_day = fact in found.dossier.whole_days
    start = days.latest_start(found.received_at, limit, counting) if by_day else found.received_at
    ends = [wait.end for wait in found.pauses if wait.end is not None]
    as_of = max([*ends, *(event.at for event in found.dossier.events), start])
    return due(start, limit, found.calendar, counting=counting, pauses=found.pauses, as_of=as_of)
