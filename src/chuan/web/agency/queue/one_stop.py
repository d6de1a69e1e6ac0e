"""Cách làm của một cửa: how codes, forms and time are set, and which position has which role."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.dossiers import holders
from chuan.quality.dossiers.actions import set_one_stop
from chuan.quality.dossiers.models import OneStop, RoleHolder
from chuan.quality.dossiers.numbering import next_serial
from chuan.quality.dossiers.queries import one_stop_of
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.web.agency.queue.forms import (
    OneStopForm,
    RoleHolderForm,
    code_of,
    initial_of,
    numbers_words,
)
from chuan.web.kit.acting import ask, form_page, say
from chuan.web.kit.forms import done

P = Permission


@reads(Permission.MANAGE_ONE_STOP)
def one_stop(request: HttpRequest) -> HttpResponse:
    """Show the settings of an agency, the next code, and who does what procedures give to a role."""
    actor = actor_of(request)
    agency = _agency(request, actor)
    shop = one_stop_of(agency)
    table, uses = holders.holders_of(agency), holders.role_uses(agency)
    context: dict[str, Any] = {
        "agency": agency,
        "others": [one for one in actor.served_where(P.MANAGE_ONE_STOP) if one.pk != agency.pk],
        "shop": shop,
        "next_code": _next_code(shop, actor),
        "numbering": numbers_words(shop.forms) if shop else "",
        "choices": _chosen(shop, actor),
        "lost": [use for use in uses if use.position is None],
        "clear": [use for use in uses if use.position is not None],
        "unused": holders.unused(table, uses),
    }
    return render(request, "agency/queue/one_stop.html", context)


def _next_code(shop: OneStop | None, actor: Actor) -> str:
    """Return the code that the next dossier of today would have, "" where none can be given."""
    if shop is None or not shop.identifier:
        return ""
    day = timezone.localdate(actor.at)
    try:
        return code_of(shop.identifier, shop.code_format, shop.system_owner, day, next_serial(shop, day))
    except BadInput:
        return ""


def _chosen(shop: OneStop | None, actor: Actor) -> dict[str, str]:
    """Return the words of the chosen ways of counting."""
    form = OneStopForm(on=timezone.localdate(actor.at))
    said = initial_of(shop)
    return {
        name: str(dict(form.fields[name].choices).get(said[name], said[name]))  # type: ignore[attr-defined]
        for name in ("counting", "supplement", "code_format")
    }


@writes(Permission.MANAGE_ONE_STOP)
def change_one_stop(request: HttpRequest) -> HttpResponse:
    """Set how the one-stop shop works; what was received before keeps what was settled then."""
    actor = actor_of(request)
    agency = _agency(request, actor)
    form = OneStopForm(request.POST or None, initial=initial_of(one_stop_of(agency)), on=timezone.localdate(actor.at))
    return form_page(
        request,
        form,
        lambda: set_one_stop(agency, by=actor, at=actor.at, **form.facts),
        title=_("Cách làm của một cửa"),
        verb=_("Ghi lại"),
        back=_url("one_stop", agency),
        said=_("Đã ghi. Hồ sơ nhận từ bây giờ theo cách này; hồ sơ đã nhận giữ nguyên."),
        above="agency/queue/of_agency.html",
        shown={"agency": agency},
    )


@writes(Permission.MANAGE_ONE_STOP)
def set_role(request: HttpRequest) -> HttpResponse:
    """Say which position does what procedures give to the role `vai-tro`."""
    actor = actor_of(request)
    agency, role = _agency(request, actor), request.GET.get("vai-tro", "").strip()
    known = RoleHolder.objects.within(agency).filter(role=holders.folded(role)).first()
    initial = {"position": known.position_id} if known else {}
    form = RoleHolderForm(request.POST or None, initial=initial, agency=agency)
    back = _url("one_stop", agency)

    def act() -> None:
        holders.set_role_holder(agency, role, form.cleaned_data["position"], by=actor, at=actor.at)

    if role and done(form, act):
        said = {"role": role, "position": form.cleaned_data["position"].title}
        say(request, _("“%(role)s” nay do %(position)s làm; hồ sơ đang ở bước đó đã chuyển theo.") % said)
        return redirect(back)
    title = _("Ai làm việc của “%(role)s”") % {"role": role}
    return ask(request, form, title=title, verb=_("Ghi vị trí"), back=back)


@writes(Permission.MANAGE_ONE_STOP)
@require_POST
def remove_role(request: HttpRequest, key: str) -> HttpResponse:
    """Take a role out of the agency's table."""
    actor = actor_of(request)
    holder = find(RoleHolder.objects.visible_to(actor).select_related("agency", "position"), key=key)
    agency, role, position = holder.agency, holder.role, holder.position
    holders.remove_role_holder(holder, by=actor, at=actor.at)
    said = _("Đã bỏ “%(role)s” khỏi bảng của %(position)s.") % {"role": role, "position": position.title}
    say(request, said)
    return redirect(_url("one_stop", agency))


def _agency(request: HttpRequest, actor: Actor) -> Agency:
    """Return the agency whose settings are shown: the one that the address names (`cq`), else the first."""
    own = actor.served_where(P.MANAGE_ONE_STOP)
    key = request.GET.get("cq") or own[0].key
    rows = Agency.objects.visible_to(actor).filter(pk__in=[one.pk for one in own])
    return find(rows.select_related("province"), key=key)


def _url(page: str, agency: Agency) -> str:
    return f"{reverse(page)}?cq={agency.key}"
