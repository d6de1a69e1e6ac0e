"""While a demo fills, its pages say how far it is; a failed filling says how to go on; a full demo says nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chuan.config.serving.prepare import ask_for_demo
from chuan.jobs.models import Run, State
from chuan.jobs.queries import DEMO_RUN

pytestmark = pytest.mark.django_db
PART = "/nap-du-lieu-mau/"


@pytest.fixture
def filling(settings: Any) -> Run:
    """A demo with 8.200 of its 19.900 dossiers."""
    settings.DEMO = True
    now = timezone.now()
    facts = {"state": State.RUNNING, "lease_until": now, "stage": "hồ sơ", "done": 8200, "total": 19900}
    return Run.objects.create(key=DEMO_RUN, name=DEMO_RUN, asked_at=now, **facts)


def test_every_page_says_how_far_the_filling_is(filling: Run, signed_in: Callable[[str], Client]) -> None:
    said = "Đang nạp dữ liệu mẫu: 8.200 / 19.900 hồ sơ"
    for client, address in ((signed_in("an"), "/"), (Client(), "/tai-khoan/login/"), (Client(), PART)):
        assert said in client.get(address).content.decode()


def test_an_empty_list_says_that_it_may_still_be_filled(filling: Run, signed_in: Callable[[str], Client]) -> None:
    address = "/tim/?q=khong+co+gi+nhu+vay"
    assert "đang được nạp, nên phần này còn có thể trống" in signed_in("an").get(address).content.decode()


def test_a_full_demo_shows_no_filling_and_the_waiting_page_offers_itself_again(
    filling: Run, signed_in: Callable[[str], Client]
) -> None:
    Run.objects.update(state=State.DONE, finished_at=timezone.now())
    assert "dữ liệu mẫu" not in signed_in("an").get("/").content.decode()
    part = Client().get(PART, headers={"HX-Current-URL": "http://testserver/quy-trinh/"}).content.decode()
    assert "Đã nạp đủ dữ liệu mẫu." in part
    assert 'href="http://testserver/quy-trinh/"' in part
    assert "hx-get" not in part
    elsewhere = Client().get(PART, headers={"HX-Current-URL": "https://elsewhere.example/"}).content.decode()
    assert 'href="/"' in elsewhere


def test_a_failed_filling_says_why_and_how_to_go_on(filling: Run, signed_in: Callable[[str], Client]) -> None:
    Run.objects.update(state=State.FAILED, failure="Hết chỗ trên đĩa.", finished_at=timezone.now())
    page = signed_in("an").get("/").content.decode()
    assert "Chưa nạp đủ dữ liệu mẫu: Hết chỗ trên đĩa." in page
    assert "python3 run.py demo" in page


def test_stopping_the_server_while_it_fills_never_counts_as_a_failure(filling: Run) -> None:
    Run.objects.update(attempts=3)
    assert ask_for_demo().pk == filling.pk
    filling.refresh_from_db()
    assert filling.attempts == 0


def test_real_data_have_no_such_page(settings: Any) -> None:
    assert Client().get(PART).status_code == 404
