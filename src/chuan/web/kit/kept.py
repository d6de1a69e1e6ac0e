"""What was posted after the session had ended (a laptop that slept over lunch) is kept and sent again after signing in.

It waits in the session of the same browser, for nobody but the account that was signed in there last (a signed cookie,
which outlives the session); it is let go as soon as it was posted. Files, pieces of pages and large posts are not kept.
"""

from collections.abc import Callable
from typing import TypedDict
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from chuan.kernel.effects import SIGNED_IN, reads

KEPT = "kept_post"
MOST_LETTERS = 50_000
LAST_ACCOUNT = "last_account"
A_MONTH = 30 * 24 * 3600
_SIGNER = Signer(salt=LAST_ACCOUNT)
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
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _remember(request, response)
        if request.method != "POST":
            return response
        if _leads_to_signing_in(request, response):
            kept = _kept(request)
            if kept is None:
                return _to_sign_in(_page_before(request))
            request.session[KEPT] = kept
            messages.warning(request, _("Phiên làm việc đã hết. Việc bạn vừa gửi được giữ lại: đăng nhập để gửi tiếp."))
            return _to_sign_in(reverse("send_kept"))
        waiting = request.session.get(KEPT)
        if waiting and request.user.is_authenticated and waiting["path"] == request.get_full_path():
            del request.session[KEPT]
        return response


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    """Keep in the browser who is signed in, where that is not kept yet."""
    said = _SIGNER.sign(str(request.user.pk))
    if request.COOKIES.get(LAST_ACCOUNT) != said:
        response.set_cookie(
            LAST_ACCOUNT, said, max_age=A_MONTH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )


def _to_sign_in(then: str) -> HttpResponse:
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then})}")


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours from which was posted: an address that is only posted to cannot be gone back to."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(before)
    return urlunsplit(("", "", parts.path, parts.query, "")) if ours and parts.path else "/"


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
    """Return the account that was signed in last in this browser; None where none ever was."""
    try:
        return _SIGNER.unsign(request.COOKIES.get(LAST_ACCOUNT, ""))
    except BadSignature:
        return None


@reads(SIGNED_IN)
def send_kept(request: HttpRequest) -> HttpResponse:
    """Show what waits to be sent again, with one button."""
    kept: Kept | None = request.session.get(KEPT)
    if kept is None or kept["owner"] != str(request.user.pk):
        return redirect("home")
    said = [value for name, value in kept["fields"] if name not in _UNSAID and value.strip()]
    return render(request, "kit/send_kept.html", {"kept": kept, "said": said})
