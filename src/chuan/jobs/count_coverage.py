"""Background work: the coverage of every agency is counted again where it has changed, and for each new day."""

from django.utils import timezone

from chuan.quality.procedures.coverages import count_again


def count(progress: object = None) -> None:
    """Count what is outdated. Safe to repeat and to be cut off: what is not counted yet is counted by who asks."""
    count_again(timezone.localdate())
