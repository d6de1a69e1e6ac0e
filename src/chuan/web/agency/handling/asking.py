"""What another agency sees of a dossier in which it was asked for its part, and how it answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chuan.kernel.effects import actor_of
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.reckoned import acts_of, reckoned
from chuan.web.agency.handling import parts
from chuan.web.agency.handling.presses import fresh_key
from chuan.web.agency.queue.words import STATE_SHAPES, STATE_WORDS


def show_asked(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Return the page for an agency that was asked: the matter, its papers, what is asked; nobody's name."""
    actor = actor_of(request)
    acts = acts_of(dossier)
    found = reckoned(dossier, acts, timezone.localtime(actor.at))
    seen = set(dossier.participations.filter(agency__in=actor.agencies, taken_back=False).values_list("act", flat=True))
    own = [one for one in parts.asked(dossier, acts, found, actor) if one.number in seen]
    context = {
        "row": dossier,
        "asked": own,
        "may_answer": any(one.may_answer for one in own),
        "key": fresh_key(),
        "seen": dossier.act_count,
        "shape": STATE_SHAPES.get(dossier.state, "todo"),
        "state": STATE_WORDS[dossier.state],
    }
    return render(request, "agency/handling/asked.html", context)
