"""Mergers and splits: choose the agencies, look at what is still open in those that end, then confirm."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.organisations.agencies import actions
from chuan.organisations.agencies.models import Agency, Succession
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done
from chuan.web.staff.organisation.changing import managed
from chuan.web.staff.organisation.forms import ReorganisationForm
from chuan.web.staff.organisation.open_matters import open_matters

MOST_OFFERED = 30


@writes(Permission.MANAGE_ORGANISATION)
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Let one or several agencies go over into the agency `key`."""
    return _reorganise(request, key, into=True)


@writes(Permission.MANAGE_ORGANISATION)
def split(request: HttpRequest, key: str) -> HttpResponse:
    """Let the agency `key` go over into one or several others."""
    return _reorganise(request, key, into=False)


def _reorganise(request: HttpRequest, key: str, *, into: bool) -> HttpResponse:
    """Show the form; filtered (`loc`) show it again; looked at (`xem`) show what is open; confirmed, act."""
    actor = actor_of(request)
    agency = managed(actor, key)
    words, ticked = request.POST.get("q", ""), request.POST.getlist("chosen")
    offered, total = _offered(actor, agency, words, ticked)
    partner = _("Cơ quan cũ, nhập vào đây") if into else _("Cơ quan mới, tách ra từ đây")
    filtering = request.method != "POST" or "loc" in request.POST
    ends = "ends" in request.POST or request.method != "POST"
    typed = {name: request.POST.get(name, "") for name in ("effective_on", "decision")}
    form = ReorganisationForm(
        None if filtering else request.POST,
        partner=partner,
        offered=offered,
        initial={**typed, "chosen": ticked, "ends": ends},
    )
    context = {"agency": agency, "into": into, "q": words, "more": total - len(offered)}
    if form.is_valid():
        chosen = [one for one in offered if one.key in ticked]
        old, new = (chosen, [agency]) if into else ([agency], chosen)
        if "confirmed" not in request.POST:
            looked_at = _looked_at(actor, old, new)
            return ask(request, form, "staff/organisation/look.html", **context, **looked_at)
        given = {name: form.cleaned_data[name] for name in ("decision", "effective_on", "ends")}
        if done(form, lambda: actions.reorganise(old, new, **given, by=actor, at=actor.at)):
            say(request, _("Đã ghi việc sắp xếp."), undo=_way_back(actor, old, new))
            return redirect("agency", key=key)
    return ask(request, form, "staff/organisation/reorganise.html", **context)


def _way_back(actor: Actor, old: Sequence[Agency], new: Sequence[Agency]) -> str:
    """Return the address that takes the reorganisation back, "" where it has to be done agency by agency."""
    rows = Succession.objects.visible_to(actor).filter(predecessor__in=old, successor__in=new)
    return reverse("undo_succession", args=[rows.get().key]) if rows.count() == 1 else ""


def _offered(actor: Actor, agency: Agency, words: str, ticked: Sequence[str]) -> tuple[list[Agency], int]:
    """Return the agencies to choose from, those already ticked first, and how many match in all."""
    rows = Agency.objects.visible_to(actor).filter(province=agency.province_id).exclude(pk=agency.pk)
    chosen = list(rows.filter(key__in=ticked).order_by("search_text"))
    matching = rows.exclude(key__in=ticked)
    for word in fold(words).split():
        matching = matching.filter(search_text__contains=word)
    nearest = matching.filter(kind=agency.kind) if not words else matching
    return chosen + list(nearest.order_by("search_text")[:MOST_OFFERED]), len(chosen) + nearest.count()


def _looked_at(actor: Actor, old: Sequence[Agency], new: Sequence[Agency]) -> dict[str, object]:
    today = timezone.localdate(actor.at)
    return {"old": [(one, open_matters(one, today)) for one in old], "new": new}
