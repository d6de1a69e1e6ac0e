"""The middleware that says who acts: `request.actor`, established at first use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from chuan.kernel.actor import Actor
from chuan.organisations.people.queries import actor_for


class ActorMiddleware:
    """Sets `request.actor` for `kernel.effects`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request` with an actor on it."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]  # read by effects
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    return actor_for(request.user if request.user.is_authenticated else None, timezone.now())
