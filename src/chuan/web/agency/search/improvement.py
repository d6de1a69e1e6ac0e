"""Searching the improvement register by number, dossier or words."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.quality.improvement.queries import Asked, entries
from chuan.web.agency.improvement.words import standing
from chuan.web.kit.searching import Found, SearchSource

LONGEST = 120


def _improvements(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    today = timezone.localdate(actor.at)
    rows = entries(actor, Asked(words=words), day=today).order_by("-year", "-number", "-pk")[:limit]
    return [
        Found(
            f"{row.shown_number} {row.about[:LONGEST]}",
            standing(row, today)[1],
            reverse("improvement", args=[row.key]),
        )
        for row in rows
    ]


IMPROVEMENTS = SearchSource(_("Sổ cải tiến"), _improvements)
