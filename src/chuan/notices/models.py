"""Tables of notices: what people see in the application, and the outbox of e-mail.

Recipients are known by their lasting name ("account:an.tran"), without foreign keys: this floor knows nobody.
"""

from typing import ClassVar

from django.db import models


class Notice(models.Model):
    """One message to one person, shown in the application. Written with the act that it tells of."""

    personal_data: ClassVar[str | None] = "the account name of the recipient; the text names matters, not citizens"
    unscoped: ClassVar[str] = "read only through notices.queries, which takes the recipient"

    key = models.CharField(max_length=200, unique=True)  # the same message is never written twice
    recipient = models.CharField(max_length=100)
    kind = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)  # a path of this site: "/ho-so/12/"
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notices_of_recipient")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"


class Mail(models.Model):
    """One e-mail on its way. Written with the act that it tells of, sent afterwards, kept until it was sent."""

    personal_data: ClassVar[str | None] = "the e-mail address of the recipient, emptied once the mail was sent"
    unscoped: ClassVar[str] = "read only by the job that sends"

    key = models.CharField(max_length=200, unique=True)
    address = models.EmailField(blank=True)
    kind = models.CharField(max_length=50)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)  # not tried before
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=False) | ~models.Q(address=""),
                name="notices_mail_waiting_has_an_address",
                violation_error_message="Thư chưa gửi phải có địa chỉ người nhận.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({'sent' if self.sent_at else 'waiting'})"


class WithoutMail(models.Model):
    """Somebody who wants no e-mail: he reads notices in the application alone."""

    personal_data: ClassVar[str | None] = "the account name of who wants no e-mail"
    unscoped: ClassVar[str] = "read only through notices.queries, which takes the recipient"

    recipient = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.recipient
