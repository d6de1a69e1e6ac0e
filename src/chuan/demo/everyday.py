"""What the demo's people do from day to day, from `data/demo/everyday.toml`: adopt, read, hand files in."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import F

from chuan.demo.adopting import follow
from chuan.demo.agencies import Told, agencies
from chuan.demo.days import morning
from chuan.demo.handed_in import hand_in
from chuan.demo.staff import acting
from chuan.kernel.actor import Actor
from chuan.notices.models import Notice
from chuan.quality.models import ProcedureVersion
from chuan.quality.procedures.actions import acknowledge
from chuan.quality.procedures.queries import unread_by

NEWS = timedelta(days=14)


@cache
def _entries() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("chuan.data.demo") / "everyday.toml").read_text(encoding="utf-8"))


def load_everyday(told: Told, *, by: Actor, at: datetime) -> None:
    """Do what was not done yet."""
    pieces = list(_pieces(at))
    for number, piece in enumerate(pieces, start=1):
        piece()
        told(number, len(pieces))


def _pieces(at: datetime) -> Iterator[Callable[[], None]]:
    known, entries = agencies(), _entries()
    for entry in entries["adopted"]:
        yield partial(follow, entry)
    for entry in entries["reads"]:
        yield from (partial(_read, username, entry, at) for username in entry["people"])
    for entry in entries["batch"]:
        yield partial(hand_in, entry, known[entry["agency"]])
    yield partial(open_old_news, at)


def _read(username: str, entry: Mapping[str, Any], at: datetime) -> None:
    """Let a person confirm what is in force, a few days after it took effect."""
    actor = acting(username, at)
    unread = unread_by(actor).order_by("effective_on", "procedure__code")
    wanted = unread.filter(procedure__code__in=entry["codes"]) if "codes" in entry else unread
    with transaction.atomic():
        for version in wanted.select_related("procedure__agency"):
            _confirm(version, username)


def _confirm(version: ProcedureVersion, username: str) -> None:
    if version.effective_on is not None:
        at = morning(version.effective_on + timedelta(days=1), 14)
        acknowledge(version, by=acting(username, at), at=at)


def open_old_news(at: datetime) -> None:
    """Let everybody have opened what he was told more than two weeks before `at`, a day after it came."""
    old = Notice.objects.filter(read_at__isnull=True, created_at__lt=at - NEWS)
    old.update(read_at=F("created_at") + timedelta(days=1))
