"""Tiếp nhận: one screen on which a dossier is received, and the page that says so with its code."""

from base64 import b64encode
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.scoping import find, require
from chuan.quality.dossiers.models import Channel, Dossier
from chuan.quality.dossiers.papers import fitting
from chuan.quality.dossiers.queries import dossier_by_key, one_stop_of
from chuan.quality.dossiers.receiving import Offer, Reception, offer, receive
from chuan.quality.models import PublicService
from chuan.rules.authority import Permission
from chuan.web.agency.handling.presses import LONGEST_KEY, fresh_key
from chuan.web.agency.reception.desk import Desk, desk_of, settings_url
from chuan.web.agency.reception.forms import (
    MOST_COMPONENTS,
    ComponentForm,
    ComponentForms,
    ReceptionForm,
    components_to_ask,
    not_given,
    typed_components,
)
from chuan.web.agency.reception.papers import form_word
from chuan.web.agency.reception.promising import case_in, chosen_agency, on_the_spot, promise
from chuan.web.kit.acting import UNPROCESSABLE, say
from chuan.web.kit.forms import done
from chuan.writing.one_stop.qr import qr_png

PREFIX = "c"
ADD, BACK, PRINT, AT_ONCE = "them", "lai", "in", "ngay"
"""What the buttons of the form say as `lam`; any other receives."""


