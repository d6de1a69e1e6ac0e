"""Writes: accounts of people, and what an administrator does without e-mail when somebody cannot sign in."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.people.models import Account, Person
from chuan.organisations.people.notices import tell
from chuan.rules.authority import Permission
from chuan.trail.actions import record

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def one_time_password() -> str:
    """Return a password to be read out and changed at the first sign-in: four groups of five signs."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))


def open_account(
    person: Person, *, username: str, password: str, by: Actor, at: datetime, must_change: bool = True
) -> Account:
    """Open the account of `person`. Raises ValidationError for a bad name or password."""
    require(by, Permission.MANAGE_ACCOUNTS, person.agency)
    account = Account(person=person, username=username.strip().lower(), must_change_password=must_change, opened_at=at)
    validate_password(password, account)
    account.set_password(password)
    with transaction.atomic():
        account.full_clean()
        account.save(force_insert=True)
        record("account.open", by=by, at=at, subject=account, facts={"person": person.key})
    return account


def reset_password(account: Account, *, by: Actor, at: datetime) -> str:
    """Give `account` a new one-time password and end its sessions; return the password, which is kept nowhere."""
    require(by, Permission.MANAGE_ACCOUNTS, account.person.agency)
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    with transaction.atomic():
        account.save(update_fields=["password", "must_change_password"])
        record("account.reset_password", by=by, at=at, subject=account)
        _tell(account, "password", by=by, at=at)
    end_sessions(account)
    return password


def reset_second_factor(account: Account, *, by: Actor, at: datetime) -> int:
    """Remove the second factors of `account` (lost telephone); return how many there were."""
    require(by, Permission.MANAGE_ACCOUNTS, account.person.agency)
    with transaction.atomic():
        count, _ = Authenticator.objects.filter(user=account).delete()
        record("account.reset_second_factor", by=by, at=at, subject=account, facts={"removed": count})
        _tell(account, "second_factor", by=by, at=at)
    end_sessions(account)
    return int(count)


def _tell(account: Account, what: str, *, by: Actor, at: datetime) -> None:
    if account.pk != by.account_id:
        tell([account], "account.reset", event=f"{what}:{at.isoformat()}", at=at)


def close_account(account: Account, *, by: Actor, at: datetime) -> Account:
    """Let `account` sign in no more; it stays in the history."""
    require(by, Permission.MANAGE_ACCOUNTS, account.person.agency)
    account.is_active = False
    with transaction.atomic():
        account.save(update_fields=["is_active"])
        record("account.close", by=by, at=at, subject=account)
    end_sessions(account)
    return account


def reopen_account(account: Account, *, by: Actor, at: datetime) -> Account:
    """Let a closed account sign in again."""
    require(by, Permission.MANAGE_ACCOUNTS, account.person.agency)
    account.is_active = True
    with transaction.atomic():
        account.save(update_fields=["is_active"])
        record("account.reopen", by=by, at=at, subject=account)
    return account


def end_sessions(account: Account) -> None:
    """End every session of `account`, on all devices."""
    for session in UserSession.objects.filter(user=account):
        session.end()
