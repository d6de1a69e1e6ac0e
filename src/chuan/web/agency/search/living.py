"""Searching the dossiers that are run here by code, matter or the code of their service."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.queries import matching
from chuan.web.agency.queue.words import STATE_WORDS
from chuan.web.kit.searching import Found, SearchSource


def _living(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    rows = matching(Dossier.objects.visible_to(actor), words).order_by("-received_at", "-pk")
    rows = rows.only("key", "code", "state", "step_title", "request")[:limit]
    return [Found(row.code, _standing(row), reverse("living_dossier", args=[row.key])) for row in rows]


def _standing(row: Dossier) -> str:
    return " · ".join(part for part in (str(STATE_WORDS[row.state]), row.step_title, row.request) if part)


LIVING = SearchSource(_("Hồ sơ xử lý ở đây"), _living)
