"""Reading the trail."""

from chuan.trail.chain import Break, first_break
from chuan.trail.models import Entry


def head() -> Entry | None:
    """Return the newest entry; its hash stands for the whole chain and is worth keeping outside."""
    return Entry.objects.order_by("-seq").first()


def broken_link() -> Break | None:
    """Read the whole chain and return its first broken link, or None."""
    return first_break(Entry.objects.order_by("seq").iterator(chunk_size=2000))


def holds(hash_kept_outside: str) -> int | None:
    """Return the number of the entry that once was the head with this hash, or None when it is no longer there."""
    return Entry.objects.filter(hash=hash_kept_outside.strip().lower()).values_list("seq", flat=True).first()


def of(subject: str) -> list[Entry]:
    """Return what was done to `subject` ("kind:key"), newest first."""
    return list(Entry.objects.filter(subject=subject).order_by("-seq"))
