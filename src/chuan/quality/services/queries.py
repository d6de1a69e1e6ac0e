"""Reads on the catalogue of public services."""

from datetime import date

from django.db.models import Q, QuerySet

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.rules.procedure.coverage import national_code
from chuan.text.vietnamese import fold


def services(actor: Actor, *, words: str = "") -> QuerySet[PublicService]:
    """Return the catalogue that `actor` may see; `words` are searched without diacritics."""
    rows = PublicService.objects.visible_to(actor)
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def services_of(agency: Agency, day: date) -> QuerySet[PublicService]:
    """Return the public services that `agency` handles on `day`."""
    open_duty = Q(until_on__isnull=True) | Q(until_on__gte=day)
    duties = ServiceDuty.objects.within(agency).filter(open_duty, from_on__lte=day)
    return PublicService.objects.everywhere(reason="the agency was checked").filter(pk__in=duties.values("service"))


def with_code(actor: Actor, code: str) -> list[PublicService]:
    """Return the services of the catalogue with this code; the suffix of a province makes no difference."""
    wanted = national_code(code.strip())
    if not wanted:
        return []
    rows = PublicService.objects.visible_to(actor).filter(code__startswith=wanted)
    return [row for row in rows if national_code(row.code) == wanted]


def duties_on(service: PublicService, day: date) -> QuerySet[ServiceDuty]:
    """Return which agencies handle `service` on `day`."""
    rows = ServiceDuty.objects.everywhere(reason="who handles a public service is public")
    open_duty = Q(until_on__isnull=True) | Q(until_on__gte=day)
    return rows.filter(open_duty, service=service, from_on__lte=day).select_related("agency")
