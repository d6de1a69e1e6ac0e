"""Accounts and sign-in: opened by the administrator, guarded by Argon2, limits and second factors."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from chuan.config import settings as shipped
from chuan.kernel.errors import NotAllowed
from chuan.organisations.people.accounts import (
    close_account,
    one_time_password,
    open_account,
    reopen_account,
    reset_password,
    reset_second_factor,
)
from chuan.organisations.people.actions import add_person
from chuan.organisations.people.models import Account, Person
from chuan.organisations.people.passwords import LengthBySecondFactor

from ..cast import NOW, PASSWORD, Cast

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/login/"


def attempt(client: Client, username: str, password: str) -> int:
    return client.post(SIGN_IN, {"login": username, "password": password}).status_code


def test_passwords_are_hashed_with_argon2() -> None:
    with override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS):
        assert make_password("x").startswith("argon2$")


def test_each_of_the_cast_signs_in_with_name_and_password(cast: Cast, client: Client) -> None:
    assert attempt(client, "AN", PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(cast.an.account.pk)


def test_a_closed_account_does_not_sign_in_until_it_is_opened_again(cast: Cast, client: Client) -> None:
    close_account(cast.an.account, by=cast.khanh.actor, at=NOW)
    attempt(client, "an", PASSWORD)
    assert "_auth_user_id" not in client.session
    reopen_account(cast.an.account, by=cast.khanh.actor, at=NOW)
    attempt(client, "an", PASSWORD)
    assert "_auth_user_id" in client.session


def test_after_five_wrong_passwords_the_right_one_is_refused_too(cast: Cast, client: Client) -> None:
    cache.clear()
    for _ in range(5):
        attempt(client, "an", "sai-mat-khau-roi")
    attempt(client, "an", PASSWORD)
    assert "_auth_user_id" not in client.session
    assert attempt(Client(), "chi", PASSWORD) == 302
    cache.clear()


def test_nobody_signs_himself_up(client: Client) -> None:
    before = Account.objects.count()
    facts = {"username": "ke-la", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/tai-khoan/signup/", facts).status_code in (200, 403, 404)
    assert Account.objects.count() == before


def test_only_the_administrator_opens_and_resets_accounts(cast: Cast) -> None:
    new = add_person(Person(agency=cast.an.agency, staff_code="CC-9", full_name="Mới"), by=cast.giang.actor, at=NOW)
    with pytest.raises(NotAllowed):
        open_account(new, username="moi", password=PASSWORD, by=cast.giang.actor, at=NOW)
    account = open_account(new, username=" Moi ", password=PASSWORD, by=cast.khanh.actor, at=NOW)
    assert (account.username, account.must_change_password) == ("moi", True)
    for name in ("an", "giang", "ha", "chi", "dung"):
        with pytest.raises(NotAllowed):
            reset_password(account, by=getattr(cast, name).actor, at=NOW)
        with pytest.raises(NotAllowed):
            reset_second_factor(account, by=getattr(cast, name).actor, at=NOW)


def test_a_reset_password_replaces_the_old_one_and_ends_the_sessions(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("an")
    attempt(client, "an", PASSWORD)
    password = reset_password(cast.an.account, by=cast.khanh.actor, at=NOW)
    account = Account.objects.get(username="an")
    assert account.check_password(password)
    assert not account.check_password(PASSWORD)
    assert account.must_change_password


def test_a_lost_second_factor_is_removed(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.an.account, type="totp", data={"secret": "x"})
    assert reset_second_factor(cast.an.account, by=cast.khanh.actor, at=NOW) == 1
    assert not Authenticator.objects.filter(user=cast.an.account).exists()


def test_a_password_needs_14_signs_or_8_beside_a_second_factor(cast: Cast) -> None:
    rule = LengthBySecondFactor()
    with pytest.raises(ValidationError, match="14"):
        rule.validate("x" * 13, cast.an.account)
    rule.validate("x" * 14, cast.an.account)
    Authenticator.objects.create(user=cast.an.account, type="totp", data={"secret": "x"})
    rule.validate("x" * 8, cast.an.account)
    with pytest.raises(ValidationError, match="8"):
        rule.validate("x" * 7, cast.an.account)


def test_a_weak_password_opens_no_account(cast: Cast) -> None:
    new = add_person(Person(agency=cast.an.agency, staff_code="CC-9", full_name="Mới"), by=cast.giang.actor, at=NOW)
    with pytest.raises(ValidationError):
        open_account(new, username="moi", password="12345678901234567", by=cast.khanh.actor, at=NOW)
    assert not Account.objects.filter(username="moi").exists()


def test_one_time_passwords_are_long_and_never_the_same() -> None:
    passwords = {one_time_password() for _ in range(50)}
    assert len(passwords) == 50
    assert {len(password) for password in passwords} == {23}


def test_the_limits_count_in_a_cache_that_all_workers_share() -> None:
    assert shipped.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_the_list_says_who_has_a_second_factor(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    Authenticator.objects.create(user=cast.an.account, type="totp", data={"secret": "x"})
    page = signed_in("khanh").get("/dang-nhap/").content.decode()
    assert page.count('<span class="state done">Có</span>') == 1
