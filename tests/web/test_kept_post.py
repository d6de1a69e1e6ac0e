"""A laptop that slept: what is posted after the session ended is kept, and written once after signing in."""

from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from chuan.web.kit.kept import LAST_ACCOUNT

from ..cast import PASSWORD, Cast, Player
from ..quality.dossier_stage import dossier

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"
STEP = "/xu-ly/hosomo/buoc/"
POSTED = {"step": "1", "key": "ngu-trua", "seen": "2", "note": "Xin xem <b>bản vẽ</b>"}


def asleep(player: Player) -> Client:
    """Return the browser of a player whose session has run out."""
    client = Client()
    client.force_login(player.account)
    client.get("/")
    del client.cookies[settings.SESSION_COOKIE_NAME]
    return client


def test_what_was_posted_after_the_session_ended_is_shown_after_signing_in_and_written_once(cast: Cast) -> None:
    client = asleep(cast.an)
    answer = client.post(STEP, POSTED)
    assert answer.headers["Location"] == f"{LOGIN}?next=%2Fgui-tiep%2F"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Việc bạn vừa gửi được giữ lại" in page
    signed_in = client.post(LOGIN, {"login": "an", "password": PASSWORD, "next": "/gui-tiep/"})
    assert signed_in.headers["Location"] == "/gui-tiep/"
    page = client.get("/gui-tiep/").content.decode()
    assert f'action="{STEP}"' in page
    assert "<li>Xin xem &lt;b&gt;bản vẽ&lt;/b&gt;</li>" in page
    assert dossier("hosomo").act_count == 2, "nothing was written yet"
    for _again in range(2):
        assert client.post(STEP, POSTED).status_code == 302
    assert dossier("hosomo").act_count == 3
    assert client.get("/gui-tiep/").headers["Location"] == "/", "it was sent: nothing waits any more"


def test_another_who_signs_in_at_the_same_computer_does_not_see_it(cast: Cast) -> None:
    client = asleep(cast.an)
    client.post(STEP, POSTED)
    client.post(LOGIN, {"login": "binh", "password": PASSWORD})
    assert client.get("/gui-tiep/").headers["Location"] == "/"


@pytest.mark.parametrize("why", ["forged", "never signed in", "a piece of a page", "a file", "too long"])
def test_what_cannot_wait_leads_to_signing_in_as_ever(cast: Cast, why: str) -> None:
    client = Client() if why == "never signed in" else asleep(cast.an)
    if why == "forged":
        client.cookies[LAST_ACCOUNT] = f"{cast.an.account.pk}:khong-phai-chu-ky"
    more: dict[str, dict[str, Any]] = {"a file": {"tep": StringIO("x")}, "too long": {"note": "x" * 60_000}}
    fields = {**POSTED, **more.get(why, {})}
    headers = {"Referer": "http://testserver/xu-ly/hosomo/?muc=1"}
    answer = client.post(STEP, fields, headers=headers | ({"HX-Request": "true"} if why == "a piece of a page" else {}))
    back = "%2Fxu-ly%2Fhosomo%2F%3Fmuc%3D1"
    assert answer.headers["Location"] == f"{LOGIN}?next={back}", (
        "the page it came from, never an address only posted to"
    )
    client.force_login(cast.an.account)
    assert client.get("/gui-tiep/").headers["Location"] == "/"


def test_a_page_of_elsewhere_is_not_gone_back_to(cast: Cast) -> None:
    answer = Client().post(STEP, POSTED, headers={"Referer": "https://example.org/xau"})
    assert answer.headers["Location"] == f"{LOGIN}?next=%2F"
