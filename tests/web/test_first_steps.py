"""The home of who keeps a fresh province: five steps in order, gone when all are done. And one's own notices."""

from collections.abc import Callable

import pytest
from django.test import Client

from chuan.notices.actions import notify
from chuan.notices.models import Notice
from chuan.organisations.agencies.loading import IN_FORCE_SINCE
from chuan.organisations.agencies.models import Agency, AgencyKind, CommuneType, Province, QualitySystem
from chuan.quality.models import Procedure, PublicService
from chuan.quality.services.models import ServiceDuty
from chuan.web.agency.first_steps import first_steps

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


def done(cast: Cast) -> list[bool]:
    return [step.done for step in first_steps(cast.khanh.actor)]


@pytest.mark.usefixtures("no_system")
def test_the_first_step_not_done_is_the_one_at_hand(cast: Cast, signed_in: ClientOf) -> None:
    Procedure.objects.everywhere(reason="tests").update(in_force=False)
    assert done(cast) == [True, True, True, False, False]
    assert [step.now for step in first_steps(cast.khanh.actor)] == [False, False, False, True, False]
    assert "Các bước đầu tiên" in signed_in("khanh").get("/").content.decode()


@pytest.mark.usefixtures("no_system")
def test_a_commune_is_an_agency_too_and_a_catalogue_given_to_nobody_is_not_done(cast: Cast) -> None:
    Agency.objects.everywhere(reason="tests").filter(key="khcn").update(
        kind=AgencyKind.COMMUNE, commune_type=CommuneType.COMMUNE
    )
    assert done(cast) == [True, True, True, False, True]
    ServiceDuty.objects.everywhere(reason="tests").all().delete()
    assert done(cast) == [True, True, False, False, True]
    assert PublicService.objects.everywhere(reason="tests").exists()


def test_the_steps_are_gone_when_all_are_done(cast: Cast, signed_in: ClientOf) -> None:
    assert QualitySystem.objects.everywhere(reason="tests").exists()
    assert PublicService.objects.everywhere(reason="tests").exists()
    assert first_steps(cast.khanh.actor) == ()
    assert "Các bước đầu tiên" not in signed_in("khanh").get("/").content.decode()


def test_a_province_begun_without_a_name_gets_it_first_and_its_communes_with_it(
    cast: Cast, signed_in: ClientOf
) -> None:
    Province.objects.update(code="00", name="tỉnh (chưa đặt tên)")
    first = first_steps(cast.khanh.actor)[0]
    assert (first.url, first.now) == ("/tinh/", True)
    client = signed_in("khanh")
    client.post("/tinh/", {"province": "42", "communes": "on"})
    home = Province.objects.get()
    assert (home.code, home.name) == ("42", "tỉnh Hà Tĩnh")
    rows = Agency.objects.everywhere(reason="tests").filter(province=home)
    assert rows.get(kind=AgencyKind.PROVINCE).name == "Ủy ban nhân dân tỉnh Hà Tĩnh"
    assert rows.filter(valid_from=IN_FORCE_SINCE, name__startswith="Ủy ban nhân dân").count() >= 69
    assert all(step.url != "/tinh/" for step in first_steps(cast.khanh.actor))
    again = client.post("/tinh/", {"province": "44"})
    assert "không đổi sang tỉnh khác được" in again.content.decode()
    assert Province.objects.get().code == "42"


@pytest.mark.parametrize("member", ["an", "giang", "ha", "dung"])
def test_only_who_keeps_the_organisation_sees_the_steps(member: str, cast: Cast) -> None:
    assert first_steps(getattr(cast, member).actor) == ()


def test_notices_are_one_s_own_read_and_unread(signed_in: ClientOf) -> None:
    for name, key in (("an", "1"), ("an", "2"), ("binh", "3")):
        notify(kind="tasks.assigned", to={f"account:{name}": ""}, key=key, at=NOW, text=f"Việc {key}", link="/toi/")
    client = signed_in("an")
    client.post(f"/thong-bao/{Notice.objects.get(text='Việc 1').pk}/")
    every, unread = (client.get(f"/thong-bao/{query}").content.decode() for query in ("", "?xem=chua-doc"))
    assert ("Việc 1" in every, "Việc 2" in every, "Việc 3" in every) == (True, True, False)
    assert ("Việc 1" in unread, "Việc 2" in unread) == (False, True)
    client.post("/thong-bao/doc-het/")
    assert Notice.objects.filter(read_at__isnull=True).count() == 1


def test_an_old_notice_is_opened_too(signed_in: ClientOf) -> None:
    for number in range(60):
        notify(kind="tasks.assigned", to={"account:an": ""}, key=str(number), at=NOW, link="/toi/")
    oldest = Notice.objects.earliest("pk")
    assert signed_in("an").post(f"/thong-bao/{oldest.pk}/").headers["Location"] == "/toi/"
