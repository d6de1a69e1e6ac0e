"""What a recorded dossier shows an auditor: clause by clause, from what its source tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.analytics.logs.models import LoggedDossier
from chuan.kernel.actor import Actor
from chuan.quality.improvement.models import Improvement
from chuan.reading.standards import load_standards
from chuan.rules.authority import Permission
from chuan.rules.eventlog import Dossier, EventKind
from chuan.rules.evidence import ClauseEvidence, DossierRecord, Standing, evidence
from chuan.web.agency.reality.words import mark_word
from chuan.web.kit.words import worded

SHAPES = {Standing.SHOWN: "done", Standing.UNTOLD: "todo", Standing.NOT_YET: "todo", Standing.MISSING: "soon"}
"""The shape in which a fact, or a clause, is shown."""

_LATE = ("late", "open_late")
_REFUSALS = {EventKind.REFUSED, EventKind.NOT_RECEIVED}
_STOPS = {EventKind.STOPPED, EventKind.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause as a page shows it: number, title, shape; what is `held` and what is still `open`, as (shape, words)."""

    clause: str
    title: str
    shape: str
    held: Sequence[tuple[str, str]]
    open: Sequence[tuple[str, str]]


def shown(record: DossierRecord) -> list[Shown]:
    """Return what `record` is evidence for, in the reader's language."""
    return [_shown(one) for one in evidence(record)]


def _shown(one: ClauseEvidence) -> Shown:
    title = load_standards().clause(one.edition, one.clause).title(get_language() or "vi")
    words = [(point.standing, (SHAPES[point.standing], worded(point.message))) for point in one.points]
    held = [said for standing, said in words if standing is Standing.SHOWN]
    still_open = [said for standing, said in words if standing is not Standing.SHOWN]
    return Shown(one.clause, title, SHAPES[one.standing], held, still_open)


def record_of(row: LoggedDossier, one: Dossier, *, entered: bool) -> DossierRecord:
    """Return what the log tells of a dossier; `entered`: the improvement register names it.

    A log has no day book, no list of components and no apologies, so of these it cannot tell; a request to complete the
    dossier shows that its components were checked.
    """
    kinds = {event.kind for event in one.events}
    steps = [event for event in one.events if event.kind is EventKind.STEP]
    positions = [event.position for event in steps]
    over = bool(kinds & (_REFUSALS | _STOPS))
    returned = one.returned_at is not None or EventKind.RETURNED in kinds
    finished = row.finished_at is not None or returned
    return DossierRecord(
        code=True,
        components_checked=True if EventKind.SUPPLEMENT in kinds else None,
        limit_told=True if one.source_due_at else None,
        supplement_asked=EventKind.SUPPLEMENT in kinds,
        procedure_in_force=row.version_id is not None,
        steps_timed=True if steps else None,
        steps_positioned=_positioned(positions, names_kept=row.source.keeps_names),
        is_open=not (finished or over),
        result_ready=finished,
        steps_complete=_complete(row.verdict, row.fitness is not None),
        returned=returned or None,
        refused=bool(kinds & _REFUSALS),
        stopped=bool(kinds & _STOPS),
        late=row.state in _LATE,
        entered=entered,
    )


def _positioned(positions: Sequence[str | None], *, names_kept: bool) -> bool | None:
    """Return whether each step says its position; None where that cannot be known: an empty one may be a name that was
    left out."""
    if not positions or None in positions:
        return None
    return True if all(positions) else (False if names_kept else None)


def _complete(verdict: Mapping[str, Any], followed: bool) -> bool | None:
    """Return whether no step was passed over; None where the log does not tell the steps."""
    if not followed:
        return None
    return all(each["kind"] != "skipped" for each in verdict.get("deviations", ()))


def entering_url(row: LoggedDossier, actor: Actor) -> str:
    """Return where a dossier that was late, or went another way, is entered in the improvement register.

    The form begins with what is known of it. "" when nothing was wrong, or `actor` does not enter anything there.
    """
    late, marks = row.state in _LATE, [mark for mark in row.marks.split("|") if mark]
    if not (late or marks) or not actor.may(Permission.RECORD_IMPROVEMENT, row.agency):
        return ""
    points = "; ".join(mark_word(mark) for mark in marks)
    about = _("Hồ sơ %(code)s quá hạn cam kết.") if late else _("Hồ sơ %(code)s đi khác quy trình.")
    said = {
        "co-quan": row.agency.key,
        "loai": Improvement.Kind.LATE if late else Improvement.Kind.OTHER,
        "dieu": "8.7" if late else "8.5.1",
        "ho-so": row.code,
        "khoa": row.key,
        "qt": row.procedure.key if row.procedure else "",
        "noi-dung": f"{about % {'code': row.code}} {points}".strip(),
    }
    return f"{reverse('enter_improvement')}?{urlencode(said)}"
