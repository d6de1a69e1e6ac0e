"""What the pages ask and say: each work apart, to whom, in whose language, and when a number is not there yet."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from chuan.analytics.findings.models import Choice
from chuan.analytics.logs.actions import add_source
from chuan.analytics.logs.models import LoggedDossier
from chuan.analytics.models import AgencyReading

from ..analytics.world import ALL, BY, STEPS, World, in_force, row, story, world
from ..cast import NOW, Cast
from .looking import text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]

OUTSIDE = [
    *story("K1", "09 08:00", "09 09:00", steps=("Xin ý kiến", "Tra sổ gốc")),
    *story("K2", "09 08:00", steps=("Xin ý kiến",)),
]


@pytest.fixture
def here(cast: Cast) -> World:
    made = world(cast)
    made.take_in([*ALL, *OUTSIDE])
    made.read()
    return made


def page(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", text(client, address))


def reality(here: World) -> str:
    return reverse("reality", args=[here.procedure.key])


def choose(here: World, mark: str) -> str:
    return reverse("choose", args=[here.procedure.key]) + f"?diem={mark}"


def test_a_choice_about_one_work_leaves_the_question_about_the_other(here: World, signed_in: SignedIn) -> None:
    client = signed_in("ha")
    before = page(client, reality(here))
    assert before.count("việc ngoài quy trình: “") == 2
    lists = {
        re.sub(r"<[^>]+>", "", words): url
        for url, words in re.findall(r'<a href="(/ho-so/[^"]+inserted[^"]+)">(.*?)</a>', before)
    }
    assert set(lists) == {"Xem 2 hồ sơ", "Xem 1 hồ sơ"}
    assert "Đang xem 1/1 hồ sơ" in page(client, lists["Xem 1 hồ sơ"])
    client.post(choose(here, "inserted:Xin ý kiến"), {"kind": "explained", "note": "Cần thiết"})
    after = page(client, reality(here))
    assert after.count("việc ngoài quy trình: “Tra sổ gốc”") == 1
    assert Choice.objects.within(here.agency).get().step == "Xin ý kiến"


def test_the_same_point_is_not_given_out_twice_and_never_until_a_day_that_is_over(
    here: World, cast: Cast, signed_in: SignedIn
) -> None:
    client, address = signed_in("ha"), choose(here, "skipped:B2")
    given = {"kind": "change_practice", "position": cast.an.position.pk, "due_on": "01/12/2026"}
    past = client.post(address, given | {"due_on": "01/01/2020"})
    assert past.status_code == 422
    assert "Hạn đã qua." in past.content.decode()
    assert [client.post(address, given).status_code for _ in range(2)] == [302, 422]
    assert Choice.objects.within(here.agency).count() == 1


def test_opening_a_choice_again_beside_an_open_one_is_refused_in_words(
    here: World, cast: Cast, signed_in: SignedIn
) -> None:
    client, address = signed_in("ha"), choose(here, "skipped:B2")
    client.post(address, {"kind": "explained", "note": "Đã rõ"})
    client.post(address, {"kind": "look_again"})
    explained = Choice.objects.within(here.agency).get(kind="explained")
    answer = client.post(reverse("reopen_choice", args=[explained.key]), follow=True)
    assert "Điều này đã có lựa chọn đang làm." in answer.content.decode()
    assert Choice.objects.within(here.agency).filter(done_at=None).count() == 1


def test_who_may_not_choose_is_told_who_does(here: World, cast: Cast, signed_in: SignedIn) -> None:
    seen = page(signed_in("an"), reality(here))
    assert "Người chọn cách xử lý:" in seen
    assert cast.ha.person.full_name in seen
    assert "Người chọn cách xử lý:" not in page(signed_in("ha"), reality(here))


def test_the_drawn_dossiers_are_opened_from_the_choice(here: World, signed_in: SignedIn) -> None:
    client = signed_in("ha")
    client.post(choose(here, "skipped:B2"), {"kind": "look_again"})
    (code,) = Choice.objects.within(here.agency).get().sample
    link = f'<a href="{reverse("dossier", args=[here.dossiers()[code].key])}">{code}</a>'
    assert re.search(rf"số gieo \d+\): {re.escape(link)}", page(client, reality(here)))


def test_an_english_reader_is_asked_in_english_with_english_figures(here: World, signed_in: SignedIn) -> None:
    client = signed_in("ha")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = page(client, reality(here))
    assert "Vì sao" not in text
    assert "Có thể" not in text
    assert re.search(r"\d+\.\d+.%", text)
    assert not re.search(r"\d+,\d+.%", text)


def test_a_dossier_says_which_work_was_outside_the_procedure(here: World, signed_in: SignedIn) -> None:
    text = page(signed_in("an"), reverse("dossier", args=[here.dossiers()["K1"].key]))
    assert re.search(r"Việc ngoài quy trình</span> Tra sổ gốc", text)


def test_a_dossier_that_waits_for_its_citizen_shows_one_due_date_and_why_it_may_move(
    here: World, signed_in: SignedIn
) -> None:
    asked = row("W1", "10/11/2026 09:00", "Yêu cầu bổ sung hồ sơ")
    later = row("W2", "13/11/2026 09:00", STEPS[0])
    here.take_in([row("W1", "10/11/2026 08:00", STEPS[0]), asked, later], "cho.csv")
    here.read()
    text = page(signed_in("an"), reverse("dossier", args=[here.dossiers()["W1"].key]))
    assert "Chưa cố định: hồ sơ đang chờ." in text
    assert "Hồ sơ chờ bổ sung từ 09:00 10/11/2026 và chưa đủ." in text
    assert "Vì sao hạn là 17/11/2026" in text
    assert "10/11 – 13/11/2026" in text, "the time that is not counted stands in the ledger"
    assert '17/11/2026</td><td class="figure" data-label="Tính">1' in text


def test_a_result_that_only_its_collection_shows_has_the_day_of_collection(here: World, signed_in: SignedIn) -> None:
    one = here.dossiers()["H4"]
    LoggedDossier.objects.within(here.agency).filter(pk=one.pk).update(
        facts=one.facts | {"returned_at": "2026-11-06T09:00:00+07:00"}
    )
    text = page(signed_in("an"), reverse("dossier", args=[one.key]))
    assert "Trả cho dân 09:00 06/11/2026" in text
    assert "dự kiến" not in text


def test_a_long_ledger_is_shown_in_short_with_every_day_behind_it(cast: Cast, signed_in: SignedIn) -> None:
    procedure = in_force(cast.an.agency, total_time={"days": 40, "unit": "working_day"})
    source = add_source(agency=cast.an.agency, name="Một cửa", by=BY, at=NOW)
    made = World(cast.an.agency, procedure, procedure.versions.within(cast.an.agency).get(), source)
    made.take_in(ALL)
    made.read()
    text = page(signed_in("an"), reverse("dossier", args=[made.dossiers()["H1"].key]))
    short, full = text.split("Xem từng ngày")
    assert short.count('data-label="Tính"') < 8
    assert "Tính 15 ngày làm việc; không tính 6 ngày nghỉ hằng tuần" in short
    assert full.count('data-label="Tính"') > 50


def test_dossiers_that_wait_for_their_verdict_are_not_said_to_have_no_procedure(
    cast: Cast, signed_in: SignedIn
) -> None:
    made, client = world(cast), signed_in("an")
    made.take_in(ALL)
    one = reverse("dossier", args=[made.dossiers()["H1"].key])
    for address in (reverse("realities"), reality(made)):
        assert "Hồ sơ đã nhập đang được xét" in page(client, address)
    assert "đang được xét theo quy trình QT.01" in page(client, one)
    made.read()
    assert "đang được xét" not in page(client, one)


def test_the_province_goes_on_to_the_agency_and_is_told_who_is_not_judged(here: World, signed_in: SignedIn) -> None:
    AgencyReading.objects.within(here.agency).update(dossiers=9, judged_steps=6, judged_time=5, in_time=4, followed=3)
    text = page(signed_in("dung"), reverse("reality_agencies"))
    assert "3 hồ sơ không ghi các bước" in text
    assert "4 hồ sơ chưa xét được hạn" in text
    assert f'<a href="{reverse("reality_agency", args=[here.agency.key])}">' in text
    assert signed_in("dung").get(reverse("reality_agency", args=[here.agency.key])).status_code == 200
