"""Long lists: page after page without gaps, and the queries do not grow with the rows."""

from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuan.analytics.logs.models import LogSource
from chuan.organisations.agencies.models import Agency, AgencyKind
from chuan.organisations.people.models import Person
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.text.vietnamese import fold, person_sort_key
from chuan.web.kit.paging import page_of

from ..analytics.world import BY
from ..cast import NOW, SINCE, Cast

pytestmark = pytest.mark.django_db
ORDER = ("search_text", "pk")


def add_people(agency: Agency, count: int) -> None:
    names = (f"Nguyễn Văn {'ABCĐ'[n % 4]}" for n in range(count))  # many of the same name: the order must stay unique
    people = [Person(key=f"nguoi{n}", agency=agency, staff_code=f"N{n}", created_at=NOW) for n in range(count)]
    for person, name in zip(people, names, strict=True):
        person.call(name)
    Person.objects.everywhere(reason="a test fills a list").bulk_create(people)


def test_pages_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    add_people(cast.an.agency, 23)
    rows, mark, seen = Person.objects.within(cast.an.agency), "", []
    while True:
        page = page_of(rows, ORDER, mark, size=5)
        seen += [row.pk for row in page.rows]
        mark = page.after
        if not mark:
            break
    assert seen == list(rows.order_by(*ORDER).values_list("pk", flat=True))
    assert page.total == len(seen)


def test_a_descending_list_goes_on_downwards(cast: Cast) -> None:
    add_people(cast.an.agency, 6)
    rows = Person.objects.within(cast.an.agency)
    first = page_of(rows, ("-pk",), size=4)
    second = page_of(rows, ("-pk",), first.after, size=4)
    assert [*first.rows, *second.rows][:8] == list(rows.order_by("-pk")[:8])


@pytest.mark.parametrize(("order", "nullable"), [(("-created_at", "-pk"), ()), (("-closed_at", "-pk"), ("closed_at",))])
def test_moments_to_the_microsecond_and_empty_ones_leave_no_gap(
    order: tuple[str, ...], nullable: tuple[str, ...], cast: Cast
) -> None:
    made = [
        LogSource(agency=cast.an.agency, name=f"Nguồn {n}").put(by=BY, at=NOW.replace(microsecond=123456))
        for n in range(5)
    ]
    for source in made[:2]:
        source.change(closed_at=NOW.replace(microsecond=123456))
    rows, mark = LogSource.objects.within(cast.an.agency), ""
    seen: list[str] = []
    while not seen or mark:
        page = page_of(rows, order, mark, size=1, nullable=nullable)
        seen += [row.name for row in page.rows]
        mark = page.after
    last_first = [one.name for one in reversed(made)]
    assert seen == (last_first[3:] + last_first[:3] if nullable else last_first)


@pytest.mark.parametrize("mark", ["x", "ey", "W10", "bnVsbA", "W251bGwsMV0"])
def test_a_mark_that_is_not_ours_is_a_bad_request(mark: str, cast: Cast) -> None:
    with pytest.raises(BadRequest):
        page_of(Person.objects.within(cast.an.agency), ORDER, mark)


def test_the_page_says_how_much_of_how_much_it_shows(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    add_people(cast.an.agency, 120)
    assert "Đang xem 50/124 người." in signed_in("an").get("/con-nguoi/").content.decode()


@pytest.mark.parametrize("address", ["/con-nguoi/", "/vi-tri/", "/co-quan/", "/dang-nhap/", "/nhat-ky/"])
def test_queries_do_not_grow_with_the_rows(address: str, cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("khanh")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    add_people(cast.an.agency, 60)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_a_long_list_of_people_stands_by_given_name_from_page_to_page(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    add_people(cast.an.agency, 70)
    client, mark, names = signed_in("an"), "", []
    for _page in range(2):
        page = client.get("/con-nguoi/", {"sau": mark} if mark else {}).context["page"]
        names += [person.full_name for person in page.rows]
        mark = page.after
    assert (len(names), mark) == (74, "")
    assert names == sorted(names, key=person_sort_key)


def test_all_agencies_of_a_service_are_reached_page_by_page(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    keeper = Agency.objects.everywhere(reason="a test").get(kind=AgencyKind.PROVINCE)
    service = PublicService(agency=keeper, key="thutuc", code="1.000001", name="Thử", valid_from=SINCE, created_at=NOW)
    service.save()
    made = {
        "province": keeper.province,
        "parent": keeper,
        "kind": AgencyKind.DEPARTMENT,
        "valid_from": SINCE,
        "created_at": NOW,
    }
    communes = [
        Agency(key=f"xa{n}", code=f"XA{n}", name=f"Xã {n}", search_text=fold(f"xa {n}"), **made) for n in range(120)
    ]
    Agency.objects.add_many(communes)
    ServiceDuty.objects.add_many(
        ServiceDuty(key=f"giao{n}", agency=one, service=service, from_on=SINCE, created_at=NOW)
        for n, one in enumerate(communes)
    )
    client, mark, seen = signed_in("khanh"), "", []
    for _page in range(3):
        answer = client.get("/dich-vu-cong/thutuc/", {"sau": mark} if mark else {})
        seen += [duty.agency.name for duty, _may_end in answer.context["duties"]]
        mark = answer.context["page"].after
    assert mark == ""
    assert sorted(seen) == sorted(one.name for one in communes)
