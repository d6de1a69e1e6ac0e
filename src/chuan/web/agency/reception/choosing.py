"""Tiếp nhận: which public service it is. Those that the clerk receives most stand first; searching is typing."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.organisations.models import Agency
from chuan.quality.dossiers.desk import often_received, receivable
from chuan.quality.models import PublicService
from chuan.rules.authority import Permission
from chuan.web.agency.reception.desk import desk_of, settings_url

SHOWN = 30
USUAL = timedelta(days=365)


@reads(Permission.RECEIVE_DOSSIER)
def receive_dossiers(request: HttpRequest) -> HttpResponse:
    """Show the services that can be received here, or those that hold the words `q`; a single one is opened at once."""
    actor = actor_of(request)
    desk, words = desk_of(request, actor), request.GET.get("q", "").strip()
    day = timezone.localdate(actor.at)
    often = [] if words else _often(actor, desk.agency, day)
    others = receivable(actor, desk.agency, day, words).exclude(pk__in=[row.pk for row in often])
    found = list(others.only("key", "code", "name", "field")[: SHOWN + 1])
    if words and len(found) == 1 and not request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return redirect(f"{reverse('receive_dossier', args=[found[0].key])}{desk.query()}")
    context: dict[str, Any] = {
        "desk": desk,
        "query": desk.query(),
        "words": words,
        "often": often,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "settings": "" if desk.ready else settings_url(actor, desk.agency),
    }
    return render(request, "agency/reception/choose.html", context)


def _often(actor: Actor, own: Agency, day: date) -> list[PublicService]:
    """Return the services that the actor receives most, of those that can be received today."""
    usual = often_received(actor, actor.at - USUAL)
    rows = receivable(actor, own, day).filter(pk__in=usual).only("key", "code", "name", "field")
    known = {row.pk: row for row in rows}
    return [known[pk] for pk in usual if pk in known]
