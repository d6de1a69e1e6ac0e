"""Reading notices: always those of one recipient."""

from chuan.notices.models import Notice


def newest(recipient: str, count: int = 50) -> list[Notice]:
    """Return the newest notices of `recipient` ("account:name"), newest first."""
    return list(Notice.objects.filter(recipient=recipient).order_by("-created_at", "-pk")[:count])


def unread_count(recipient: str) -> int:
    """Return how many notices of `recipient` are unread."""
    return Notice.objects.filter(recipient=recipient, read_at__isnull=True).count()
