"""Moving a quality system from stage to stage."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import require
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.lifecycle import MOVES, STATES
from chuan.organisations.agencies.models import QualitySystem
from chuan.rules.authority import Permission
from chuan.rules.lifecycle import Move
from chuan.web.kit.acting import form_page
from chuan.web.staff.systems.changing import kept_system
from chuan.web.staff.systems.forms import DeclareForm, MoveForm


@writes(Permission.MANAGE_QUALITY_SYSTEM)
def move_system(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Make the move `name` with the system `key`, with its decision or reason."""
    actor = actor_of(request)
    system = kept_system(actor, key)
    move = _open_move(system, name)
    require(actor, move.permission, system.owner)
    data = request.POST if request.method == "POST" else None
    declares = move.target == "declared"
    today = timezone.localdate(actor.at)
    form: forms.Form = DeclareForm(data, today=today) if declares else MoveForm(data)

    def act() -> object:
        if declares:
            return actions.declare(system, **form.cleaned_data, by=actor, at=actor.at)
        return actions.move_quality_system(system, move.target, **form.cleaned_data, by=actor, at=actor.at)

    return form_page(
        request,
        form,
        act,
        title=f"{MOVES[move.name]}: {system.name}",
        verb=str(MOVES[move.name]),
        back=reverse("quality_system", args=[system.owner.key]),
        said=_("Hệ thống ở giai đoạn: %(state)s.") % {"state": STATES[move.target]},
    )


def _open_move(system: QualitySystem, name: str) -> Move:
    for move in system.lifecycle.moves_from(system.state):
        if move.name == name:
            return move
    raise Http404
