"""The source of living dossiers on the pages: it says why no file is handed in; its dossiers lead to their own page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from chuan.analytics.findings.actions import read_again
from chuan.analytics.logs.living_intake import take_in_living
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.quality.models import Procedure

from ..analytics.world import BY
from ..cast import NOW, Cast
from ..quality.dossier_stage import agency, at, dossier, received
from .looking import text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


@pytest.fixture
def source(cast: Cast) -> LogSource:
    received("khai", at(16), service="thutuc2")
    found = take_in_living(agency("thanhbinh"), by=BY, at=NOW)
    read_again(Procedure.objects.everywhere(reason="tests").get(key="qtxd03"), by=BY, at=NOW)
    return found


def logged(key: str) -> LoggedDossier:
    return LoggedDossier.objects.everywhere(reason="tests").get(source__living=True, code=dossier(key).code)


def test_its_page_says_why_no_file_is_handed_in_and_offers_none(source: LogSource, signed_in: SignedIn) -> None:
    client = signed_in("an")
    address = reverse("log_source", args=[source.key])
    assert "Nguồn này không nhận tệp" in text(client, address)
    assert "QT.XD.03" in text(client, address)
    main = client.get(address).content.decode().partition("<main")[2]
    assert "<form" not in main.partition("</main>")[0]
    assert address in client.get(reverse("log_sources")).content.decode()


def test_it_is_set_closed_and_watched_by_nobody(source: LogSource, signed_in: SignedIn) -> None:
    client = signed_in("an")
    for name in ("log_source_terms", "make_push_token", "watch_log_source"):
        assert client.post(reverse(name, args=[source.key])).status_code == 404, name
    answer = client.post(reverse("close_log_source", args=[source.key]), follow=True)
    assert "không đóng được" in answer.content.decode()
    source.refresh_from_db()
    assert source.closed_at is None


def test_a_recorded_dossier_that_runs_here_leads_to_its_living_page(source: LogSource, signed_in: SignedIn) -> None:
    client, address = signed_in("an"), reverse("dossier", args=[logged("hosomo").key])
    assert reverse("living_dossier", args=["hosomo"]) in client.get(address).content.decode()
    assert "Vì sao hạn là 17/11/2026" in text(client, address)


def test_one_received_without_a_procedure_is_not_promised_a_verdict(source: LogSource, signed_in: SignedIn) -> None:
    page = text(signed_in("an"), reverse("dossier", args=[logged("khai").key]))
    assert "Lúc tiếp nhận chưa có quy trình đang hiệu lực" in page
    assert "trong ít phút" not in page
