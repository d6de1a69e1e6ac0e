"""Tokens by which a system pushes into a source: made, shown once, known again, revoked.

A token reads "chuan_KEY_SECRET": the key finds the row, the secret (256 random bits) proves it. Only its digest is
kept; of so long a secret a plain SHA-256 is enough, nobody can try them all.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.analytics.logs.by_hand import refuse_living
from chuan.analytics.logs.models import LogSource, PushToken
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.models import KEY_LENGTH
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

MOST_TOKENS = 20
_BEGINS, _SECRET_BYTES = "chuan", 32
_NOTED_EVERY = timedelta(minutes=1)


class TooManyTokens(Refusal):
    """A source has as many tokens as it can have."""

    def __str__(self) -> str:
        return _("Nguồn đã có %(most)s mã gửi đang dùng. Hãy thu hồi mã không dùng nữa trước.") % {"most": MOST_TOKENS}


def make_token(source: LogSource, *, name: str, by: Actor, at: datetime) -> tuple[PushToken, str]:
    """Make a token of `source`; return its row and the token itself, which nobody can be told again. Raises
    NotByHand, TooManyTokens."""
    require(by, Permission.IMPORT_LOG, source.agency)
    refuse_living(source)
    if PushToken.objects.within(source.agency).filter(source=source, revoked_at__isnull=True).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        token = PushToken(source=source, name=clean(name), digest=_digest(secret)).put(by=by, at=at)
        record("push_token.make", by=by, at=at, subject=token, facts={"source": source.key})
    return token, f"{_BEGINS}_{token.key}_{secret}"


def revoke_token(token: PushToken, *, by: Actor, at: datetime) -> None:
    """Let `token` open nothing any more; revoked again it stays as it is."""
    require(by, Permission.IMPORT_LOG, token.source.agency)
    if token.revoked_at is not None:
        return
    with transaction.atomic():
        token.change(revoked_at=at)
        record("push_token.revoke", by=by, at=at, subject=token, facts={"source": token.source.key})


def known_token(shown: str) -> PushToken | None:
    """Return the token that is in force and reads `shown`; the time that this takes tells nothing about a secret."""
    begins, _dash, rest = shown.partition("_")
    key, _dash, secret = rest.partition("_")
    if begins != _BEGINS or len(key) != KEY_LENGTH:
        return None
    rows = PushToken.objects.everywhere(reason="a machine at the door: its token says for which source it speaks")
    token = rows.select_related("source__agency").filter(key=key).first()
    is_right = hmac.compare_digest(token.digest if token else _digest(""), _digest(secret))
    return token if token and is_right and token.revoked_at is None else None


def note_use(token: PushToken, *, at: datetime) -> None:
    """Write down that `token` was used, at most once a minute."""
    if token.used_at is None or at - token.used_at >= _NOTED_EVERY:
        PushToken.objects.within(token.source.agency).filter(pk=token.pk).update(used_at=at)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
