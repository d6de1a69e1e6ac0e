"""Searching agencies, positions and people."""

from collections.abc import Sequence
from functools import reduce
from operator import and_

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people.models import Person, Position
from chuan.text.vietnamese import fold
from chuan.web.kit.searching import Found, SearchSource


def _all_words(words: str) -> Q:
    return reduce(and_, (Q(search_text__contains=word) for word in words.split()), Q())


def _agencies(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    rows = Agency.objects.visible_to(actor).filter(_all_words(words)).order_by("valid_until", "search_text")
    return [
        Found(row.name, f"{row.get_kind_display()} · {row.code}", reverse("agency", args=[row.key]))
        for row in rows[:limit]
    ]


def _people(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    rows = Person.objects.visible_to(actor).filter(_all_words(words)).select_related("agency").order_by("search_text")
    return [Found(row.full_name, row.agency.name, reverse("person", args=[row.key])) for row in rows[:limit]]


def _positions(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    """Compare the different titles first: there are few, and every agency uses the same ones."""
    visible = Position.objects.visible_to(actor).order_by()
    titles = [title for title in visible.values_list("title", flat=True).distinct() if _has_all(title, words)]
    rows = visible.filter(title__in=titles).select_related("agency").order_by("title", "agency__search_text")
    return [Found(row.title, row.agency.name, reverse("position", args=[row.key])) for row in rows[:limit]]


def _has_all(title: str, words: str) -> bool:
    folded = fold(title)
    return all(word in folded for word in words.split())


AGENCIES = SearchSource(_("Cơ quan"), _agencies)
PEOPLE = SearchSource(_("Con người"), _people)
POSITIONS = SearchSource(_("Vị trí"), _positions)
