"""What every address for machines does before and after: one method, JSON also when something is wrong, the token.

No session, no cookie and no CSRF token is asked: who speaks is known by the token alone.
"""

from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from chuan.analytics.logs.models import PushToken
from chuan.analytics.logs.pushing import SourceClosed
from chuan.analytics.logs.tokens import known_token, note_use
from chuan.kernel.actor import Actor, machine
from chuan.kernel.effects import ANYONE, View, reads, writes
from chuan.text.messages import BadInput, Message, message

MEGABYTE = 1024 * 1024
_STATUS = {
    "analytics.source_closed": 409,
    "files.too_large": 413,
    "push.too_many": 413,
    "files.kind_not_allowed": 415,
    "files.not_what_it_says": 415,
}
"""The status of what is refused as a whole; else 400."""


class Answer(Exception):
    """The answer is `status` with the reason."""

    def __init__(self, status: int, reason: Message) -> None:
        super().__init__(reason.code)
        self.status, self.reason = status, reason


def posted(view: View) -> View:
    """Declare an address to which machines post."""
    return _door(view, writes(ANYONE)(view), "POST")


def asked(view: View) -> View:
    """Declare an address that machines read."""
    return _door(view, reads(ANYONE)(view), "GET")


def _door(view: View, declared: View, method: str) -> View:
    @csrf_exempt
    @wraps(declared)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.method != method:
                raise Answer(405, message("push.only_method", method=method))
            response = declared(request, *args, **kwargs)
        except Answer as answer:
            response = _refusal(answer.status, answer.reason)
        except BadInput as problem:
            response = _refusal(_STATUS.get(problem.message.code, 400), problem.message)
        except SourceClosed:
            response = _refusal(409, message("push.source_closed"))
        except OperationalError:  # the database stayed locked: nothing was written
            response = _refusal(503, message("push.busy"))
            response["Retry-After"] = "5"
        if response.status_code == 405:
            response["Allow"] = method
        if response.status_code == 401:
            response["WWW-Authenticate"] = 'Bearer realm="chuan"'
        response["Cache-Control"] = "no-store"
        return response

    return answered


def _refusal(status: int, reason: Message) -> HttpResponseBase:
    return answer({"error": {"code": code_of(reason), "reason": reason.text()}}, status)


def answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    """Return `content` as JSON with Vietnamese letters as they are."""
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def code_of(reason: Message) -> str:
    """Return the lasting name of a reason, for programs."""
    return reason.code.removeprefix("push.")


def speaker(request: HttpRequest) -> tuple[PushToken, Actor]:
    """Return the token of the request and the machine that shows it. Answers 401 without one that is in force."""
    kind, _space, shown = request.headers.get("Authorization", "").strip().partition(" ")
    if kind.casefold() != "bearer" or not shown.strip():
        raise Answer(401, message("push.no_token"))
    token = known_token(shown.strip())
    if token is None:
        raise Answer(401, message("push.wrong_token"))
    now = timezone.now()
    if request.method == "POST":
        note_use(token, at=now)
    return token, machine(f"push:{token.key}", now)


def body_of(request: HttpRequest, *, limit: int) -> bytes:
    """Return the body, at most `limit` bytes of it; answers 411 and 413."""
    try:
        length = int(request.headers.get("Content-Length", ""))
    except ValueError:
        raise Answer(411, message("push.length_required")) from None
    if length > limit:
        raise Answer(413, message("push.too_large", limit=limit // MEGABYTE))
    return request.read(length) if length > 0 else b""
