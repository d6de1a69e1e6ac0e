"""Telling people something: in the application, and by e-mail where the kind and the person want it."""

from datetime import datetime

from django.db import transaction

from chuan.notices.kinds import KINDS
from chuan.notices.models import Mail, Notice


def notify(
    *, kind: str, recipient: str, key: str, at: datetime, text: str = "", link: str = "", address: str = ""
) -> Notice:
    """Write a notice to `recipient` ("account:name"), and an e-mail into the outbox if there is an `address`.

    Both stand or fall with the transaction around. The same `key` and recipient is the same message and is written
    once. `text` may name the matter; e-mail carries neither text nor names, only the fixed subject and the link.
    An unknown kind is a defect of ours (KeyError).
    """
    told = KINDS[kind]
    whole_key = f"{key}→{recipient}"
    with transaction.atomic():
        notice, is_new = Notice.objects.get_or_create(
            key=whole_key,
            defaults={"recipient": recipient, "kind": kind, "text": text, "link": link, "created_at": at},
        )
        if is_new and address and told.by_mail:
            Mail.objects.create(key=whole_key, address=address, kind=kind, link=link, created_at=at, due_at=at)
    return notice


def mark_read(*, recipient: str, at: datetime, notice: int | None = None) -> int:
    """Mark one notice of `recipient`, or all, as read; return how many changed. Another's notice is not found."""
    unread = Notice.objects.filter(recipient=recipient, read_at__isnull=True)
    if notice is not None:
        unread = unread.filter(pk=notice)
    return unread.update(read_at=at)
