"""How an entry is sealed: SHA-256 over the canonical JSON (RFC 8785) of its facts and the hash before it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import rfc8785

from chuan.trail.models import NO_HASH, Entry


def canonical(facts: Mapping[str, Any]) -> str:
    """Return `facts` as canonical JSON. Values must be plain JSON with whole numbers up to 2^53 (else ValueError)."""
    return rfc8785.dumps(dict(facts)).decode("utf-8")


def seal(entry: Entry) -> str:
    """Return the hash that belongs to `entry`, 64 hex digits."""
    content: dict[str, Any] = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "facts": entry.facts,
        "previous": entry.previous,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


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
        if entry.hash != seal(entry):
            return Break(entry.seq, "changed")
        expected, previous = expected + 1, entry.hash
    return None
