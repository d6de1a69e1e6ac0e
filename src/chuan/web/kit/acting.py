"""Acting on a page: saying what was done, with a way back, and the page of one form."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuan.web.kit.forms import done

UNPROCESSABLE = 422
FORM_PAGE = "kit/form_page.html"


def say(request: HttpRequest, sentence: str, undo: str = "") -> None:
    """Show `sentence` on the next page; `undo` is the address that takes the act back when it is posted to."""
    messages.success(request, sentence, extra_tags=undo)


def ask(request: HttpRequest, form: forms.BaseForm, template: str = FORM_PAGE, **shown: Any) -> HttpResponse:
    """Show `form` with its errors; FORM_PAGE wants `title`, `verb` (of the button) and `back` (an address)."""
    return render(request, template, {**shown, "form": form}, status=UNPROCESSABLE if form.errors else 200)


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    title: str,
    verb: str,
    back: str,
    said: str,
    then: str = "",
    undo: str = "",
    above: str = "",
    shown: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Act with the posted `form`, say `said` and go to the address `then` or `back`; else show the form, with errors.

    `title` names the page, `verb` the button ("Cử người giữ"); `above` is the template of what must be known before,
    filled with `shown`.
    """
    if done(form, act):
        say(request, said, undo)
        return redirect(then or back)
    return ask(request, form, title=title, verb=verb, back=back, above=above, **(shown or {}))
