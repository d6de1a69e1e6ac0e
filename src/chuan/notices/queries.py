"""Reading notices: always those of one recipient."""

from django.db.models import QuerySet

from chuan.notices.models import Notice, WithoutMail


def notices_of(recipient: str, *, unread_only: bool = False) -> QuerySet[Notice]:
    """Return the notices of `recipient` ("account:name")."""
    rows = Notice.objects.filter(recipient=recipient)
    return rows.filter(read_at__isnull=True) if unread_only else rows


def unread_count(recipient: str) -> int:
    """Return how many notices of `recipient` are unread."""
    return notices_of(recipient, unread_only=True).count()


def wants_mail(recipient: str) -> bool:
    """Return whether `recipient` also wants notices by e-mail: yes until told otherwise."""
    return not WithoutMail.objects.filter(recipient=recipient).exists()
