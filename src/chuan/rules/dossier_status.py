"""The states of a dossier as the national catalogue has them (facts 3.9), and what each does to its clock.

The table is `data/one_stop/statuses.toml`. `kind` is the word that event logs use for the same thing; the wordings in
which systems write a state stand with the reading of logs.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from importlib.resources import files

from chuan.rules.eventlog import EventKind
from chuan.rules.handling.acts import DossierState


class Clock(StrEnum):
    """What the clock of a dossier does in a state."""

    NOT_BEGUN = auto()  # not received yet: the limit does not run (R1)
    RUNS = auto()
    WAITS_FOR_CITIZEN = auto()  # out for supplement: restart or pause, by the service's setting (R7, R8)
    WAITS_FOR_PAYMENT = auto()  # the citizen's financial obligation is nobody's lateness (R19)
    ENDED = auto()


@dataclass(frozen=True, slots=True)
class DossierStatus:
    """One state: `name` is ours; `code` the national one, "" for a state that the national catalogue does not have.

    `living` are the states of dossiers run here that are told as this one (`chuan.rules.handling.acts`).
    """

    name: str
    code: str
    vietnamese: str
    english: str
    kind: EventKind
    clock: Clock
    living: tuple[DossierState, ...] = ()

    @property
    def is_national(self) -> bool:
        """Whether the national catalogue has it."""
        return bool(self.code)


@cache
def statuses() -> tuple[DossierStatus, ...]:
    """Return all states: the national ones in the order of their codes, then the others."""
    table = tomllib.loads((files("chuan.data") / "one_stop" / "statuses.toml").read_text(encoding="utf-8"))
    return tuple(
        DossierStatus(
            name,
            one["code"],
            one["vietnamese"],
            one["english"],
            EventKind(one["kind"]),
            Clock(one["clock"]),
            tuple(DossierState(state) for state in one.get("living", ())),
        )
        for name, one in table.items()
    )


def status_of(code: str) -> DossierStatus | None:
    """Return the state with the national `code` ("5" or "05"); None when there is none."""
    code = code.strip().removeprefix("0")
    return next((one for one in statuses() if one.is_national and one.code == code), None)


def status_of_state(state: DossierState) -> DossierStatus:
    """Return the national state as which a dossier run here is told."""
    return next(one for one in statuses() if state in one.living)
