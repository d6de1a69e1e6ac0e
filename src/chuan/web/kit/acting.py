"""The page of one form: it shows the form, and when the form is right it acts once and goes on."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuan.web.kit.forms import done

UNPROCESSABLE = 422


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    title: str,
    verb: str,
    back: str,
    said: str,
) -> HttpResponse:
    """Act with the posted `form`, say `said` and go to the address `back`; else show the form with its errors.

    `title` names the page, `verb` the button ("Cử người giữ").
    """
    if form.is_bound and form.is_valid() and done(form, act):
        messages.success(request, said)
        return redirect(back)
    status = UNPROCESSABLE if form.errors else 200
    return render(
        request, "kit/form_page.html", {"form": form, "title": title, "verb": verb, "back": back}, status=status
    )
