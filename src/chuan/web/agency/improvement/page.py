"""One entry of the register: its life as a thread, with the form of what comes next where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.analytics.logs.models import LoggedDossier
from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.quality.improvement.lifecycle import UNFINISHED
from chuan.quality.improvement.models import Improvement, ImprovementMove
from chuan.quality.improvement.queries import corrected_by_actor, entry
from chuan.quality.models import Dossier
from chuan.rules.authority import Permission
from chuan.web.agency.improvement.forms import CloseForm, CorrectForm
from chuan.web.agency.improvement.words import MADE, clause_words, standing

P = Permission
REOPENED = ("closed", "open")
"""From where to where a reopening leads."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the thread: its shape, title, day, words, who; `form` with `verb` and `url` where it is to be done."""

    shape: str
    title: str
    day: date | None = None
    words: str = ""
    who: str = ""
    form: forms.Form | None = None
    verb: str = ""
    url: str = ""


@reads(Permission.SEE_AGENCY)
def improvement(request: HttpRequest, key: str) -> HttpResponse:
    """Show one entry: what was found, what was done about it, what comes next and whose it is."""
    actor = actor_of(request)
    one = entry(actor, key)
    moves = list(one.moves.order_by("at", "pk"))
    shape, word = standing(one, timezone.localdate(actor.at))
    records, closes = actor.may(P.RECORD_IMPROVEMENT, one.agency), actor.may(P.CLOSE_IMPROVEMENT, one.agency)
    mine = one.created_by_id is not None and one.created_by_id == actor.account_id
    context: dict[str, Any] = {
        "one": one,
        "shape": shape,
        "word": word,
        "clause": clause_words(one.clause),
        "stages": list(_stages(one, moves, actor)),
        "moves": [(MADE.get((made.source, made.target), made.target), made) for made in moves],
        "dossier_url": dossier_url(one, actor),
        "may_change": records and one.state in UNFINISHED,
        "may_uncorrect": records and one.state == "corrected",
        "may_reopen": closes and one.state == "closed",
        "may_drop": records and one.state == "open" and (mine or closes),
        "may_take_up": records and one.state == "dropped",
    }
    return render(request, "agency/improvement/entry.html", context)


def dossier_url(one: Improvement, actor: Actor) -> str:
    """Return where the dossier of an entry is shown, handled here or recorded; "" where it is not known or not his."""
    if not one.dossier_key:
        return ""
    if Dossier.objects.visible_to(actor).filter(key=one.dossier_key).exists():
        return reverse("living_dossier", args=[one.dossier_key])
    recorded = LoggedDossier.objects.visible_to(actor).filter(key=one.dossier_key).exists()
    return reverse("dossier", args=[one.dossier_key]) if recorded else ""


def _stages(one: Improvement, moves: list[ImprovementMove], actor: Actor) -> Iterator[Stage]:
    made_by = next((made.by_name for made in moves), "")
    yield Stage("done", _("Ghi nhận"), one.found_on, one.about, f"{one.get_source_display()} · {made_by}")
    yield from _earlier(moves)
    yield _correcting(one, moves, actor)
    for title, words in ((_("Nguyên nhân"), one.cause), (_("Hành động khắc phục"), one.corrective_action)):
        if words:
            yield Stage("done", title, None, words)
    yield _closing(one, moves, actor)


def _earlier(moves: list[ImprovementMove]) -> Iterator[Stage]:
    """Yield what was done before the entry was opened again, and why it was."""
    corrected: ImprovementMove | None = None
    for made in moves:
        if made.target == "corrected" and made.source == "open":
            corrected = made
        elif (made.source, made.target) == REOPENED:
            if corrected is not None:
                day = timezone.localdate(corrected.at)
                yield Stage("done", _("Khắc phục trước khi mở lại"), day, corrected.note, corrected.by_name)
            yield Stage("soon", _("Mở lại"), timezone.localdate(made.at), made.note, made.by_name)


def _correcting(one: Improvement, moves: list[ImprovementMove], actor: Actor) -> Stage:
    title = _("Khắc phục ngay")
    if one.state in ("corrected", "closed"):
        return Stage("done", title, one.corrected_on, one.correction, one.corrected_by)
    if one.state == "open" and actor.may(P.RECORD_IMPROVEMENT, one.agency):
        url = reverse("correct_improvement", args=[one.key])
        form = CorrectForm(initial=as_done(one, moves, actor))
        return Stage("soon", title, form=form, verb=_("Ghi việc khắc phục"), url=url)
    return Stage("todo", title, who=one.position.title if one.position else _("Chưa giao cho vị trí nào"))


def _closing(one: Improvement, moves: list[ImprovementMove], actor: Actor) -> Stage:
    title = _("Đóng phiếu")
    if one.state == "closed":
        last = moves[-1]
        return Stage("done", title, one.closed_on, last.note, last.by_name)
    if one.state == "corrected" and actor.may(P.CLOSE_IMPROVEMENT, one.agency):
        url = reverse("close_improvement", args=[one.key])
        words = _("Bạn cũng là người ghi việc khắc phục: nên để người khác kiểm tra rồi đóng.")
        said = words if corrected_by_actor(one, actor) else ""
        return Stage("soon", title, words=said, form=CloseForm(), verb=_("Đóng phiếu"), url=url)
    return Stage("todo", title, who=_("Thư ký ISO hoặc người đứng đầu, sau khi đã khắc phục"))


def as_done(one: Improvement, moves: Sequence[ImprovementMove], actor: Actor) -> dict[str, Any]:
    """Return with what the form of a correction begins: today by the actor's position.

    What was written and taken back stands there again; what did not hold, so that the entry was reopened, does not.
    """
    title = next((duty.title for duty in actor.duties if duty.agency_id == one.agency_id), actor.name)
    if moves and (moves[-1].source, moves[-1].target) == REOPENED:
        return {"corrected_by": title, "corrected_on": timezone.localdate(actor.at)}
    return {
        "correction": one.correction,
        "corrected_by": one.corrected_by or title,
        "corrected_on": one.corrected_on or timezone.localdate(actor.at),
    }
