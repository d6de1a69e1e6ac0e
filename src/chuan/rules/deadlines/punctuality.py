"""Whether a dossier was in time: one word per dossier, from its due moment alone."""

from datetime import datetime
from enum import StrEnum

from chuan.rules.workdays import as_local


class Punctuality(StrEnum):
    """trước hạn, đúng hạn, quá hạn; still open: trong hạn, quá hạn; or the source cannot show it."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"
    NOT_JUDGED = "not_judged"


def classify(
    received: datetime | None, due: datetime | None, finished: datetime | None, as_of: datetime
) -> Punctuality:
    """Return the word: early = before the due day, on time = on it up to `due`; open ones are judged at `as_of`.

    Without a receipt or a due moment, or finished before it was received, nothing is judged.
    """
    if received is None or due is None or (finished is not None and finished < received):
        return Punctuality.NOT_JUDGED
    if finished is None:
        return Punctuality.OPEN_LATE if as_of > due else Punctuality.OPEN_IN_TIME
    if finished > due:
        return Punctuality.LATE
    return Punctuality.EARLY if as_local(finished).date() < as_local(due).date() else Punctuality.ON_TIME
