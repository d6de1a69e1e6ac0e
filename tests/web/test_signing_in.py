"""Signing in: password, one-time password, second factor, sessions, the demo's one click."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from chuan.organisations.people import accounts

from ..cast import NOW, PASSWORD, Cast

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"
NEW_PASSWORD = "mot-cau-rieng-cua-toi-2026"


@pytest.fixture(autouse=True)
def _limits_start_empty() -> None:
    cache.clear()


def sign_in(client: Client, name: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"login": name, "password": password}).status_code


def test_the_right_password_leads_home(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "an") == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_is_refused_in_vietnamese_beside_the_form(cast: Cast) -> None:
    answer = Client().post(LOGIN, {"login": "an", "password": "khong-dung"})
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.content.decode()


def test_guessing_is_stopped_after_five_failures(cast: Cast) -> None:
    client = Client()
    pages = [client.post(LOGIN, {"login": "an", "password": f"doan-{n}"}).content.decode() for n in range(6)]
    assert "Sai quá nhiều lần" in pages[-1]
    assert "Sai quá nhiều lần" not in pages[4]


def test_a_flood_of_attempts_gets_the_page_for_too_many_requests(cast: Cast) -> None:
    client = Client()
    answers = [client.post(LOGIN, {"login": f"ai-{n}", "password": "x"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Thao tác quá nhanh" in answers[-1].content.decode()


def test_a_one_time_password_must_be_changed_before_anything_else(cast: Cast) -> None:
    one_time = accounts.reset_password(cast.an.account, by=cast.khanh.actor, at=NOW)
    client = Client()
    sign_in(client, "an", one_time)
    assert client.get("/").headers["Location"] == "/tai-khoan/password/change/"
    change = {"oldpassword": one_time, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/tai-khoan/password/change/", change).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert not cast.an.account.must_change_password


def test_with_a_second_factor_the_password_alone_does_not_sign_in(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.an.account, secret)
    client = Client()
    client.post(LOGIN, {"login": "an", "password": PASSWORD})
    assert client.get("/").status_code == 302
    client.post("/tai-khoan/2fa/authenticate/", {"code": f"{hotp_value(secret, int(time.time()) // 30):06}"})
    assert client.get("/").status_code == 200


def test_one_can_sign_out_everywhere_else(cast: Cast) -> None:
    here, there = Client(), Client()
    sign_in(here, "an"), sign_in(there, "an")
    here.post("/tai-khoan/sessions/")
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


WINDOWS, KIT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64", "AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = {
    f"{WINDOWS}) {KIT} Chrome/142.0.0.0 Safari/537.36": "Chrome trên Windows",
    f"{WINDOWS}) {KIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0": "Edge trên Windows",
    f"{WINDOWS}; rv:145.0) Gecko/20100101 Firefox/145.0": "Firefox trên Windows",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {KIT} Version/18.1 Safari/604.1": "Safari trên iPhone",
    f"Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/142.0.0.0 Mobile Safari/537.36": "Chrome trên Android",
    f"Mozilla/5.0 (X11; Linux x86_64) {KIT} HeadlessChrome/142.0.0.0 Safari/537.36": "Chrome trên Linux",
    "curl/8.5.0": "Trình duyệt chưa rõ",
}


@pytest.mark.parametrize(("agent", "words"), AGENTS.items())
def test_where_one_is_signed_in_is_said_in_words(agent: str, words: str, cast: Cast) -> None:
    client = Client(headers={"user-agent": agent})
    sign_in(client, "an")
    page = client.get("/tai-khoan/sessions/").content.decode()
    assert f"<td>{words}</td>" in page
    assert agent not in page


@pytest.mark.parametrize("address", ["signup/", "password/reset/", "email/"])
def test_nobody_signs_himself_up_or_resets_by_mail(address: str, cast: Cast) -> None:
    assert Client().get(f"/tai-khoan/{address}").status_code == 404


def test_a_demo_offers_each_account_with_one_click(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    assert "Vào xem với tên Đỗ Kim Chi" in client.get(LOGIN).content.decode()
    assert client.post("/vao-thu/", {"account": "chi"}).headers["Location"] == "/"
    assert "UBND xã Đông Hạ" in client.get("/").content.decode()


def test_outside_a_demo_there_is_no_one_click(cast: Cast) -> None:
    client = Client()
    assert "Vào xem" not in client.get(LOGIN).content.decode()
    assert client.post("/vao-thu/", {"account": "chi"}).status_code == 404


def test_adding_a_second_factor_asks_for_the_password_again_and_draws_the_code(
    signed_in: Callable[[str], Client],
) -> None:
    client = signed_in("giang")
    asked = client.get("/tai-khoan/2fa/totp/activate/").headers["Location"]
    assert asked.startswith("/tai-khoan/reauthenticate/")
    page = client.post(asked, {"password": PASSWORD}, follow=True).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "quét hình dưới đây" in page
