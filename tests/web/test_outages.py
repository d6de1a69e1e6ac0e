"""The pages of outages: recorded, ended and taken back; slips beside them; the work they leave at home."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from chuan.quality.dossiers.models import Channel
from chuan.quality.dossiers.outages.actions import begin_outage
from chuan.quality.dossiers.outages.models import Outage
from chuan.web.agency.tasks import PROVIDERS
from chuan.web.kit.tasks import Task, gather

from ..cast import NOW, Cast
from ..quality.dossier_stage import at, received
from .looking import text, titles

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
LIST, BEGIN = "/mot-cua/mat-mang/", "/mot-cua/mat-mang/ghi/"
TYPED = {"began_at": "10:00 11/11/2026", "ended_at": "9:00 13/11/2026", "why": "Mất điện"}
TO_ENTER, TO_END = "Nhập hồ sơ giấy nhận lúc mất mạng", "Mạng đã có lại chưa? Ghi lúc có lại"


def newest() -> Outage:
    return Outage.objects.everywhere(reason="tests").latest("pk")


def count() -> int:
    return Outage.objects.everywhere(reason="tests").count()


def slip(key: str, day: int = 12) -> str:
    """Let An receive a dossier on a paper slip, and return its code."""
    return received(key, at(day), channel=Channel.PAPER_SLIP, paper_slip=f"P-{key}").code


def test_an_outage_is_recorded_in_retrospect_and_its_undo_withdraws_it(signed_in: SignedIn) -> None:
    an = signed_in("an")
    page = an.post(BEGIN, TYPED, follow=True).content.decode()
    url = f"{LIST}{newest().key}/"
    assert "Đã ghi lần mất mạng." in page
    assert f'action="{url}bo/"' in page
    assert url in text(an, LIST)
    assert "Đã bỏ lần mất mạng ghi nhầm." in an.post(f"{url}bo/", follow=True).content.decode()
    assert url not in text(an, LIST)
    assert url in text(an, LIST, xem="da-bo")
    an.post(f"{url}lay-lai/")
    assert url in text(an, LIST)


def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_written(signed_in: SignedIn) -> None:
    an, before = signed_in("an"), count()
    for typed, words in (
        (TYPED | {"began_at": "hôm qua"}, "Hãy viết giờ rồi ngày"),
        (TYPED | {"ended_at": "9:30 16/11/2026"}, "Lúc có lại không thể sau bây giờ"),
        (TYPED | {"ended_at": "9:00 11/11/2026"}, "Lúc có lại phải sau lúc bắt đầu mất mạng"),
        (TYPED | {"why": ""}, "Ô này cần được điền"),
        (TYPED | {"began_at": "9:00 7/10/2026", "ended_at": "10:00 7/10/2026"}, ""),
        (TYPED | {"began_at": "8:00 5/10/2026", "ended_at": "11:00 5/10/2026"}, "Trùng với lần mất mạng đã ghi"),
    ):
        answer = an.post(BEGIN, typed)
        assert answer.status_code == (422 if words else 302), typed
        assert words in answer.content.decode()
    assert count() == before + 1, "one that begins when the other ends is no overlap"


def test_an_outage_that_lasts_stands_above_the_list_and_is_ended_with_a_way_back(signed_in: SignedIn) -> None:
    an = signed_in("an")
    an.post(BEGIN, TYPED | {"ended_at": ""})
    url = f"{LIST}{newest().key}/"
    page = text(an, LIST)
    assert "Đang ghi là mất mạng từ 10:00 11/11/2026" in page
    assert "từ 10:00 12/11/2026 in và giải quyết hồ sơ trên giấy" in page
    assert "Quy trình nội bộ của Bộ Y tế" in page
    assert "Đang ghi là mất mạng" in text(signed_in("binh"), LIST)
    assert f"{url}co-lai/" not in text(signed_in("binh"), LIST)
    page = an.post(f"{url}co-lai/", {"ended_at": "8:00 16/11/2026"}, follow=True).content.decode()
    assert f'action="{url}chua-co-lai/"' in page
    assert "đã chạy lại lúc 08:00 16/11/2026: nhập các hồ sơ giấy" in page
    assert "Đang ghi là mất mạng" not in text(an, LIST)
    an.post(f"{url}chua-co-lai/")
    assert newest().ended_at is None


def test_the_slips_received_meanwhile_stand_with_both_times_and_the_others_are_told_apart(signed_in: SignedIn) -> None:
    inside, outside = slip("trong"), slip("ngoai", 14)
    an = signed_in("an")
    assert text(an, LIST).index("Phiếu giấy nhận khi không mất mạng") < text(an, LIST).index(inside)
    an.post(BEGIN, TYPED)
    page, listed = text(an, f"{LIST}{newest().key}/"), text(an, LIST)
    assert inside in page
    assert "P-trong" in page
    assert "08:00 12/11/2026" in page
    assert outside not in page
    assert (inside in listed, outside in listed) == (False, True)
    assert "1 hồ sơ nhận bằng phiếu giấy sẽ không còn lần mất mạng nào giải thích" in page


def test_an_outage_is_corrected_with_what_was_written_before_filled_in(signed_in: SignedIn) -> None:
    an = signed_in("an")
    url = f"{LIST}matmang/sua/"
    form = an.get(url).context["form"]
    assert form.initial == {"began_at": "10:00 05/10/2026", "ended_at": "09:00 07/10/2026", "why": "Đứt cáp quang"}
    an.post(url, form.initial | {"began_at": "7:30 05/10/2026"})
    assert Outage.objects.everywhere(reason="tests").get(key="matmang").began_at == at(5, "07:30", month=10)


def test_the_work_after_an_outage_waits_until_somebody_says_that_all_is_entered(
    cast: Cast, signed_in: SignedIn
) -> None:
    assert not {TO_ENTER, TO_END} & set(titles(cast, "an"))
    an = signed_in("an")
    an.post(BEGIN, TYPED | {"ended_at": ""})
    url = f"{LIST}{newest().key}/"
    assert task(cast, TO_END).url == f"{url}co-lai/"
    slip("mot")
    an.post(f"{url}co-lai/", {"ended_at": "9:00 13/11/2026"})
    assert TO_END not in titles(cast, "an")
    found = task(cast, TO_ENTER)
    assert (found.url, found.article) == (url, "Quy trình nội bộ của Bộ Y tế (2025)")
    assert "từ 10:00 11/11/2026 đến 09:00 13/11/2026; đã nhập 1 hồ sơ" in found.why
    assert TO_ENTER not in titles(cast, "binh")
    page = an.post(f"{url}nhap-du/", follow=True).content.decode()
    assert f'action="{url}con-phieu/"' in page
    assert TO_ENTER not in titles(cast, "an")
    an.post(f"{url}con-phieu/")
    assert TO_ENTER in titles(cast, "an")


def task(cast: Cast, title: str) -> Task:
    return next(one for one in gather(cast.an.actor, PROVIDERS).all if one.title == title)


def test_many_outages_and_slips_cost_no_more_queries_than_one(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for day in range(2, 14):
        slip(f"p{day}", day)
        facts = {"began_at": at(day, "07:30"), "ended_at": at(day, "16:30"), "why": "Mất điện"}
        begin_outage(cast.an.agency, **facts, by=cast.an.actor, at=NOW)  # type: ignore[arg-type]
    an = signed_in("an")
    with django_assert_max_num_queries(6 + 7):  # those of signing in; page, its count, calendars, chips, slips apart
        page = text(an, LIST)
    assert page.count("Chờ nhập phiếu giấy") == 12
    found = next(one for one in gather(cast.an.actor, PROVIDERS).all if "lần mất mạng" in one.title)
    assert (found.title, found.url) == ("Nhập hồ sơ giấy nhận trong 12 lần mất mạng", LIST)


@pytest.mark.parametrize("verb", ["bo", "lay-lai", "nhap-du", "con-phieu", "chua-co-lai"])
def test_a_press_is_for_who_records_outages_of_the_agency(verb: str, signed_in: SignedIn) -> None:
    url = f"{LIST}matmang/{verb}/"
    assert signed_in("binh").post(url).status_code == 403
    assert signed_in("chi").post(url).status_code == 404
    assert signed_in("an").get(url).status_code == 405
    assert signed_in("an").post(url).status_code == 302


def test_a_press_that_comes_too_late_is_answered_with_the_reason(signed_in: SignedIn) -> None:
    an = signed_in("an")
    an.post(f"{LIST}matmang/bo/")
    assert "đã được bỏ" in an.post(f"{LIST}matmang/nhap-du/", follow=True).content.decode()
