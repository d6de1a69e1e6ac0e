"""Việc của tôi: what the person has to do, when, why and by which article, each with one button."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from chuan.kernel.effects import SIGNED_IN, actor_of, reads, writes
from chuan.kernel.errors import NotYours
from chuan.notices.actions import mark_read
from chuan.notices.queries import notices_of, unread_count
from chuan.web.agency.figures import FIGURES
from chuan.web.agency.first_steps import first_steps
from chuan.web.agency.tasks import PROVIDERS
from chuan.web.kit.tasks import gather


@reads(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Show the tasks of the actor and the figures his agency should know."""
    actor = actor_of(request)
    figures = [figure for provider in FIGURES for figure in provider(actor)]
    context = {
        "tasks": gather(actor, PROVIDERS),
        "figures": figures,
        "first_steps": first_steps(actor),
        "unread": unread_count(actor.ref),
        "today": timezone.localdate(actor.at),
    }
    return render(request, "agency/home.html", context)


@writes(SIGNED_IN)
@require_POST
def open_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark a notice of the actor as read and go to what it tells of."""
    actor = actor_of(request)
    found = notices_of(actor.ref).filter(pk=notice).first()
    if found is None:
        raise NotYours
    mark_read(recipient=actor.ref, at=actor.at, notice=notice)
    return redirect(found.link or "home")
