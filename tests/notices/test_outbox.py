"""Notices and their e-mail: written with the act, sent afterwards, never lost, no personal data outside."""

import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction

from chuan.notices import kinds
from chuan.notices.actions import mark_read, notify
from chuan.notices.models import Mail, Notice
from chuan.notices.outbox import ATTEMPTS, send_waiting
from chuan.notices.queries import notices_of, unread_count

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TO_AN: dict[str, Any] = {
    "kind": "procedures.review",
    "to": {"account:an": ""},
    "key": "procedure:7/review",
    "text": "Quy trình QT-07 do Nguyễn Văn Bình soạn",
    "link": "/quy-trinh/7/",
    "at": AT,
}
MAILED = TO_AN | {"to": {"account:an": "an@chuan.example"}}


def test_a_notice_is_seen_by_its_recipient_only_until_it_is_read() -> None:
    notify(**TO_AN)
    notice = notices_of("account:an").get()
    assert not notices_of("account:binh").exists()
    assert mark_read(recipient="account:binh", at=AT, notice=notice.pk) == 0
    assert unread_count("account:an") == 1
    assert mark_read(recipient="account:an", at=AT) == 1
    assert unread_count("account:an") == 0


def test_the_same_message_is_written_and_mailed_once() -> None:
    notify(**MAILED)
    notify(**MAILED)
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)
    assert send_waiting(at=AT) == 1
    assert send_waiting(at=AT + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_an_act_that_fails_leaves_no_notice_and_no_mail() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(**MAILED)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


def test_mail_carries_the_fixed_subject_and_the_link_and_nothing_about_people(settings: Any) -> None:
    settings.SITE_ADDRESS = "https://chuan.example"
    notify(**MAILED)
    send_waiting(at=AT)
    letter = mail.outbox[0]
    assert letter.subject == "Có quy trình chờ anh/chị xem xét"
    assert "https://chuan.example/quy-trinh/7/" in letter.body
    assert "Bình" not in letter.subject + letter.body
    assert Mail.objects.get().address == ""


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.code)
def test_no_subject_has_a_place_to_fill(kind: kinds.Kind) -> None:
    assert not set(str(kind.subject)) & set("{}%")


def test_mail_that_could_not_be_sent_is_tried_later_and_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise smtplib.SMTPServerDisconnected

    notify(**MAILED)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse)
        assert send_waiting(at=AT) == 0
        first_pause = Mail.objects.get().due_at - AT
        assert send_waiting(at=AT + first_pause) == 0
        assert Mail.objects.get().due_at - (AT + first_pause) > first_pause
    assert Mail.objects.get().problem == "SMTPServerDisconnected"
    assert send_waiting(at=AT + timedelta(days=1)) == 1


def test_mail_taken_by_a_server_that_was_killed_goes_out_later_with_the_same_message_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notify(**MAILED)

    class Killed(BaseException):
        pass

    real_send, sent = EmailMessage.send, []

    def send_and_die(self: EmailMessage, fail_silently: bool = False) -> int:
        sent.append(self.extra_headers["Message-ID"])
        real_send(self)
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", send_and_die)
        with pytest.raises(Killed):
            send_waiting(at=AT)
    assert send_waiting(at=AT + timedelta(minutes=1)) == 0  # still in the killed one's hands
    assert send_waiting(at=AT + timedelta(minutes=6)) == 1
    assert {letter.extra_headers["Message-ID"] for letter in mail.outbox} == set(sent)


def test_an_address_that_never_works_is_given_up() -> None:
    notify(**MAILED)
    Mail.objects.update(attempts=ATTEMPTS)
    assert send_waiting(at=AT + timedelta(days=30)) == 0
