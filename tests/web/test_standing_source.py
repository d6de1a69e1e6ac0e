"""The page of a source: its tokens are made, shown once and revoked; its folder is watched or not."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from chuan.analytics.logs.folder import folder_of
from chuan.analytics.logs.models import LogUpload, PushToken
from chuan.analytics.logs.tokens import MOST_TOKENS, make_token
from chuan.trail.models import Entry

from ..analytics.world import BY, World, world
from ..cast import NOW, Cast
from .looking import text
from .pushing import Sender, event

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


@pytest.fixture
def here(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return world(cast)


def push(shown: str, dossier: str = "H1") -> int:
    headers = {"Authorization": f"Bearer {shown}"}
    body = json.dumps([event(dossier)])
    return Client().post("/api/v1/su-kien", body, content_type="application/json", headers=headers).status_code


def test_a_token_is_shown_once_works_and_is_revoked(here: World, signed_in: SignedIn) -> None:
    client, page = signed_in("an"), reverse("log_source", args=[here.source.key])
    make = reverse("make_push_token", args=[here.source.key])
    assert make in text(client, page)
    answer = client.post(make, {"name": "Một cửa tỉnh"})
    once = unescape(answer.content.decode())
    shown = re.findall(r"chuan_[\w-]+", once)[0]
    assert "no-store" in answer["Cache-Control"]
    assert f'curl -X POST http://testserver/api/v1/su-kien \\\n  -H "Authorization: Bearer {shown}"' in once
    assert push(shown) == 200
    listed = text(client, page)
    assert "Một cửa tỉnh" in listed
    assert shown not in listed
    assert "Sự kiện nhận ngày 16/11/2026" in listed
    token = PushToken.objects.within(here.agency).get()
    client.post(reverse("revoke_push_token", args=[token.key]))
    assert (push(shown), "Đã thu hồi" in text(client, page)) == (401, True)
    actions = list(Entry.objects.filter(subject=token.ref).order_by("seq").values_list("action", flat=True))
    assert actions == ["push_token.make", "push_token.revoke"]
    client.post(reverse("revoke_push_token", args=[token.key]))
    assert Entry.objects.filter(subject=token.ref).count() == 2, "revoked again it stays as it is"


def test_two_tokens_in_force_never_have_one_name_and_there_is_an_end_to_them(here: World, signed_in: SignedIn) -> None:
    client, make = signed_in("an"), reverse("make_push_token", args=[here.source.key])
    client.post(make, {"name": "Một cửa"})
    again = client.post(make, {"name": "Một cửa"})
    assert (again.status_code, "đã có mã gửi mang tên này" in unescape(again.content.decode())) == (422, True)
    for number in range(MOST_TOKENS - 1):
        make_token(here.source, name=f"Mã {number}", by=BY, at=NOW)
    assert client.post(make, {"name": "Thêm"}).status_code == 422
    for token in PushToken.objects.within(here.agency):
        client.post(reverse("revoke_push_token", args=[token.key]))
    assert client.post(make, {"name": "Một cửa"}).status_code == 200


def test_a_folder_is_watched_and_no_longer(here: World, signed_in: SignedIn) -> None:
    client, page = signed_in("an"), reverse("log_source", args=[here.source.key])
    watch = reverse("watch_log_source", args=[here.source.key])
    client.post(watch)
    assert str(folder_of(here.source)) in text(client, page)
    assert folder_of(here.source).is_dir()
    client.post(watch, {"dung": "1"})
    assert str(folder_of(here.source)) not in text(client, page)


def test_nobody_makes_revokes_or_watches_for_another_agency(here: World, signed_in: SignedIn) -> None:
    token, _shown = make_token(here.source, name="Một cửa", by=BY, at=NOW)
    addresses = [reverse(name, args=[here.source.key]) for name in ("make_push_token", "watch_log_source")]
    addresses.append(reverse("revoke_push_token", args=[token.key]))
    for member, status in (("chi", 404), ("binh", 403), ("dung", 403), ("khanh", 403)):
        answers = [signed_in(member).post(address, {"name": "x"}).status_code for address in addresses]
        assert answers == [status] * 3, member
    assert [Client().post(address).status_code for address in addresses] == [302] * 3
    token.refresh_from_db()
    here.source.refresh_from_db()
    assert (token.revoked_at, here.source.watches_folder) == (None, False)


def test_the_page_of_a_day_says_what_came_and_what_was_refused(here: World, signed_in: SignedIn) -> None:
    sender = Sender(here.source)
    sender.push([event(), event("H2", activity="Việc lạ"), event("H3", status="bận"), event("H4", at="hôm qua")])
    day = LogUpload.objects.within(here.agency).get()
    page = text(signed_in("an"), reverse("log_upload", args=[day.key]))
    assert "Không biết trạng thái này" in page
    assert re.search(r'<p class="what">Sự kiện không nhận</p><p class="value">2<', page)
    assert "chưa khớp bước nào của quy trình: 1." in page
    assert "Rút những gì nhận trong ngày" in page
    assert reverse("withdraw_upload", args=[day.key]) in page


def test_the_page_of_a_source_costs_the_same_with_many_days(
    here: World, signed_in: SignedIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(15):
        make_token(here.source, name=f"Mã {number}", by=BY, at=NOW)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]  # a context manager
        assert signed_in("an").get(reverse("log_source", args=[here.source.key])).status_code == 200
