"""Entering what was found and changing what is written of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.quality.improvement import actions
from chuan.quality.improvement.models import Improvement
from chuan.quality.improvement.queries import entry
from chuan.quality.models import Procedure
from chuan.rules.authority import Permission
from chuan.web.agency.improvement.forms import ChangeForm, EntryForm
from chuan.web.kit.acting import ask, form_page, say
from chuan.web.kit.forms import done

KEPT = ("about", "kind", "source", "found_on", "dossier_code", "clause", "due_on", "cause", "corrective_action")


@writes(Permission.RECORD_IMPROVEMENT)
def enter_improvement(request: HttpRequest) -> HttpResponse:
    """Enter what was found. The address may say much of it: `loai`, `nguon`, `ho-so`, `khoa`, `qt`, `noi-dung`."""
    actor = actor_of(request)
    agency = _agency(request, actor)
    form = EntryForm(request.POST or None, initial=_asked(request, agency, actor), agency=agency)
    made: list[Improvement] = []

    def act() -> None:
        told = request.GET.get("ho-so", "")
        key = request.GET.get("khoa", "")[:16] if told and form.cleaned_data["dossier_code"] == told else ""
        made.append(actions.enter(agency=agency, dossier_key=key, **form.cleaned_data, by=actor, at=actor.at))

    if done(form, act):
        one = made[0]
        said = _("Đã ghi phiếu %(number)s.") % {"number": one.shown_number}
        say(request, said, undo=reverse("drop_improvement", args=[one.key]))
        return redirect("improvement", key=one.key)
    others = [one for one in actor.served_where(Permission.RECORD_IMPROVEMENT) if one.pk != agency.pk]
    shown = {"title": _("Ghi vào sổ cải tiến"), "verb": _("Ghi vào sổ"), "back": reverse("improvements")}
    return ask(request, form, **shown, above="agency/improvement/of_agency.html", agency=agency, others=others)


@writes(Permission.RECORD_IMPROVEMENT)
def change_improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is written, and say why it happened and what keeps it from happening again."""
    actor = actor_of(request)
    one = entry(actor, key)
    require(actor, Permission.RECORD_IMPROVEMENT, one.agency)
    initial = {name: getattr(one, name) for name in KEPT} | {"procedure": one.procedure, "position": one.position}
    form = ChangeForm(request.POST or None, initial=initial, agency=one.agency)
    return form_page(
        request,
        form,
        lambda: actions.change(one, **form.cleaned_data, by=actor, at=actor.at),
        title=_("Sửa phiếu %(number)s") % {"number": one.shown_number},
        verb=_("Ghi lại"),
        back=reverse("improvement", args=[one.key]),
        said=_("Đã sửa phiếu."),
    )


def _agency(request: HttpRequest, actor: Actor) -> Agency:
    """Return the agency in whose register is written: the one that the address names (`co-quan`), else the first."""
    own = actor.agencies_where(Permission.RECORD_IMPROVEMENT)
    rows = Agency.objects.visible_to(actor).filter(pk__in=own)
    named = rows.filter(key=request.GET.get("co-quan", "")).first()
    return named or rows.get(pk=actor.served_where(Permission.RECORD_IMPROVEMENT)[0].pk)


def _asked(request: HttpRequest, agency: Agency, actor: Actor) -> dict[str, Any]:
    given = request.GET
    kind = given.get("loai", "") if given.get("loai") in Improvement.Kind.values else ""
    of_dossier = Improvement.Source.DOSSIER if given.get("ho-so") else Improvement.Source.OWN_CHECK
    procedure = Procedure.objects.within(agency).filter(key=given["qt"]).first() if given.get("qt") else None
    return {
        "kind": kind,
        "source": given.get("nguon") if given.get("nguon") in Improvement.Source.values else of_dossier,
        "found_on": timezone.localdate(actor.at),
        "about": given.get("noi-dung", ""),
        "dossier_code": given.get("ho-so", ""),
        "procedure": procedure,
        "clause": given.get("dieu", "8.7" if kind else ""),
    }
