"""One living dossier: its clock, what can be done, what was done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import Refusal
from chuan.quality.dossiers.models import Applicant, Dossier, DossierAct
from chuan.quality.dossiers.papers import OCCASIONS, numbering_of, shop_of
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.quality.dossiers.receiving import governing
from chuan.quality.dossiers.reckoned import act_of, course_of, terms_of, variant_of
from chuan.quality.dossiers.refusals import ActedMeanwhile, NotItsStep
from chuan.quality.improvement.queries import of_dossier
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import ActKind, DossierState, in_effect
from chuan.rules.handling.counter import hands_out
from chuan.rules.handling.reckoning import reckon
from chuan.rules.procedure.structure import Variant
from chuan.web.agency.handling import evidence, offered, parts
from chuan.web.agency.handling.asking import show_asked
from chuan.web.agency.handling.axis import Clocked, axis, step_words
from chuan.web.agency.handling.head import boxes, standing
from chuan.web.agency.handling.history import history, since
from chuan.web.agency.handling.presses import fresh_key
from chuan.web.agency.handling.pressing import pressing, violations
from chuan.web.agency.handling.words import act_words
from chuan.web.agency.queue.words import STATE_SHAPES, STATE_WORDS
from chuan.web.agency.reality.evidence import shown
from chuan.web.agency.reality.ledger import rows_of
from chuan.web.agency.reality.words import in_words
from chuan.web.agency.reception.papers import form_word
from chuan.web.kit.acting import UNPROCESSABLE

P = Permission
SHORTEST_LEDGER = 6
"""Lines up to which every day is shown at once."""


@reads(Permission.SEE_AGENCY)
def living_dossier(request: HttpRequest, key: str) -> HttpResponse:
    """Show the dossier `key`: to an agency that was only asked for its part, what it needs for it."""
    dossier = dossier_by_key(actor_of(request), key)
    if not sees_all(actor_of(request), dossier):
        return show_asked(request, dossier)
    return show(request, dossier)


def sees_all(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor serves the place of reception or the handling agency."""
    return offered.may(actor, P.SEE_AGENCY, dossier)


def show(
    request: HttpRequest, dossier: Dossier, refusal: Refusal | None = None, seen: int | None = None
) -> HttpResponse:
    """Return the page of `dossier`; after a `refusal` with what was typed and what others did after `seen` acts."""
    actor = actor_of(request)
    rows = list(dossier.acts.select_related("agency"))
    variant = variant_of(dossier)
    one = clocked(dossier, rows, variant, actor)
    shape, word = _state(dossier, one)
    open_ones = offered.offers(dossier, one.found, actor, has_steps=bool(one.terms.steps))
    entered = list(of_dossier(dossier.agency, dossier.code))
    record = evidence.record_of(dossier, rows, one, variant, entered=entered)
    meanwhile = isinstance(refusal, ActedMeanwhile) and seen is not None
    context = {
        "row": dossier,
        "shape": shape,
        "state": word,
        "boxes": boxes(dossier, one),
        "refusal": refusal,
        "meanwhile": since(dossier, rows, seen or 0) if meanwhile else [],
        "typed": request.POST,
        "key": fresh_key(),
        "seen": dossier.act_count if seen is None or meanwhile else seen,
        "offers": open_ones,
        "main": offered.main_of(open_ones, one.found),
        "why_nothing": offered.why_nothing(dossier, one.found, actor),
        "takes_back": _last(rows, one) if offered.may(actor, P.HANDLE_DOSSIER, dossier) else "",
        "pressing": pressing(dossier, one, open_ones),
        "violations": violations(one.found.violations),
        "timeline": axis(one),
        "asked": parts.asked(dossier, one.acts, one.found, actor),
        "shares": parts.shares(dossier, one.acts, one.found, one.now),
        "history": history(dossier, rows),
        "evidence": shown(record),
        "entered": entered,
        "entering": evidence.entering(dossier, one, actor),
        "papers": _papers(dossier, one) if may_print(actor, dossier) else [],
        **_steps(dossier, one, actor, refusal),
        **_facts(dossier, one, actor),
    }
    return render(request, "agency/handling/dossier.html", context, status=UNPROCESSABLE if refusal else 200)


def clocked(dossier: Dossier, rows: Sequence[DossierAct], variant: Variant | None, actor: Actor) -> Clocked:
    """Return the dossier as the rules know it now."""
    now = timezone.localtime(actor.at)
    acts = tuple(act_of(row) for row in rows)
    terms, course = terms_of(dossier, variant), course_of(variant)
    return Clocked(acts, terms, course, reckon(acts, terms, course, now), now)


