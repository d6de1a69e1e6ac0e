"""Acting on a page: saying what was done, with a way back, and the page of one form."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuan.web.kit.forms import done

UNPROCESSABLE = 422


def say(request: HttpRequest, sentence: str, undo: str = "") -> None:
    """Show `sentence` on the next page; `undo` is the address that takes the act back when it is posted to."""
    messages.success(request, sentence, extra_tags=undo)


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
    above: str = "",
    shown: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Act with the posted `form`, say `said` and go to the address `then` or `back`; else show the form, with errors.

    `title` names the page, `verb` the button ("Cử người giữ"); `above` is the template of what must be known before,
    filled with `shown`.
    """
    if form.is_bound and form.is_valid() and done(form, act):
        say(request, said)
        return redirect(then or back)
    status = UNPROCESSABLE if form.errors else 200
    context = {**(shown or {}), "form": form, "title": title, "verb": verb, "back": back, "above": above}
    return render(request, "kit/form_page.html", context, status=status)
