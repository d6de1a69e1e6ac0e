"""What holds for every request: its language, and that a one-time password is changed before anything else."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

OPEN_WITH_ONE_TIME_PASSWORD = {"account_change_password", "account_logout", "set_language", "set_theme"}


class LanguageMiddleware:
    """Activate the language of the cookie that the switch sets: Vietnamese, unless the reader chose otherwise.

    The browser's own language is not asked: many office computers run an English Windows with a Vietnamese user.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its language and say so in the header."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OneTimePasswordMiddleware:
    """Lead whoever signed in with a one-time password to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect before any other page is made."""
        waiting = request.user.is_authenticated and getattr(request.user, "must_change_password", False)
        here = request.resolver_match.url_name if request.resolver_match else None
        return redirect("account_change_password") if waiting and here not in OPEN_WITH_ONE_TIME_PASSWORD else None