@writes(Permission.RECEIVE_DOSSIER)
def receive_dossier(request: HttpRequest, service: str) -> HttpResponse:
    """Show the form of reception for a service; receive the dossier and go to its page."""
    actor = actor_of(request)
    one = find(PublicService.objects.visible_to(actor), key=service)
    desk = desk_of(request, actor)
    agency, agencies = chosen_agency(request, one, desk.agency)
    context: dict[str, Any] = {"one": one, "desk": desk, "agency": agency, "agencies": agencies, "query": desk.query()}
    if agency is None:
        return render(request, "agency/reception/nobody.html", context)
    if request.method == "GET" and (known := _received_by(actor, _named_key(request))):
        say(request, _("Hồ sơ này đã được tiếp nhận; không nhận thêm lần nữa."))
        return redirect("received_dossier", key=known.key)
    found = offer(agency, one, timezone.localdate(actor.at), desk.shop)
    elsewhere = agency.pk != desk.agency.pk
    form, rows = _forms(request, actor, one, desk, found)
    if form.is_bound and _sound(form, rows):
        what = Reception(
            service=one,
            agency=agency,
            reception=desk.agency,
            received_at=form.cleaned_data["received_at"] or actor.at,
            components=[row.row for row in rows if row.row["name"]],
            **_told(form, request.POST.get("lam", "")),
        )
        made: list[Dossier] = []
        if done(form, lambda: made.append(receive(what, key=form.cleaned_data["key"], by=actor, at=actor.at))):
            asked = "1" if request.POST.get("lam") == PRINT else ""
            return redirect(f"{reverse('received_dossier', args=[made[0].key])}{desk.query(**{'in': asked})}")
    context |= {
        "form": form,
        "rows": rows,
        "elsewhere": elsewhere,
        "found": found,
        "promise": promise(found.of_case(case_in(form.data.get("variant"), found)), actor.at, elsewhere=elsewhere),
        "at_once": on_the_spot(found.committed or found.legal),
        "settings": "" if desk.ready else settings_url(actor, desk.agency),
        "address": desk.query(**{"giai-quyet": agency.key if elsewhere else ""}),
    }
    context["wrong"] = form.is_bound
    return render(request, "agency/reception/receive.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _named_key(request: HttpRequest) -> str:
    """Return the key that stands in the address, which the page writes there: going back finds the same form."""
    said = request.GET.get("lan", "")
    return said if said.isascii() and said.isalnum() and len(said) <= LONGEST_KEY else ""


def _received_by(actor: Actor, key: str) -> Dossier | None:
    """Return the dossier that was received by this press."""
    return Dossier.objects.visible_to(actor).filter(acts__key=key).first() if key else None


def _forms(
    request: HttpRequest, actor: Actor, one: PublicService, desk: Desk, found: Offer
) -> tuple[ReceptionForm, "BaseFormSet[ComponentForm]"]:
    """Return the form and the rows of components: as posted, as typed with one row more, or as they begin."""
    variants = [variant.name for variant in found.written.variants] if found.written else []
    options: dict[str, Any] = {"variants": variants, "keeps_applicants": desk.keeps_applicants, "at": actor.at}
    posted, pressed = request.POST, request.POST.get("lam")
    if request.method == "POST" and pressed not in (ADD, BACK):
        return ReceptionForm(posted, **options), ComponentForms(posted, prefix=PREFIX)
    if posted:
        typed = typed_components(posted, PREFIX, more=pressed == ADD)
        return ReceptionForm(initial=posted.dict(), **options), ComponentForms(initial=typed, prefix=PREFIX)
    sets = found.written.sets if found.written and found.written.sets else 1
    start = {
        "key": _named_key(request) or fresh_key(),
        "channel": Channel.DIRECT,
        "sets": sets,
        "request": one.name[:500],
        "result_place": desk.name,
    }
    rows = components_to_ask(found, one)
    return ReceptionForm(initial=start, **options), ComponentForms(initial=rows[:MOST_COMPONENTS], prefix=PREFIX)


def _sound(form: ReceptionForm, rows: "BaseFormSet[ComponentForm]") -> bool:
    """Return whether what was typed can be received; it asks before what must be there is missing: the time of the
    dossier would run from now (R1).
    """
    form.full_clean()
    lacking = not_given(rows) if rows.is_valid() else []
    if lacking and not form.cleaned_data.get("complete"):
        words = _(
            "Chưa đánh dấu đã nhận: %(names)s. Hồ sơ chưa đủ thì chưa tiếp nhận, vì thời hạn tính từ lúc nhận đủ: "
            "hãy in phiếu yêu cầu bổ sung, hoặc đánh dấu ô ngay dưới đây."
        )
        form.add_error("complete", words % {"names": "; ".join(lacking)})
    return form.is_valid() and rows.is_valid()


def _told(form: ReceptionForm, pressed: str) -> dict[str, Any]:
    """Return what the form and the button say, as `Reception` has it."""
    told = form.cleaned_data
    finish, slip = pressed == AT_ONCE, told["channel"] == Channel.PAPER_SLIP
    return {
        "variant": int(told.get("variant") or 0),
        "channel": told["channel"],
        "filed_at": told["filed_at"] if told["channel"] == Channel.ONLINE else None,
        "request": told["request"],
        "sets": told["sets"],
        "result_place": told["result_place"],
        "paper_slip": told["paper_slip"] if slip else "",
        "immediate": finish,
        "wants_receipt": not finish,
        "applicant": form.applicant or None,
        "note": told["note"],
        "finish": finish,
    }


@reads(Permission.RECEIVE_DOSSIER)
def received_dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Show a dossier that was just received: its code, its appointment, its papers, and the way to the next one."""
    actor = actor_of(request)
    one = dossier_by_key(actor, key)
    require(actor, Permission.RECEIVE_DOSSIER, one.reception)
    shop = one_stop_of(one.reception)
    desk = desk_of(request, actor)
    elsewhere = one.agency if one.agency_id != one.reception_id else None
    context = {
        "one": one,
        "qr": b64encode(qr_png(one.code)).decode(),
        "papers": [(form_word(form), words) for form, words in _paper_words(fitting(one))],
        "keeps": shop is not None and shop.keeps_applicants,
        "print_now": bool(request.GET.get("in")),
        "elsewhere": elsewhere,
        "next": desk.query(**{"giai-quyet": elsewhere.key if elsewhere else ""}),
        "query": desk.query(),
    }
    return render(request, "agency/reception/received.html", context)


def _paper_words(forms: tuple[str, ...]) -> list[tuple[str, str]]:
    words = {"receipt": _("Giấy tiếp nhận và hẹn trả"), "control_sheet": _("Phiếu kiểm soát")}
    return [(form, words[form]) for form in forms if form in words]
