"""What who oversees a province sees of all agencies: coverage agency by agency, and the figures of the home page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from chuan.quality.models import Procedure
from chuan.quality.procedures.queries import coverage
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.web.agency.figures import FIGURES

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


def rows(page: str) -> dict[str, str]:
    """Return the row of each agency, without its marks."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    found = re.findall(r'<tr><td><a href="[^"]*/do-phu/(\w+)/">(.*?)</tr>', body, re.DOTALL)
    return {key: re.sub(r"<[^>]+>", " ", row) for key, row in found}


def test_the_province_reads_the_coverage_of_every_agency(cast: Cast, signed_in: ClientOf) -> None:
    shown = rows(signed_in("dung").get("/do-phu/").content.decode())
    found = coverage(cast.an.agency, NOW.date())
    assert (found.covered, found.services, found.bare) == (1, 2, 1)
    assert "1/2\xa0·\xa050,00\xa0%" in shown["thanhbinh"]
    assert "Chưa được giao dịch vụ công nào" in shown["dongha"]


def test_the_list_of_who_lacks_procedures_holds_only_these(cast: Cast, signed_in: ClientOf) -> None:
    client = signed_in("dung")
    page = client.get("/do-phu/?xem=con-thieu").content.decode()
    assert list(rows(page)) == ["thanhbinh"]
    assert "/do-phu/thanhbinh/?xem=chua-co" in page
    Procedure.objects.within(cast.an.agency).update(in_force=False)
    assert "0/2\xa0·\xa00,00\xa0%" in rows(client.get("/do-phu/").content.decode())["thanhbinh"]


def test_the_navigation_of_the_province_leads_there_and_nobody_else_s_does(signed_in: ClientOf) -> None:
    assert 'href="/do-phu/"' in signed_in("dung").get("/").content.decode()
    assert 'href="/do-phu/"' not in signed_in("giang").get("/").content.decode()
    assert 'href="/do-phu/"' not in signed_in("khanh").get("/").content.decode()


def test_the_home_of_the_province_counts_its_agencies_and_leads_only_where_it_may_go(
    cast: Cast, signed_in: ClientOf
) -> None:
    client = signed_in("dung")
    figures = {figure.url: (figure.part, figure.whole) for one in FIGURES for figure in one(cast.dung.actor)}
    assert figures["/do-phu/"] == (1, 2)
    assert {url: client.get(url).status_code for url in figures} == dict.fromkeys(figures, 200)
    page = client.get("/").content.decode()
    assert "Thủ tục của các cơ quan có quy trình hiệu lực" in page
    assert "Thủ tục của các cơ quan" not in signed_in("giang").get("/").content.decode()


def test_services_are_given_to_the_agency_from_whose_page_one_came(cast: Cast, signed_in: ClientOf) -> None:
    client, agency = signed_in("giang"), cast.an.agency
    given = ServiceDuty.objects.within(agency).filter(until_on__isnull=True)
    free = PublicService.objects.everywhere(reason="tests").exclude(pk__in=given.values("service")).first()
    assert free is not None
    catalogue = f"/dich-vu-cong/?giao={agency.key}"
    assert f'href="{catalogue}"' in client.get(f"/do-phu/{agency.key}/").content.decode()
    offered = client.get(catalogue).content.decode()
    address = f"/dich-vu-cong/{free.key}/giao/?co-quan={agency.key}"
    assert f'href="{address}"' in offered
    assert all(f"/dich-vu-cong/{duty.service.key}/" not in offered for duty in given)
    answer = client.post(address, {"agency": agency.key, "from_on": "16/11/2026"})
    assert answer.headers["Location"] == f"/do-phu/{agency.key}/"
    assert given.filter(service=free).exists()
