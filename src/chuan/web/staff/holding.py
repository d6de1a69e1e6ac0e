"""Filling positions: new positions, their roles, who holds them, who stands in."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import find, require
from chuan.organisations.agencies.models import Agency
from chuan.organisations.people import actions
from chuan.organisations.people.access import require_filling
from chuan.organisations.people.models import Holding, Person, Position, RoleAssignment
from chuan.rules.authority import Permission, Role
from chuan.web.kit.acting import form_page
from chuan.web.staff.forms import DelegateForm, HoldForm, LastDayForm, PositionForm, RoleForm


@writes(Permission.MANAGE_PEOPLE)
def add_position(request: HttpRequest, key: str) -> HttpResponse:
    """Add a position to the agency `key`."""
    actor = actor_of(request)
    agency = find(Agency.objects.visible_to(actor), key=key)
    require(actor, Permission.MANAGE_PEOPLE, agency)
    form = PositionForm(request.POST or None, agency=agency)
    return form_page(
        request,
        form,
        lambda: actions.add_position(Position(agency=agency, **form.cleaned_data), by=actor, at=actor.at),
        title=_("Thêm vị trí vào %(agency)s") % {"agency": agency.name},
        verb=_("Thêm vị trí"),
        back=reverse("agency", args=[agency.key]),
        said=_("Đã thêm vị trí."),
    )


@writes(Permission.MANAGE_PEOPLE)
def hold(request: HttpRequest, key: str) -> HttpResponse:
    """Let a person hold the position `key`."""
    actor = actor_of(request)
    position = _managed_position(actor, key)
    require_filling(actor, position, timezone.localdate(actor.at))
    form = HoldForm(request.POST or None, agency=position.agency)

    def act() -> object:
        person = find(Person.objects.within(position.agency), key=form.cleaned_data["person"])
        given = {name: form.cleaned_data[name] for name in ("from_on", "decision")}
        return actions.hold(position, person, **given, by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Cử người giữ vị trí %(position)s") % {"position": position.title},
        verb=_("Cử người giữ"),
        back=reverse("position", args=[position.key]),
        said=_("Đã cử người giữ vị trí."),
    )


@writes(Permission.MANAGE_PEOPLE)
def end_holding(request: HttpRequest, key: str) -> HttpResponse:
    """Let the holding `key` end with a day."""
    actor = actor_of(request)
    holding = find(Holding.objects.visible_to(actor).select_related("position__agency", "person"), key=key)
    require(actor, Permission.MANAGE_PEOPLE, holding.position.agency)
    form = LastDayForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.end_holding(holding, **form.cleaned_data, by=actor, at=actor.at),
        title=_("%(person)s thôi giữ vị trí %(position)s")
        % {"person": holding.person.full_name, "position": holding.position.title},
        verb=_("Ghi ngày thôi giữ"),
        back=reverse("position", args=[holding.position.key]),
        said=_("Đã ghi ngày thôi giữ vị trí."),
    )


@writes(Permission.MANAGE_PEOPLE)
def assign_role(request: HttpRequest, key: str) -> HttpResponse:
    """Give the position `key` a role."""
    actor = actor_of(request)
    position = _managed_position(actor, key)
    form = RoleForm(request.POST or None, agency=position.agency, actor=actor)

    def act() -> object:
        role = Role(form.cleaned_data["role"])
        return actions.assign_role(position, role, from_on=form.cleaned_data["from_on"], by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Giao vai trò cho vị trí %(position)s") % {"position": position.title},
        verb=_("Giao vai trò"),
        back=reverse("position", args=[position.key]),
        said=_("Đã giao vai trò."),
    )


@writes(Permission.MANAGE_PEOPLE)
def end_role(request: HttpRequest, key: str) -> HttpResponse:
    """Take a role away after a day."""
    actor = actor_of(request)
    assignment = find(RoleAssignment.objects.visible_to(actor).select_related("position__agency"), key=key)
    require(actor, Permission.MANAGE_PEOPLE, assignment.position.agency)
    form = LastDayForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.end_role(assignment, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Thôi giao vai trò cho vị trí %(position)s") % {"position": assignment.position.title},
        verb=_("Ghi ngày thôi giao"),
        back=reverse("position", args=[assignment.position.key]),
        said=_("Đã ghi ngày thôi giao vai trò."),
    )


@writes(Permission.SEE_PEOPLE)
def delegate(request: HttpRequest, key: str) -> HttpResponse:
    """Let somebody stand in for the holding `key`: the holder himself may, and who manages people."""
    actor = actor_of(request)
    holding = find(Holding.objects.visible_to(actor).select_related("position__agency"), key=key)
    if holding.person_id != actor.person_id:
        require(actor, Permission.MANAGE_PEOPLE, holding.position.agency)
        require_filling(actor, holding.position, timezone.localdate(actor.at))
    form = DelegateForm(request.POST or None, agency=holding.position.agency)

    def act() -> object:
        to = find(Person.objects.within(holding.position.agency), key=form.cleaned_data["to"])
        given = {name: form.cleaned_data[name] for name in ("from_on", "until_on", "reason")}
        return actions.delegate(holding, to, **given, by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=_("Cử người làm thay ở vị trí %(position)s") % {"position": holding.position.title},
        verb=_("Cử người làm thay"),
        back=reverse("position", args=[holding.position.key]),
        said=_("Đã cử người làm thay."),
    )


def _managed_position(actor: Actor, key: str) -> Position:
    position = find(Position.objects.visible_to(actor).select_related("agency"), key=key)
    require(actor, Permission.MANAGE_PEOPLE, position.agency)
    return position