def _state(dossier: Dossier, one: Clocked) -> tuple[str, str]:
    shape, pressed = standing(one)
    word = str(STATE_WORDS[dossier.state])
    return shape or STATE_SHAPES.get(dossier.state, "todo"), f"{word}, {pressed}" if pressed else word


def _steps(dossier: Dossier, one: Clocked, actor: Actor, refusal: Refusal | None) -> dict[str, Any]:
    """Return the step that one press does, the others that are open, and whether a reason is needed for it."""
    found = one.found
    if found.state is DossierState.READY:
        returns = offered.may(actor, P.RECEIVE_DOSSIER, dossier)
        return {"returns": returns, "act_url": reverse("return_dossier", args=[dossier.key]) if returns else ""}
    if found.state is not DossierState.HANDLING or not offered.may(actor, P.HANDLE_DOSSIER, dossier):
        return {}
    named = {each.step: step_words(one.terms.steps[each.step], each.step) for each in found.at_hand}
    own = dossier.holder_id is None or dossier.holder_id in {duty.position_id for duty in actor.duties}
    usual = named.pop(found.usual) if found.usual is not None and found.usual in named else ""
    others = {step: words for step, words in named.items() if not hands_out(one.terms.steps[step])}
    return {
        "usual": (found.usual, usual) if usual else None,
        "others": list(others.items()),
        "in_place_of": "" if own or not dossier.holder else dossier.holder.title,
        "reason_wanted": not own or isinstance(refusal, NotItsStep),
        "act_url": reverse("do_dossier_step", args=[dossier.key]) if usual or others else "",
    }


def _last(rows: Sequence[DossierAct], one: Clocked) -> str:
    """Return in words what taking back would undo, "" where nothing can be."""
    holding = in_effect(one.acts)
    if not holding:
        return ""
    key = holding[-1].key.partition(".")[0]
    pressed = [act for act in holding if act.key.partition(".")[0] == key]
    if any(act.kind is ActKind.RECEIVED for act in pressed):
        return ""
    words = {row.number: act_words(row) for row in rows}
    return "; ".join(words[act.number] for act in pressed)


def may_print(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the papers of the dossier are the actor's business: they carry the name of the applicant."""
    return any(offered.may(actor, wanted, dossier) for wanted in (P.RECEIVE_DOSSIER, P.HANDLE_DOSSIER))


def _papers(dossier: Dossier, one: Clocked) -> list[tuple[str, str]]:
    """Return the forms that the acts give occasion for: (word in the address, name)."""
    kinds = {act.kind for act in in_effect(one.acts)}
    numbering = numbering_of(shop_of("receipt", dossier))
    return [(form_word(form), numbering.name(form)) for form, kind in OCCASIONS.items() if kind in kinds]


def _facts(dossier: Dossier, one: Clocked, actor: Actor) -> Mapping[str, Any]:
    """Return what was settled at reception, and why the dues are what they are."""
    promised = one.found.promised
    missing = _missing(one)
    hands = one.found.state.is_open and offered.may(actor, P.HANDLE_DOSSIER, dossier)
    newest = governing(dossier.agency, dossier.service, timezone.localdate(actor.at))
    long = promised is not None and len(promised.ledger.lines) > SHORTEST_LEDGER
    return {
        "hand_over": reverse("act_on_dossier", args=[dossier.key, "chuyen-nguoi"]) if hands else "",
        "newer": newest if newest and newest.pk != dossier.version_id else None,
        "sees_procedure": actor.may(P.SEE_AGENCY, dossier.agency),
        "applicant": Applicant.objects.everywhere(reason="of the dossier that was found")
        .filter(dossier=dossier)
        .first(),
        "calendar": one.terms.calendar,
        "promised": promised,
        "committed_words": in_words(dossier.committed),
        "legal": one.found.legal,
        "legal_words": in_words(dossier.legal),
        "ledger": rows_of(promised, short=False) if promised else [],
        "ledger_in_short": rows_of(promised, short=True) if promised and long else [],
        "missing": missing,
        "extra": [name for name in missing if name not in {each.get("name") for each in dossier.components}],
        "title": _("Hồ sơ %(code)s") % {"code": dossier.code},
    }


def _missing(one: Clocked) -> list[str]:
    """Return what the citizen was asked for last and has not brought yet."""
    asked = [act for act in in_effect(one.acts) if act.kind is ActKind.SUPPLEMENT]
    waits = one.found.state is DossierState.SUPPLEMENT
    return [str(item) for item in asked[-1].details.get("items", ())] if asked and waits else []
