"""Long lists: page after page without gaps, and the queries do not grow with the rows."""

from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.models import Person
from chuan.text.vietnamese import fold
from chuan.web.kit.paging import page_of

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db
ORDER = ("search_text", "pk")


def add_people(agency: Agency, count: int) -> None:
    names = (f"Nguyễn Văn {'ABCĐ'[n % 4]}" for n in range(count))  # many of the same name: the order must stay unique
    people = [
        Person(
            key=f"nguoi{n}", agency=agency, staff_code=f"N{n}", full_name=name, search_text=fold(name), created_at=NOW
        )
        for n, name in enumerate(names)
    ]
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


@pytest.mark.parametrize("mark", ["x", "ey", "W10", "bnVsbA"])
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
