"""The table of the trail: one row per thing that was done, each sealed with the hash of the row before.

No foreign keys: a trail that depends on living rows could not outlive them. The database refuses UPDATE, DELETE and
TRUNCATE, and rows that do not continue the chain (triggers in migration 0001).
"""

from typing import ClassVar

from django.db import models

NO_HASH = "0" * 64


class Entry(models.Model):
    """One thing that was done: when, by whom, on what, with which facts. Written by `trail.record`, never changed."""

    personal_data: ClassVar[str | None] = "the account name of who acted; facts carry keys, not names or id numbers"
    unscoped: ClassVar[str] = "read only by `chuan trail` and by pages behind SEE_TRAIL, through trail.queries"

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=100)
    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=150, db_index=True)
    facts = models.TextField()  # canonical JSON: text, so that both databases give back the same bytes
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject}"
