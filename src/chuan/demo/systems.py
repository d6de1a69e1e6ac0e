"""The quality systems of the demo's agencies, from `data/demo/systems.toml`: led by their own heads and secretaries."""

import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from chuan.demo.agencies import Told, agencies
from chuan.demo.days import morning
from chuan.demo.staff import staff_of
from chuan.kernel.actor import Actor
from chuan.organisations.agencies import actions
from chuan.organisations.models import Agency, QualitySystem
from chuan.rules.authority import Permission


@cache
def _entries() -> list[dict[str, Any]]:
    text = (files("chuan.data.demo") / "systems.toml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)["system"]
    return entries


def load_systems(told: Told, *, by: Actor, at: datetime) -> None:
    """Found the systems that are not there yet and lead each to where it stands, every move by who may make it."""
    known = agencies()
    for number, entry in enumerate(_entries(), start=1):
        owner = known[entry["agency"]]
        if not QualitySystem.objects.within(owner).exists():
            with transaction.atomic():
                _lead(_found(entry, owner), entry, known)
        told(number, len(_entries()))


def _found(entry: dict[str, Any], owner: Agency) -> QualitySystem:
    system = QualitySystem(owner=owner, name=f"Hệ thống quản lý chất lượng {owner.name}", scope_note=entry["scope"])
    at = morning(entry["founded"])
    return actions.found_quality_system(system, by=staff_of(owner, at).secretary, at=at)


def _lead(system: QualitySystem, entry: dict[str, Any], known: dict[str, Agency]) -> None:
    for member in entry.get("members", ()):
        at = morning(member["from"])
        secretary = staff_of(system.owner, at).secretary
        actions.join(system, known[member["agency"]], from_on=member["from"], by=secretary, at=at)
    for move in entry["moves"]:
        _move(system, **move)
    if widened := entry.get("widened"):
        at = morning(widened["on"])
        facts = {"name": system.name, "standard": system.standard, "scope_note": widened["scope"]}
        actions.change_quality_system(system, **facts, by=staff_of(system.owner, at).secretary, at=at)


def _move(system: QualitySystem, to: str, on: date, note: str) -> None:
    at = morning(on)
    staff = staff_of(system.owner, at)
    if to == "declared":
        actions.declare(system, decision=note, declared_on=on, by=staff.head, at=at)
        return
    permission = system.lifecycle.move(system.state, to).permission
    by = staff.head if permission is Permission.DECLARE_QUALITY_SYSTEM else staff.secretary
    actions.move_quality_system(system, to, by=by, at=at, note=note)
