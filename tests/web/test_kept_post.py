"""A laptop that slept: what is posted after the session ended is kept, and written once after signing in."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ..cast import NOW, PASSWORD, Cast, Player
from ..quality.dossier_stage import dossier

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"
STEP = "/xu-ly/hosomo/buoc/"
POSTED = {"step": "1", "key": "ngu-trua", "seen": "2", "note": "Xin xem <b>bản vẽ</b>"}


def asleep(player: Player) -> Client:
    """Return the browser of a player whose session has run out."""
    client = Client()
    client.force_login(player.account)
    Session.objects.update(expire_date=NOW - timedelta(minutes=1))
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


@pytest.mark.parametrize("why", ["signed out", "never signed in", "a piece of a page", "a file", "too long"])
def test_what_cannot_wait_leads_to_signing_in_as_ever(cast: Cast, why: str) -> None:
    client = Client() if why == "never signed in" else asleep(cast.an)
    if why == "signed out":
        client.logout()
    fields: dict[str, object] = dict(POSTED)
    fields |= {"a file": {"tep": StringIO("x")}, "too long": {"note": "x" * 60_000}}.get(why, {})
    answer = client.post(STEP, fields, headers={"HX-Request": "true"} if why == "a piece of a page" else {})
    assert answer.headers["Location"] == f"{LOGIN}?next={STEP}"
    client.force_login(cast.an.account)
    assert client.get("/gui-tiep/").headers["Location"] == "/"
