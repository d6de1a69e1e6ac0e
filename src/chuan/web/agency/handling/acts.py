"""The pages on which something is done with a dossier: one form each, safe to send twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.quality.dossiers.reckoned import variant_of
from chuan.quality.dossiers.refusals import ActedMeanwhile, NotAdmittedNow
from chuan.quality.dossiers.writing import Press, Written
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import NotAdmitted
from chuan.web.agency.handling import forms
from chuan.web.agency.handling.cautions import cautions
from chuan.web.agency.handling.dossier import clocked, show
from chuan.web.agency.handling.history import since
from chuan.web.agency.handling.offered import admits, may, verb_named
from chuan.web.agency.handling.presses import fresh_key, press_of, said_already, undo_url
from chuan.web.kit.acting import UNPROCESSABLE, say

Do = Callable[[Any, Dossier, Press, Actor], Written]
"""Calls the action with what the form read: (form, dossier, press, actor)."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page of an act: its form, what it calls, the words of its button and of what was done."""

    form: type[forms.ActForm]
    do: Do
    button: Promise
    said: Promise


def _why(action: Callable[..., Written]) -> Do:
    return lambda form, one, press, by: action(one, why=form.cleaned_data["why"], press=press, by=by, at=by.at)


def _plain(action: Callable[..., Written]) -> Do:
    return lambda _form, one, press, by: action(one, press=press, by=by, at=by.at)


def _supplement(form: forms.SupplementForm, one: Dossier, press: Press, by: Actor) -> Written:
    return actions.ask_supplement(one, form.named, why=form.cleaned_data["why"], press=press, by=by, at=by.at)


