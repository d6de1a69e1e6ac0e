"""Searching procedures and public services."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.quality.models import Procedure
from chuan.quality.procedures.queries import matching
from chuan.quality.services.queries import services
from chuan.web.kit.searching import Found, SearchSource


def _procedures(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    """Those of the actor's own agencies come first."""
    rows = matching(Procedure.objects.visible_to(actor), words).select_related("agency").order_by("code")[: 4 * limit]
    ordered = sorted(rows, key=lambda row: row.agency_id not in actor.agencies)[:limit]
    return [Found(f"{row.code} {row.name}", row.agency.name, reverse("procedure", args=[row.key])) for row in ordered]


def _services(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    rows = services(actor, words=words).order_by("code")
    return [Found(row.name, row.code, reverse("service", args=[row.key])) for row in rows[:limit]]


PROCEDURES = SearchSource(_("Quy trình"), _procedures)
SERVICES = SearchSource(_("Dịch vụ công"), _services)
