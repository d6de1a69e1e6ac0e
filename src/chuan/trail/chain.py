"""How an entry is sealed: SHA-256 over the canonical JSON (RFC 8785) of its facts and the hash before it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

from chuan.trail.models import NO_HASH, Entry


def canonical(facts: Mapping[str, Any]) -> str:
    """Return `facts` as canonical JSON. Values must be plain JSON with whole numbers up to 2^53 (else ValueError)."""
    return rfc8785.dumps(dict(facts)).decode("utf-8")


def seal(*, seq: int, at: datetime, by: str, action: str, subject: str, facts: str, previous: str) -> str:
    """Return the hash of an entry, 64 hex digits. `facts` is canonical JSON."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = {"seq": seq, "at": moment, "by": by, "action": action, "subject": subject, "facts": facts}
    return hashlib.sha256(rfc8785.dumps({**content, "previous": previous})).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold: `reason` is "missing", "changed" or "detached"."""

    seq: int
    reason: str


def first_break(entries: Iterable[Entry]) -> Break | None:
    """Return the first broken link of `entries` (all of them, by seq), or None when the chain holds."""
    expected, previous = 1, NO_HASH
    for entry in entries:
        if entry.seq != expected:
            return Break(expected, "missing")
        if entry.previous != previous:
            return Break(entry.seq, "detached")
        if entry.hash != _seal_of(entry):
            return Break(entry.seq, "changed")
        expected, previous = expected + 1, entry.hash
    return None


def _seal_of(entry: Entry) -> str:
    return seal(
        seq=entry.seq,
        at=entry.at,
        by=entry.by,
        action=entry.action,
        subject=entry.subject,
        facts=entry.facts,
        previous=entry.previous,
    )
