"""Background work: e-mail that waits in the outbox goes out."""

from django.utils import timezone

from chuan.notices.outbox import send_waiting


def send(progress: object = None) -> None:
    """Send what is due. Runs every minute; also when nothing waits."""
    send_waiting(at=timezone.now())
