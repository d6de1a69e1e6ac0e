"""Reads on the catalogue of public services."""

from datetime import date

from django.db.models import Q, QuerySet

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.services.models import PublicService
from chuan.text.vietnamese import fold


def services(actor: Actor, *, words: str = "") -> QuerySet[PublicService]:
    """Return the catalogue that `actor` may see; `words` are searched without diacritics."""
    rows = PublicService.objects.visible_to(actor)
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def services_of(agency: Agency, day: date) -> QuerySet[PublicService]:
    """Return the public services that `agency` handles on `day`."""
    open_duty = Q(duties__until_on__isnull=True) | Q(duties__until_on__gte=day)
    rows = PublicService.objects.everywhere(reason="the agency was checked")
    return rows.filter(open_duty, duties__agency=agency, duties__from_on__lte=day).distinct()
