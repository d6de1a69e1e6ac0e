"""Telling people something: in the application, and by e-mail where the kind and the person want it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from chuan.notices.kinds import KINDS
from chuan.notices.models import Mail, Notice, WithoutMail


def notify(*, kind: str, to: Mapping[str, str], key: str, at: datetime, text: str = "", link: str = "") -> None:
    """Write a notice to each recipient of `to` ("account:name" -> address), and an e-mail where there is an address.

    All stand or fall with the transaction around. The same `key` and recipient is the same message and is written
    once. `text` may name the matter; e-mail carries neither text nor names, only the fixed subject and the link.
    An unknown kind is a defect of ours (KeyError).
    """
    keys = {recipient: f"{key}→{recipient}" for recipient in to}
    without = set(WithoutMail.objects.filter(recipient__in=to).values_list("recipient", flat=True))
    notices = [Notice(key=keys[one], recipient=one, kind=kind, text=text, link=link, created_at=at) for one in to]
    mails = [
        Mail(key=keys[one], address=address, kind=kind, link=link, created_at=at, due_at=at)
        for one, address in to.items()
        if address and KINDS[kind].by_mail and one not in without
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        Mail.objects.bulk_create(mails, ignore_conflicts=True)


def mark_read(*, recipient: str, at: datetime, notice: int | None = None) -> int:
    """Mark one notice of `recipient`, or all, as read; return how many changed. Another's notice is not found."""
    unread = Notice.objects.filter(recipient=recipient, read_at__isnull=True)
    if notice is not None:
        unread = unread.filter(pk=notice)
    return unread.update(read_at=at)


def want_mail(*, recipient: str, wanted: bool) -> None:
    """Keep whether `recipient` also wants e-mail. Safe to repeat."""
    if wanted:
        WithoutMail.objects.filter(recipient=recipient).delete()
    else:
        WithoutMail.objects.get_or_create(recipient=recipient)
