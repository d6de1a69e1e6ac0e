"""What was posted after the session had ended (a laptop that slept over lunch) is kept and sent again after signing in.

It waits in the session of the same browser, for nobody but the account whose session ended; it is let go as soon as it
was posted. Files, pieces of pages and large posts are not kept.
"""

from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chuan.kernel.effects import SIGNED_IN, reads

KEPT = "kept_post"
MOST_LETTERS = 50_000
_UNSAID = ("csrfmiddlewaretoken", "key", "seen")


class Kept(TypedDict):
    """A post that waits: whose it is (the number of the account), its address and its fields in their order."""

    owner: str
    path: str
    fields: list[tuple[str, str]]


class KeptPostMiddleware:
    """Keeps a post that leads to signing in, and lets it go once it was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if request.method != "POST":
            return response
        if _leads_to_signing_in(request, response) and (kept := _kept(request)):
            request.session[KEPT] = kept
            messages.warning(request, _("Phiên làm việc đã hết. Việc bạn vừa gửi được giữ lại: đăng nhập để gửi tiếp."))
            login = resolve_url(settings.LOGIN_URL)
            return redirect(f"{login}?{urlencode({'next': reverse('send_kept')})}")
        waiting = request.session.get(KEPT)
        if waiting and request.user.is_authenticated and waiting["path"] == request.get_full_path():
            del request.session[KEPT]
        return response


def _leads_to_signing_in(request: HttpRequest, response: HttpResponse) -> bool:
    place = response.headers.get("Location", "") if response.status_code == 302 else ""
    return not request.user.is_authenticated and place.startswith(f"{resolve_url(settings.LOGIN_URL)}?next=")


def _kept(request: HttpRequest) -> Kept | None:
    owner = _owner(request)
    if owner is None or request.FILES or "HX-Request" in request.headers:
        return None
    fields = [(name, value) for name, values in request.POST.lists() if name != _UNSAID[0] for value in values]
    fits = sum(len(name) + len(value) for name, value in fields) <= MOST_LETTERS
    return {"owner": owner, "path": request.get_full_path(), "fields": fields} if fits else None


def _owner(request: HttpRequest) -> str | None:
    """Return the account whose session has just run out; None after signing out, or where none ever was."""
    ended = Session.objects.filter(session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")).first()
    return ended.get_decoded().get(SESSION_KEY) if ended else None


@reads(SIGNED_IN)
def send_kept(request: HttpRequest) -> HttpResponse:
    """Show what waits to be sent again, with one button."""
    kept: Kept | None = request.session.get(KEPT)
    if kept is None or kept["owner"] != str(request.user.pk):
        return redirect("home")
    said = [value for name, value in kept["fields"] if name not in _UNSAID and value.strip()]
    return render(request, "kit/send_kept.html", {"kept": kept, "said": said})
