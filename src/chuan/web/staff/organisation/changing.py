"""Agencies: a new one, and what is corrected of one."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.models import Agency, AgencyKind, Obligation
from chuan.organisations.agencies.queries import living_in_province
from chuan.rules.authority import Permission
from chuan.web.kit.acting import form_page
from chuan.web.staff.organisation.forms import AgencyForm


@writes(Permission.MANAGE_ORGANISATION)
def add_agency(request: HttpRequest) -> HttpResponse:
    """Add an agency to the province that the actor keeps."""
    actor = actor_of(request)
    committee = kept_committee(actor)
    above = living_in_province(committee, timezone.localdate(actor.at))
    begun = {"obligation": Obligation.UNKNOWN, "kind": AgencyKind.DEPARTMENT, "parent": committee.key}
    form = AgencyForm(request.POST if request.method == "POST" else None, above=above, initial=begun)

    def act() -> object:
        return actions.add_agency(Agency(province=committee.province, **form.facts()), by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Thêm cơ quan"),
        verb=_("Thêm cơ quan"),
        back=reverse("agencies"),
        said=_("Đã thêm cơ quan."),
    )


@writes(Permission.MANAGE_ORGANISATION)
def change_agency(request: HttpRequest, key: str) -> HttpResponse:
    """Correct facts of the agency `key`."""
    actor = actor_of(request)
    agency = managed(actor, key)
    above: list[Agency] = []
    if agency.kind != AgencyKind.PROVINCE:
        above = list(living_in_province(agency, timezone.localdate(actor.at)).exclude(pk=agency.pk))
    form = AgencyForm(request.POST if request.method == "POST" else None, above=above, initial=_as_it_is(agency))
    return form_page(
        request,
        form,
        lambda: actions.change_agency(agency, **form.facts(), by=actor, at=actor.at),
        title=_("Sửa %(agency)s") % {"agency": agency.name},
        verb=_("Ghi lại"),
        back=reverse("agency", args=[agency.key]),
        said=_("Đã sửa."),
    )


def managed(actor: Actor, key: str) -> Agency:
    """Return the agency `key` when the actor sees it; refuse who does not manage the organisation there."""
    agency = find(Agency.objects.visible_to(actor).select_related("parent", "province"), key=key)
    require(actor, Permission.MANAGE_ORGANISATION, agency)
    return agency


def kept_committee(actor: Actor) -> Agency:
    """Return the people's committee of the province whose organisation the actor manages."""
    provinces = actor.provinces_where(Permission.MANAGE_ORGANISATION)
    rows = Agency.objects.visible_to(actor).filter(kind=AgencyKind.PROVINCE, valid_until__isnull=True)
    committee = rows.filter(province__in=provinces).select_related("province").first()
    if committee is None:
        raise NotAllowed
    return committee


def _as_it_is(agency: Agency) -> dict[str, object]:
    names = ("name", "code", "kind", "commune_type", "valid_from", "obligation", "obligation_source")
    return {name: getattr(agency, name) for name in names} | {"parent": agency.parent.key if agency.parent else ""}
