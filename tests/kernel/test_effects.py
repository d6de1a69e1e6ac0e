"""Views declare their effect: reading views cannot write, and nobody gets in who may not."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from chuan.kernel.actor import Actor, nobody
from chuan.kernel.effects import ANYONE, SIGNED_IN, declared, reads, writes
from chuan.kernel.errors import NotAllowed
from chuan.kernel.reading_only import WroteWhileReading, reads_only
from chuan.organisations.agencies.models import Agency
from chuan.rules.authority import Permission
from chuan.trail.actions import record

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def scribble(request: HttpRequest) -> HttpResponse:
    record("test.do", by="account:an", at=NOW, subject="thing:1")
    return HttpResponse("written")


def ask(view: Callable[..., HttpResponseBase], actor: Actor, method: str = "GET") -> HttpResponseBase:
    request = RequestFactory().generic(method, "/somewhere/?page=2")
    request.actor = actor  # type: ignore[attr-defined]  # as the middleware does
    return view(request)


def test_a_reading_view_that_writes_is_caught(cast: Cast) -> None:
    with pytest.raises(WroteWhileReading, match="INSERT"):
        ask(reads(SIGNED_IN)(scribble), cast.an.actor)


def test_the_form_of_a_writing_view_cannot_write_but_its_post_can(cast: Cast) -> None:
    view = writes(SIGNED_IN)(scribble)
    with pytest.raises(WroteWhileReading):
        ask(view, cast.an.actor)
    assert ask(view, cast.an.actor, "POST").status_code == 200


def test_a_reading_view_answers_no_post(cast: Cast) -> None:
    assert ask(reads(ANYONE)(hello), cast.an.actor, "POST").status_code == 405
    assert ask(writes(ANYONE)(hello), cast.an.actor, "DELETE").status_code == 405


def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_the_page() -> None:
    answer = ask(reads(SIGNED_IN)(hello), nobody(NOW))
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/login/?next=/somewhere/%3Fpage%3D2")
    assert ask(reads(ANYONE)(hello), nobody(NOW)).status_code == 200


def test_without_the_permission_the_view_is_refused(cast: Cast) -> None:
    view = reads(Permission.MANAGE_PEOPLE)(hello)
    assert ask(view, cast.giang.actor).status_code == 200
    with pytest.raises(NotAllowed):
        ask(view, cast.an.actor)


def test_the_declaration_can_be_found_again() -> None:
    effect = declared(writes(Permission.MANAGE_PEOPLE)(hello))
    assert effect is not None
    assert (effect.kind, effect.wanted) == ("writes", Permission.MANAGE_PEOPLE)
    assert declared(hello) is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE files_storedfile SET name = 'x'",
        "WITH gone AS (SELECT 1) DELETE FROM files_storedfile",
        "CREATE TABLE other (id integer)",
        "/* a SELECT in name only */ DROP TABLE files_storedfile",
    ],
)
def test_only_select_is_sent_while_reading(sql: str) -> None:
    with pytest.raises(WroteWhileReading), reads_only(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_reading_block_takes_several_selects_as_one_however_the_database_writes_them(cast: Cast) -> None:
    rows = Agency.objects.everywhere(reason="tests").order_by().values_list("key")
    with reads_only():
        assert len(rows.union(rows, all=True)) == 2 * len(rows)
    with reads_only(), connection.cursor() as cursor, pytest.raises(WroteWhileReading):
        cursor.execute("(DELETE FROM organisations_agency)")


def test_reading_savepoints_and_the_cache_go_on_while_reading(cast: Cast) -> None:
    with reads_only(), transaction.atomic():
        cache.set("attempts", 3)
        assert cache.get("attempts") == 3
        assert Agency.objects.visible_to(cast.an.actor).exists()
