"""Moving a thing from state to state: checked against its table of moves, and every move leaves a row."""

from datetime import datetime
from typing import Any

from django.db import transaction

from chuan.kernel.actor import Actor, InProvince
from chuan.kernel.errors import MovedMeanwhile
from chuan.kernel.scoping import require
from chuan.rules.lifecycle import Move
from chuan.trail.actions import record


def move(thing: Any, to: str, *, agency: InProvince, by: Actor, at: datetime, note: str = "") -> Move:
    """Move `thing` (a `Staged` entity of `agency`) to state `to`; return the move that was made.

    Raises NoSuchMove (rules.lifecycle), NotAllowed, and MovedMeanwhile when its state is no longer what was read.
    """
    found: Move = thing.lifecycle.move(thing.state, to)
    require(by, found.permission, agency)
    with transaction.atomic():
        same = type(thing)._base_manager.filter(pk=thing.pk, state=found.source)
        if not same.update(state=to):
            raise MovedMeanwhile
        thing.moves.create(source=found.source, target=to, at=at, by_id=by.account_id, by_name=by.name, note=note)
        action = f"{thing._meta.model_name}.{found.name}"
        record(action, by=by, at=at, subject=thing, facts={"from": found.source, "to": to})
    thing.state = to
    return found


def begin(thing: Any, *, by: Actor, at: datetime) -> None:
    """Insert the new `thing` in the first state of its lifecycle, with the row that says so."""
    thing.state = thing.lifecycle.first
    with transaction.atomic():
        thing.put(by=by, at=at)
        thing.moves.create(source="", target=thing.state, at=at, by_id=by.account_id, by_name=by.name)
        record(f"{thing._meta.model_name}.begin", by=by, at=at, subject=thing, facts={"to": thing.state})


def moves_open_to(thing: Any, *, agency: InProvince, actor: Actor) -> list[Move]:
    """Return the moves that `actor` may make from where `thing` stands: the buttons of its page."""
    return [found for found in thing.lifecycle.moves_from(thing.state) if actor.may(found.permission, agency)]