def _take_supplement(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    return actions.take_supplement(one, form.cleaned_data.get("items", ()), press=press, by=by, at=by.at)


def _payment(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    return actions.ask_payment(one, what=form.cleaned_data["why"], press=press, by=by, at=by.at)


def _ready(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    return actions.make_ready(one, reason=form.cleaned_data["why"], press=press, by=by, at=by.at)


def _apologise(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    said = form.cleaned_data
    return actions.apologise(one, why=said["why"], new_due=said["new_due"], press=press, by=by, at=by.at)


def _consult(form: forms.AskForm, one: Dossier, press: Press, by: Actor) -> Written:
    said = form.cleaned_data
    asked: dict[str, Any] = {"agency": form.agency, "body": said["body"], "content": said["content"]}
    return actions.consult(one, **asked, limit=form.limit, press=press, by=by, at=by.at)


def _forward(form: forms.AskForm, one: Dossier, press: Press, by: Actor) -> Written:
    agency, content = form.agencies[form.cleaned_data["body"]], form.cleaned_data["content"]
    return actions.forward(one, agency=agency, content=content, limit=form.limit, press=press, by=by, at=by.at)


def _hand_over(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    said, always = form.cleaned_data, bool(form.cleaned_data.get("always"))
    position, words = said["position"], said["note"]
    return actions.hand_over(one, position, note=words, always=always, press=press, by=by, at=by.at)


def _note(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    about = form.cleaned_data.get("about", "")
    told: dict[str, Any] = {"told_of": int(about)} if about.isdigit() else {"told_result": about == "result"}
    return actions.note(one, text=form.cleaned_data["text"], **told, press=press, by=by, at=by.at)


def _step(form: forms.ActForm, one: Dossier, press: Press, by: Actor) -> Written:
    said = form.cleaned_data
    reason, words = said["reason"], said["note"]
    return actions.do_step(one, said["step"], reason=reason, note=words, press=press, by=by, at=by.at)


PAGES: Mapping[str, Page] = {
    "bo-sung": Page(
        forms.SupplementForm,
        _supplement,
        gettext_lazy("Yêu cầu bổ sung"),
        gettext_lazy("Đã ghi yêu cầu bổ sung; đồng hồ dừng cho đến khi nhận đủ."),
    ),
    "nhan-bo-sung": Page(
        forms.TakeSupplementForm,
        _take_supplement,
        gettext_lazy("Nhận bổ sung"),
        gettext_lazy("Đã nhận bổ sung; đồng hồ chạy lại."),
    ),
    "cho-nop-tien": Page(
        forms.PaymentForm, _payment, gettext_lazy("Chờ nộp tiền"), gettext_lazy("Đã ghi chờ nộp tiền; đồng hồ dừng.")
    ),
    "da-nop-tien": Page(
        forms.PlainForm,
        _plain(actions.take_payment),
        gettext_lazy("Ghi đã nộp tiền"),
        gettext_lazy("Đã ghi người nộp hoàn thành nghĩa vụ; đồng hồ chạy lại."),
    ),
    "tam-dung": Page(
        forms.PauseForm, _why(actions.pause), gettext_lazy("Tạm dừng"), gettext_lazy("Đã tạm dừng; đồng hồ dừng.")
    ),
    "tiep-tuc": Page(
        forms.PlainForm,
        _plain(actions.resume),
        gettext_lazy("Cho chạy tiếp"),
        gettext_lazy("Đã cho hồ sơ chạy tiếp."),
    ),
    "tu-choi": Page(forms.RefuseForm, _why(actions.refuse), gettext_lazy("Từ chối"), gettext_lazy("Đã từ chối hồ sơ.")),
    "dung": Page(
        forms.StopForm, _why(actions.stop), gettext_lazy("Dừng giải quyết"), gettext_lazy("Đã dừng giải quyết hồ sơ.")
    ),
    "rut": Page(
        forms.WithdrawForm,
        _why(actions.withdraw),
        gettext_lazy("Ghi công dân rút"),
        gettext_lazy("Đã ghi công dân rút hồ sơ."),
    ),
    "co-ket-qua": Page(
        forms.ReadyForm, _ready, gettext_lazy("Ghi đã có kết quả"), gettext_lazy("Đã ghi có kết quả; chờ trả.")
    ),
    "xin-loi": Page(
        forms.ApologyForm,
        _apologise,
        gettext_lazy("Ghi xin lỗi, hẹn lại"),
        gettext_lazy("Đã ghi xin lỗi và hẹn lại. Hãy in văn bản gửi người nộp."),
    ),
    "xin-y-kien": Page(
        forms.AskForm, _consult, gettext_lazy("Gửi xin ý kiến"), gettext_lazy("Đã gửi xin ý kiến; đồng hồ vẫn chạy.")
    ),
    "lien-thong": Page(
        forms.ForwardForm,
        _forward,
        gettext_lazy("Chuyển liên thông"),
        gettext_lazy("Đã chuyển phần liên thông; cơ quan nhận thấy ngay."),
    ),
    "chuyen-nguoi": Page(
        forms.HandOverForm, _hand_over, gettext_lazy("Chuyển hồ sơ"), gettext_lazy("Đã chuyển hồ sơ.")
    ),
    "ghi-chu": Page(forms.NoteForm, _note, gettext_lazy("Ghi"), gettext_lazy("Đã ghi chú.")),
    "buoc-khac": Page(forms.OtherStepForm, _step, gettext_lazy("Ghi xong bước"), gettext_lazy("Đã ghi xong bước.")),
}
"""The pages by the word in their address; `offered.VERBS` says when each is offered."""


@writes(Permission.HANDLE_DOSSIER)
def act_on_dossier(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Do what `verb` names with the dossier `key`."""
    actor = actor_of(request)
    dossier = dossier_by_key(actor, key)
    known, page = verb_named(verb), PAGES.get(verb)
    if known is None or page is None:
        raise Http404
    if not may(actor, known.wanted, dossier):
        raise NotAllowed
    one = clocked(dossier, list(dossier.acts.all()), variant_of(dossier), actor)
    if request.method != "POST":
        if not admits(known, one.found.state, one.found, has_steps=bool(one.terms.steps)):
            return show(request, dossier, NotAdmittedNow(NotAdmitted("dossier_acts.not_in_this_state")))
        return asked_page(request, dossier, page, page.form(dossier=dossier, one=one))
    press = press_of(request)
    if said_already(request, dossier, press):
        return redirect("living_dossier", key=key)
    form = page.form(request.POST, dossier=dossier, one=one)
    return sent(request, dossier, page, form, press)


def sent(
    request: HttpRequest, dossier: Dossier, page: Page, form: forms.ActForm, press: Press, above: str = ""
) -> HttpResponse:
    """Act with a posted form and go to the dossier; when it is refused, show the form with what was typed."""
    actor = actor_of(request)
    if not form.is_valid():
        return asked_page(request, dossier, page, form, press.seen, above=above)
    press = Press(press.key, press.seen, form.cleaned_data["done_at"])
    try:
        done = page.do(form, dossier, press, actor)
    except ActedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        return asked_page(request, dossier_by_key(actor, dossier.key), page, form, meanwhile=press.seen, above=above)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return asked_page(request, dossier, page, form, press.seen, above=above)
    say(request, str(page.said), undo_url(done.dossier))
    return redirect("living_dossier", key=dossier.key)


def asked_page(
    request: HttpRequest,
    dossier: Dossier,
    page: Page,
    form: forms.ActForm,
    seen: int | None = None,
    meanwhile: int | None = None,
    above: str = "",
) -> HttpResponse:
    """Show the form under the words `above`. `meanwhile`: after how many acts others acted; they are shown, and now
    they are seen."""
    rows = list(dossier.acts.select_related("agency")) if meanwhile is not None else []
    title = _("%(what)s, hồ sơ %(code)s") % {"what": page.button, "code": dossier.code}
    context = {
        "row": dossier,
        "form": form,
        "title": title,
        "verb": page.button,
        "back": reverse("living_dossier", args=[dossier.key]),
        "key": fresh_key(),
        "seen": dossier.act_count if seen is None else seen,
        "meanwhile": since(dossier, rows, meanwhile or 0),
        "above": above,
        "cautions": cautions(form),
    }
    return render(request, "agency/handling/act.html", context, status=UNPROCESSABLE if form.errors else 200)
