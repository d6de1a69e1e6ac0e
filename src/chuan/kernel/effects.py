"""Views declare their effect and who may use them; `declared` finds the declaration again, for the tests.

    @reads(Permission.SEE_AGENCY)      GET only, and the database is only read
    @writes(Permission.WRITE_PROCEDURE)  a GET shows the form (only reading), a POST acts

Instead of a permission: ANYONE (no sign-in), SIGNED_IN. The permission is asked somewhere; on which object it is
needed, the view or the action checks (`kernel.scoping.require`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Literal, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed
from chuan.kernel.reading_only import reads_only
from chuan.rules.authority import Permission


class Open(Enum):
    """Who may use a view that needs no permission."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"


ANYONE, SIGNED_IN = Open.ANYONE, Open.SIGNED_IN
Wanted: TypeAlias = Permission | Open
View: TypeAlias = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a view declared."""

    kind: Literal["reads", "writes"]
    wanted: Wanted


def reads(wanted: Wanted) -> Callable[[View], View]:
    """Declare a view that answers GET and changes nothing."""
    return _declare(Effect("reads", wanted))


def writes(wanted: Wanted) -> Callable[[View], View]:
    """Declare a view whose POST acts; its GET, if it has one, changes nothing."""
    return _declare(Effect("writes", wanted))


def declared(view: Any) -> Effect | None:
    """Return the effect that `view` declares, or None."""
    return getattr(view, "effect", None)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of the request (set by the middleware of `config`)."""
    return request.actor  # type: ignore[attr-defined,no-any-return]  # a request has no place for it in its type


def _declare(effect: Effect) -> Callable[[View], View]:
    methods = ["GET", "HEAD"] if effect.kind == "reads" else ["GET", "HEAD", "POST"]

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not _admitted(actor_of(request), effect.wanted):
                return redirect_to_login(request.get_full_path())
            if request.method == "POST":
                return view(request, *args, **kwargs)
            with reads_only():
                return view(request, *args, **kwargs)

        checked.effect = effect  # type: ignore[attr-defined]  # read back by `declared`
        return checked

    return decorate


def _admitted(actor: Actor, wanted: Wanted) -> bool:
    """Return False for a visitor who must sign in first; raise NotAllowed for one who did and may not."""
    if wanted is ANYONE:
        return True
    if actor.account_id is None:
        return False
    if isinstance(wanted, Permission) and not actor.may_somewhere(wanted):
        raise NotAllowed
    return True
