"""Searching logged dossiers by the beginning or a part of their code."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuan.analytics.findings.queries import dossiers
from chuan.kernel.actor import Actor
from chuan.web.agency.reality.words import state_word
from chuan.web.kit.searching import Found, SearchSource


def _dossiers(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    rows = dossiers(actor).filter(code__icontains=words.replace(" ", "")).order_by("-created_at", "-pk")[:limit]
    return [Found(row.code, state_word(row.state), reverse("dossier", args=[row.key])) for row in rows]


DOSSIERS = SearchSource(_("Hồ sơ"), _dossiers)
