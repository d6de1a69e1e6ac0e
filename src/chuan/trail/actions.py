"""Writing the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from chuan.trail import chain
from chuan.trail.models import NO_HASH, Entry

_LOCK = 0x43485541  # "CHUA": the advisory lock that makes writers of the trail queue on PostgreSQL


class Named(Protocol):
    """Anything with a lasting name of its own: `ref` is "kind:key"."""

    @property
    def ref(self) -> str:
        """Return the lasting name."""
        ...


def record(
    action: str, *, by: Named | str, at: datetime, subject: Named | str, facts: Mapping[str, Any] | None = None
) -> Entry:
    """Append one entry and return it; it stands or falls with the transaction around it.

    `action` is "room.verb". `facts` are plain JSON values: keys and states, no names, no id numbers.
    """
    with transaction.atomic():
        _queue()
        last = Entry.objects.order_by("-seq").first()
        entry = Entry(
            seq=last.seq + 1 if last else 1,
            at=at,
            by=by if isinstance(by, str) else by.ref,
            action=action,
            subject=subject if isinstance(subject, str) else subject.ref,
            facts=chain.canonical(facts or {}),
            previous=last.hash if last else NO_HASH,
        )
        entry.hash = chain.seal(entry)
        entry.save(force_insert=True)
        return entry


def _queue() -> None:
    """Wait for other writers. SQLite needs nothing: an IMMEDIATE transaction is the only writer there is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
