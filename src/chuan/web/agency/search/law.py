"""Searching legal instruments by number or by words of their title."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.norms.law.queries import instruments_matching, law_library
from chuan.rules.authority import Permission
from chuan.web.kit.searching import Found, SearchSource


def _instruments(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    if not actor.may_somewhere(Permission.SEE_ORGANISATION):
        return []
    rows = instruments_matching(law_library(actor.provinces), words)[:limit]
    return [Found(row.number, row.title, reverse("instrument", args=[row.number])) for row in rows]


INSTRUMENTS = SearchSource(_("Văn bản pháp luật"), _instruments)
