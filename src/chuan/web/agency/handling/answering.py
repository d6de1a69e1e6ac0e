"""The answer to what another body was asked: by that agency, or by who asked it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.quality.dossiers.reckoned import variant_of
from chuan.quality.dossiers.writing import Press, Written
from chuan.rules.authority import Permission
from chuan.web.agency.handling import forms, parts
from chuan.web.agency.handling.acts import Page, asked_page, sent
from chuan.web.agency.handling.dossier import clocked
from chuan.web.agency.handling.presses import press_of, said_already


@writes(Permission.HANDLE_DOSSIER)
def answer_dossier(request: HttpRequest, key: str, to: int) -> HttpResponse:
    """Bring back what act number `to` of the dossier `key` asked."""
    actor = actor_of(request)
    dossier = dossier_by_key(actor, key)
    press = press_of(request)
    if request.method == "POST" and said_already(request, dossier, press):
        return redirect("living_dossier", key=key)
    one = clocked(dossier, list(dossier.acts.all()), variant_of(dossier), actor)
    question = next((each for each in parts.asked(dossier, one.acts, one.found, actor) if each.number == to), None)
    if question is None:
        raise Http404
    if not question.may_answer:
        raise NotAllowed

    def do(form: forms.ActForm, which: Dossier, by_press: Press, by: Actor) -> Written:
        return actions.answer(which, to, content=form.cleaned_data["content"], press=by_press, by=by, at=by.at)

    button = gettext_lazy("Gửi trả lời")
    page = Page(forms.AnswerForm, do, button, gettext_lazy("Đã ghi trả lời."))
    form = forms.AnswerForm(request.POST or None, dossier=dossier, one=one)
    words = _("%(body)s được hỏi: %(content)s") % {"body": question.body, "content": question.content}
    if request.method == "POST":
        return sent(request, dossier, page, form, press, words)
    return asked_page(request, dossier, page, form, above=words)
