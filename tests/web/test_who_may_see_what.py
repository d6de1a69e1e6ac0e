"""Every page is asked about every member of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from .pages import LOOKED_AT, MEMBERS, PAGES, WebPage


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_page_answers_each_member_as_the_table_says(page: WebPage, signed_in: Callable[[str], Client]) -> None:
    clients = {name: Client() if name == "visitor" else signed_in(name) for name in MEMBERS}
    answers = {name: status_of(client, page) for name, client in clients.items()}
    assert answers == {name: page.status_for(name) for name in MEMBERS}


def status_of(client: Client, page: WebPage) -> int:
    answer = client.get(page.url)
    if answer.streaming:
        list(answer)  # a download holds its file open until it is read
    return answer.status_code


@pytest.mark.parametrize("page", LOOKED_AT, ids=str)
def test_a_page_keeps_to_its_number_of_queries(
    page: WebPage, signed_in: Callable[[str], Client], django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = Client() if page.looked_at_by == "visitor" else signed_in(page.looked_at_by)
    with django_assert_max_num_queries(SIGNING_IN + page.queries):  # type: ignore[attr-defined]  # a context manager
        assert client.get(page.url).status_code == 200


SIGNING_IN = 6  # session, account, person, holdings, roles, and the session that allauth lists
