"""People: the list, one person with what he holds and held, and adding one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.models import new_key
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people import actions
from chuan.organisations.people.models import Account, Delegation, Holding, Person
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.kit.acting import form_page
from chuan.web.kit.paging import page_of
from chuan.web.staff.forms import PersonForm
from chuan.web.staff.holders import positions_of


@reads(Permission.SEE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Show the people the actor may see, with the positions they hold today."""
    actor = actor_of(request)
    rows = Person.objects.visible_to(actor)
    of = find(Agency.objects.visible_to(actor), key=key) if (key := request.GET.get("co-quan")) else None
    if of is not None:
        rows = rows.filter(agency=of)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    page = page_of(rows.select_related("agency"), ("sort_text", "pk"), request.GET.get("sau", ""))
    own = Agency.objects.visible_to(actor).filter(pk__in=[duty.agency_id for duty in actor.duties])
    context = {
        "page": page,
        "people": positions_of(page.rows, actor),
        "of": of,
        "agencies_to_add": [agency for agency in own if actor.may(Permission.MANAGE_PEOPLE, agency)],
    }
    return render(request, "staff/people.html", context)


@reads(Permission.SEE_PEOPLE)
def person(request: HttpRequest, key: str) -> HttpResponse:
    """Show one person: what he holds and held, for whom he stands in, his account."""
    actor = actor_of(request)
    shown = find(Person.objects.visible_to(actor).select_related("agency"), key=key)
    holdings = Holding.objects.visible_to(actor).filter(person=shown)
    stands_in = Delegation.objects.visible_to(actor).filter(to=shown)
    context = {
        "person": shown,
        "holdings": holdings.select_related("position__agency").order_by("-from_on"),
        "stands_in": stands_in.select_related("holding__position", "holding__person").order_by("-from_on"),
        "account": Account.objects.filter(person=shown).first(),
        "may_open_account": actor.may(Permission.MANAGE_ACCOUNTS, shown.agency),
        "is_self": shown.pk == actor.person_id,
        "today": timezone.localdate(actor.at),
    }
    return render(request, "staff/person.html", context)


@writes(Permission.MANAGE_PEOPLE)
def add_person(request: HttpRequest, key: str) -> HttpResponse:
    """Add a person to the agency `key`."""
    actor = actor_of(request)
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.MANAGE_PEOPLE, agency)
    form = PersonForm(request.POST or None)
    key = new_key()
    return form_page(
        request,
        form,
        lambda: actions.add_person(Person(key=key, agency=agency, **form.cleaned_data), by=actor, at=actor.at),
        title=_("Thêm người vào %(agency)s") % {"agency": agency.name},
        verb=_("Thêm người"),
        back=reverse("agency", args=[agency.key]),
        said=_("Đã thêm người. Muốn cử giữ vị trí: mở vị trí ấy ở trang của cơ quan."),
        then=reverse("person", args=[key]),
    )
