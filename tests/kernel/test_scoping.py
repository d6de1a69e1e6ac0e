"""Queries refuse to answer until they are told for whom."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Prefetch

from chuan.kernel.errors import NotAllowed, NotYours, Unscoped
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies.models import Agency, QualitySystem
from chuan.organisations.people.models import Holding, Person, Position
from chuan.rules.authority import Permission

from ..cast import NAMES, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Person.objects.all()),
        lambda: Person.objects.filter(full_name="x"),
        lambda: Person.objects.get(pk=1),
        lambda: Person.objects.count(),
        lambda: Person.objects.update(full_name="x"),
        lambda: Person.objects.get_or_create(full_name="x"),
        lambda: Person.objects.everywhere(reason=""),
    ],
)
def test_a_query_that_forgets_its_scope_is_refused(ask: Callable[[], Any]) -> None:
    with pytest.raises(Unscoped):
        ask()


def test_rows_reached_from_an_owner_need_a_scope_as_well(cast: Cast) -> None:
    with pytest.raises(Unscoped):
        list(cast.an.agency.people.all())
    assert set(cast.an.agency.people.visible_to(cast.an.actor)) == {
        cast.an.person,
        cast.binh.person,
        cast.giang.person,
        cast.ha.person,
    }
    assert not cast.chi.agency.people.visible_to(cast.an.actor).exists()


def test_the_parts_of_a_whole_come_with_it(cast: Cast) -> None:
    assert [row.role for row in cast.an.position.roles.all()] == ["clerk"]


def test_prefetching_needs_a_scope_too(cast: Cast) -> None:
    agencies = Agency.objects.visible_to(cast.an.actor)
    with pytest.raises(Unscoped):
        list(agencies.prefetch_related("people"))
    people = Person.objects.visible_to(cast.an.actor)
    (agency,) = agencies.prefetch_related(Prefetch("people", queryset=people))
    assert len(agency.people.all()) == 4


SEEN = {
    "an": {"thanhbinh"},
    "binh": {"thanhbinh"},
    "giang": {"thanhbinh"},
    "ha": {"thanhbinh"},
    "chi": {"dongha"},
    "dung": {"thanhbinh", "dongha", "khcn"},
    "khanh": {"thanhbinh", "dongha", "khcn"},
}


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_sees_the_agencies_that_are_his(cast: Cast, name: str) -> None:
    seen = Agency.objects.visible_to(getattr(cast, name).actor).exclude(kind="province")
    assert set(seen.values_list("key", flat=True)) == SEEN[name]


@pytest.mark.parametrize(("name", "count"), [("an", 4), ("chi", 1), ("dung", 0), ("khanh", 7)])
def test_the_inspector_of_the_province_sees_agencies_but_no_personnel(cast: Cast, name: str, count: int) -> None:
    actor = getattr(cast, name).actor
    assert Person.objects.visible_to(actor).count() == count
    assert Holding.objects.visible_to(actor).count() == count


def test_published_rows_are_seen_by_the_province_and_no_other_agency(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.models import Q

    monkeypatch.setattr(Position, "see", Permission.SEE_AGENCY)
    monkeypatch.setattr(Position, "published", Q(code="VT-AN"))
    assert list(Position.objects.visible_to(cast.dung.actor)) == [cast.an.position]
    assert cast.an.position not in Position.objects.visible_to(cast.chi.actor)
    monkeypatch.setattr(Position, "shared", Q(code="VT-AN"))
    assert cast.an.position in Position.objects.visible_to(cast.chi.actor)


def test_not_yours_is_as_if_it_did_not_exist(cast: Cast) -> None:
    with pytest.raises(NotYours):
        find(Agency.objects.visible_to(cast.an.actor), key="dongha")
    assert find(Agency.objects.visible_to(cast.chi.actor), key="dongha") == cast.chi.agency


def test_yours_but_not_allowed_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        require(cast.an.actor, Permission.MANAGE_PEOPLE, cast.an.agency)
    require(cast.giang.actor, Permission.MANAGE_PEOPLE, cast.giang.agency)
    with pytest.raises(NotAllowed):
        require(cast.giang.actor, Permission.MANAGE_PEOPLE, cast.chi.agency)


def test_within_asks_for_one_agency_only(cast: Cast) -> None:
    assert set(Person.objects.within(cast.chi.agency)) == {cast.chi.person}
    assert list(Agency.objects.within(cast.chi.agency)) == [cast.chi.agency]
    assert not QualitySystem.objects.within(cast.chi.agency).exists()
