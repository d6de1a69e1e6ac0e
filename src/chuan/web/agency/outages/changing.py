"""Recording an outage: begun, ended, corrected, all entered, withdrawn, and the way back of each."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor, Served
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.organisations.models import Agency
from chuan.quality.dossiers.outages import actions
from chuan.quality.dossiers.outages.models import Outage
from chuan.quality.dossiers.outages.queries import outage_by_key
from chuan.rules.authority import Permission
from chuan.web.agency.outages.forms import EndForm, OutageForm
from chuan.web.kit.acting import ask, form_page, say
from chuan.web.kit.forms import done
from chuan.web.kit.templatetags.chuan import moment


@writes(Permission.SEE_AGENCY)
def begin_outage(request: HttpRequest) -> HttpResponse:
    """Record that the system is down, or was; `co-quan` in the address names the agency."""
    actor = actor_of(request)
    agency, others = _agency(request, actor)
    form = OutageForm(request.POST or None, initial={"began_at": moment(actor.at)})
    made: list[Outage] = []

    def act() -> None:
        made.append(actions.begin_outage(agency, **form.cleaned_data, by=actor, at=actor.at))

    if done(form, act):
        one = made[0]
        say(request, _("Đã ghi lần mất mạng."), undo=reverse("withdraw_outage", args=[one.key]))
        return redirect("outage", key=one.key)
    words = {"title": _("Ghi lần mất mạng"), "verb": _("Ghi lại"), "back": reverse("outages")}
    return ask(request, form, **words, above="agency/outages/of_agency.html", agency=agency, others=others)


@writes(Permission.SEE_AGENCY)
def end_outage(request: HttpRequest, key: str) -> HttpResponse:
    """Record since when the system runs again."""
    actor = actor_of(request)
    one = _own(actor, key)
    form = EndForm(request.POST or None, initial={"ended_at": moment(actor.at)})
    return form_page(
        request,
        form,
        lambda: actions.end_outage(one, ended_at=form.cleaned_data["ended_at"], by=actor, at=actor.at),
        title=_("Mạng đã có lại"),
        verb=_("Ghi lúc có lại"),
        back=_page(one),
        said=_("Đã ghi lúc có lại. Còn phiếu giấy thì nhập vào, ghi giờ nhận trên phiếu."),
        undo=reverse("reopen_outage", args=[one.key]),
        above="agency/outages/since.html",
        shown={"one": one},
    )


@writes(Permission.SEE_AGENCY)
def correct_outage(request: HttpRequest, key: str) -> HttpResponse:
    """Write down other moments or another reason."""
    actor = actor_of(request)
    one = _own(actor, key)
    initial = {"began_at": moment(one.began_at), "ended_at": moment(one.ended_at), "why": one.why}
    form = OutageForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        lambda: actions.correct_outage(one, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Sửa lần mất mạng"),
        verb=_("Ghi lại"),
        back=_page(one),
        said=_("Đã sửa lần mất mạng."),
    )


@writes(Permission.SEE_AGENCY)
@require_POST
def reopen_outage(request: HttpRequest, key: str) -> HttpResponse:
    """Take the end back."""
    return _press(request, key, actions.reopen_outage, _("Đã bỏ lúc có lại: đang ghi là còn mất mạng."))


@writes(Permission.SEE_AGENCY)
@require_POST
def finish_entering(request: HttpRequest, key: str) -> HttpResponse:
    """Record that all that was received on paper is entered."""
    said = _("Đã ghi là nhập đủ phiếu giấy.")
    return _press(request, key, actions.finish_entering, said, undo="resume_entering")


@writes(Permission.SEE_AGENCY)
@require_POST
def resume_entering(request: HttpRequest, key: str) -> HttpResponse:
    """Take that back."""
    return _press(request, key, actions.resume_entering, _("Đang ghi là còn phiếu giấy phải nhập."))


@writes(Permission.SEE_AGENCY)
@require_POST
def withdraw_outage(request: HttpRequest, key: str) -> HttpResponse:
    """Take an outage that was recorded by mistake from the record."""
    return _press(request, key, actions.withdraw_outage, _("Đã bỏ lần mất mạng ghi nhầm."), undo="restore_outage")


@writes(Permission.SEE_AGENCY)
@require_POST
def restore_outage(request: HttpRequest, key: str) -> HttpResponse:
    """Let it count again."""
    return _press(request, key, actions.restore_outage, _("Đã lấy lại lần mất mạng."))


def _press(request: HttpRequest, key: str, act: Callable[..., Outage], said: str, undo: str = "") -> HttpResponse:
    """Do what one press does and say so, or say why not; then show the outage."""
    actor = actor_of(request)
    one = _own(actor, key)
    try:
        act(one, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, said, undo=reverse(undo, args=[one.key]) if undo else "")
    return redirect(_page(one))


def _own(actor: Actor, key: str) -> Outage:
    """Return an outage that the actor may change."""
    one = outage_by_key(actor, key)
    if not actions.may_record(actor, one.agency):
        raise NotAllowed
    return one


def _agency(request: HttpRequest, actor: Actor) -> tuple[Agency, list[Served]]:
    """Return the agency that the address names (`co-quan`), else the first where the actor records; and the others."""
    served = {one.pk: one for permission in actions.RECORDS for one in actor.served_where(permission)}
    if not served:
        raise NotAllowed
    rows = Agency.objects.visible_to(actor).filter(pk__in=served).order_by("pk")
    agency = rows.filter(key=request.GET.get("co-quan", "")).first() or rows.get(pk=next(iter(served)))
    return agency, [one for one in served.values() if one.pk != agency.pk]


def _page(one: Outage) -> str:
    return reverse("outage", args=[one.key])
