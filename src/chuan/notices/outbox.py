"""The outbox: mail is taken out in a short transaction, sent outside of it, and crossed out afterwards.

A crash between sending and crossing out sends it again later: at least once. The Message-ID is made from the key, so
mail programs recognise the copy.
"""

import hashlib
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from chuan.notices.kinds import KINDS
from chuan.notices.models import Mail

CHUNK = 50
ATTEMPTS = 12
_FIRST_PAUSE = timedelta(minutes=5)  # longer than one sending may last: a second worker keeps off meanwhile
_LONGEST_PAUSE = timedelta(hours=6)

log = structlog.get_logger(__name__)


def send_waiting(*, at: datetime) -> int:
    """Send up to CHUNK mails that are due `at`; return how many went out. What fails is tried ever more rarely."""
    return sum(_send(mail, at) for mail in _take(at))


def _take(at: datetime) -> list[Mail]:
    """Take due mails into our hands: nobody else tries them before the pause is over."""
    with transaction.atomic():
        due = Mail.objects.select_for_update().filter(sent_at__isnull=True, due_at__lte=at)
        mails = list(due.filter(attempts__lt=ATTEMPTS).order_by("due_at", "pk")[:CHUNK])
        for mail in mails:
            mail.due_at = at + min(_FIRST_PAUSE * 2**mail.attempts, _LONGEST_PAUSE)
            mail.attempts += 1
        Mail.objects.bulk_update(mails, ["due_at", "attempts"])
        return mails


def _send(mail: Mail, at: datetime) -> bool:
    try:
        _message(mail).send()
    except OSError as problem:  # smtplib's errors are OSErrors as well
        log.warning("mail_not_sent", mail=mail.pk, attempt=mail.attempts, problem=type(problem).__name__)
        Mail.objects.filter(pk=mail.pk).update(problem=type(problem).__name__)
        return False
    Mail.objects.filter(pk=mail.pk).update(sent_at=at, address="", problem="")
    return True


def _message(mail: Mail) -> EmailMessage:
    """The letter: a fixed subject, one sentence and the link; nothing about a person or a matter."""
    with translation.override(settings.LANGUAGE_CODE):
        body = _("Anh/chị có một thông báo mới trong Chuẩn. Mở để xem: %(link)s") % {
            "link": f"{settings.SITE_ADDRESS}{mail.link or '/'}"
        }
        identity = hashlib.sha256(mail.key.encode()).hexdigest()[:40]
        return EmailMessage(
            subject=str(KINDS[mail.kind].subject),
            body=body,
            to=[mail.address],
            headers={"Message-ID": f"<{identity}@chuan>"},
        )
