"""Whose calendar is meant: the agency that the address names, or the actor's own."""

from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import find
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.rules.workdays import Calendar


def agency_meant(actor: Actor, key: str = "") -> Agency:
    """Return the agency with `key` that the actor may see; without a key the one of the first duty."""
    if key:
        return find(Agency.objects.visible_to(actor), key=key)
    if not actor.duties:
        raise NotYours
    return find(Agency.objects.visible_to(actor), pk=actor.duties[0].agency_id)


def calendar_today(agency: Agency, actor: Actor) -> Calendar:
    """Return the calendar by which the agency measures today."""
    return calendar_of(agency, timezone.localdate(actor.at))
