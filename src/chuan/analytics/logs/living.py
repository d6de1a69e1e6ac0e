"""A living dossier (`quality.dossiers`) told as a log tells one, and what was settled for it at its reception.

What was settled stands in `LoggedDossier.facts["settled"]`: {"procedure", "version" (keys, "" for none), "calendar":
[name, version], "counting", "supplement", "committed", "legal" ([amount, unit] or null)}. By this it is judged, not by
the terms of its source: two dossiers of one day may have been settled differently, and what was settled never changes.
No reason, note or name of its acts is told: only what was done, when, and by which position.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils import timezone

from chuan.analytics.logs.models import LoggedDossier
from chuan.norms.holidays.queries import calendar_named
from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.quality.dossiers.reckoned import act_of, variant_of
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.dossier_status import status_of_state
from chuan.rules.eventlog import Dossier as LogDossier
from chuan.rules.eventlog import Event
from chuan.rules.handling.acts import ActKind, DossierState, in_effect
from chuan.rules.handling.reckoning import limit_from
from chuan.rules.procedure.structure import Limit, Variant
from chuan.rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled for a living dossier at its reception. `procedure` and `version` are keys, "" where none was in
    force; `calendar` is (name, version)."""

    procedure: str
    version: str
    calendar: tuple[str, str]
    counting: Counting
    supplement: PauseRule
    committed: Limit | None
    legal: Limit | None

    def calendar_or(self, otherwise: Calendar) -> Calendar:
        """Return the calendar of its reception; `otherwise` where that was never kept."""
        return calendar_named(*self.calendar) or otherwise


@cache
def _words() -> Mapping[str, str]:
    return tomllib.loads((files("chuan.data") / "handling" / "logged.toml").read_text(encoding="utf-8"))


def told_as_log(dossier: Dossier, acts: Sequence[DossierAct]) -> LogDossier:
    """Return `dossier` as a log tells it: the acts that hold, each as an event, and the columns they came to."""
    variant, rows = variant_of(dossier), {row.number: row for row in acts}
    events = tuple(_event(rows[one.number], variant) for one in in_effect([act_of(row) for row in acts]))
    first, due = _local(dossier.first_due_at), _local(dossier.due_at)
    returned = dossier.state == DossierState.RETURNED
    return LogDossier(
        id=dossier.code,
        events=tuple(sorted(events, key=lambda event: event.at)),
        received_at=_local(dossier.received_at),
        filed_at=_local(dossier.filed_at),
        source_due_at=due,
        earlier_due_at=(first,) if first and first != due else (),
        finished_at=_local(dossier.ready_at),
        returned_at=_local(dossier.ended_at) if returned else None,
        status=_status(DossierState(dossier.state)),
        service_code=dossier.service.code,
    )


def _event(row: DossierAct, variant: Variant | None) -> Event:
    kind, at = ActKind(row.kind), timezone.localtime(row.at)
    if kind is not ActKind.STEP or row.step is None:
        return Event(at, _words()[row.kind], kind.event_kind, position=row.position)
    step = variant.steps[row.step] if variant and row.step < len(variant.steps) else None
    number = (step.no or f"B{row.step + 1}") if step else ""
    return Event(at, step.title if step else row.step_title, kind.event_kind, number, row.position)


def _status(state: DossierState) -> str:
    """Return the national words; a refusal has none of its own there, and those of a stop would say another thing."""
    return "" if state is DossierState.REFUSED else status_of_state(state).vietnamese


def _local(moment: Any) -> Any:
    return timezone.localtime(moment) if moment else None


def facts_settled(dossier: Dossier) -> dict[str, Any]:
    """Return what was settled for `dossier` as its facts keep it."""
    return {
        "procedure": dossier.procedure.key if dossier.procedure else "",
        "version": dossier.version.key if dossier.version else "",
        "calendar": [dossier.calendar, dossier.calendar_version],
        "counting": dossier.counting,
        "supplement": dossier.supplement,
        "committed": [dossier.committed_amount, dossier.committed_unit] if dossier.committed_amount else None,
        "legal": [dossier.legal_amount, dossier.legal_unit] if dossier.legal_amount else None,
    }


def settled_of(row: LoggedDossier) -> Settled | None:
    """Return what was settled for the living dossier that `row` tells; None for one of another source."""
    said = row.facts.get("settled")
    if said is None:
        return None
    name, version = said["calendar"]
    return Settled(
        procedure=said["procedure"],
        version=said["version"],
        calendar=(name, version),
        counting=Counting(said["counting"]),
        supplement=PauseRule(said["supplement"]),
        committed=limit_from(said["committed"]),
        legal=limit_from(said["legal"]),
    )
