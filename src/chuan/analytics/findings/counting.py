"""A dossier that several sources of an agency tell is one: it counts where it is told up to the newest moment, and
always where it is run here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chuan.analytics.findings.judging import dossier_of
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.check import last_moment
from chuan.rules.eventlog import EventLog

_NEVER = datetime.min.replace(tzinfo=UTC)
_CHUNK = 500
_NOT_JUDGED: dict[str, Any] = {"procedure": None, "version": None, "state": "not_judged", "fitness": None, "cost": 0}
_NOT_JUDGED |= {"marks": "", "verdict": {}, "way": "", "due_at": None, "legal_due_at": None}
_NOT_JUDGED |= {"worked_seconds": None, "pace": ""}


def counted_once(rows: Sequence[LoggedDossier]) -> list[LoggedDossier]:
    """Return those of `rows` (all dossiers of a procedure in its agency) that count, and write down which do.

    The others are kept and judged by nothing, until the file that tells more is withdrawn.
    """
    by_dossier: dict[tuple[str, str], list[LoggedDossier]] = {}
    for row in rows:
        by_dossier.setdefault((row.code, row.national_code), []).append(row)
    counted = {(max(same, key=_told_until) if len(same) > 1 else same[0]).pk for same in by_dossier.values()}
    _write([row for row in rows if not row.counted and row.pk in counted], counted=True)
    _write([row for row in rows if row.counted and row.pk not in counted], counted=False, **_NOT_JUDGED)
    return [row for row in rows if row.pk in counted]


def _write(rows: Sequence[LoggedDossier], **values: Any) -> None:
    for start in range(0, len(rows), _CHUNK):
        keys = [row.pk for row in rows[start : start + _CHUNK]]
        LoggedDossier.objects.within(rows[0].agency).filter(pk__in=keys).update(**values)


def _told_until(row: LoggedDossier) -> tuple[bool, datetime, int, int]:
    """Return whether it is run here, then the last moment told; of equals the one with more events wins, then the
    newer source."""
    dossier = dossier_of(row)
    return row.source.living, last_moment(EventLog((dossier,))) or _NEVER, len(dossier.events), row.source_id
