"""What the shell around a page shows: whose page it is and where it leads."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from chuan.jobs.models import Run
from chuan.jobs.queries import demo_filling
from chuan.kernel.actor import Duty
from chuan.kernel.effects import actor_of
from chuan.web.kit.frame import frame
from chuan.web.kit.navigation import place

THEMES = ("light", "dark")


class Shell:
    """The frame of a page, worked out only when a template asks for it."""

    def __init__(self, request: HttpRequest, theme: str) -> None:
        self._request = request
        self._theme = theme

    @cached_property
    def _duty(self) -> Duty | None:
        return next(iter(actor_of(self._request).duties), None)

    @property
    def agency_name(self) -> str:
        """Return the name of the agency the actor serves."""
        return self._duty.agency_name if self._duty else ""

    @property
    def over_agency(self) -> str:
        """Return the agency above: the province's committee over a commune or department."""
        return self._duty.over_agency if self._duty else ""

    @property
    def position_name(self) -> str:
        """Return the position the actor holds first."""
        return self._duty.title if self._duty else ""

    @property
    def person_name(self) -> str:
        """Return the name of the person signed in."""
        return actor_of(self._request).name

    @property
    def side(self) -> SafeString:
        """Return what stands beside the page."""
        return self._frame[0]

    @property
    def search(self) -> SafeString:
        """Return the empty search box above the page."""
        return self._frame[1]

    @property
    def foot(self) -> SafeString:
        """Return what stands under the page on a phone."""
        return self._frame[2]

    @cached_property
    def _frame(self) -> list[SafeString]:
        values = {"agency": self.agency_name, "over": self.over_agency}
        values |= {"position": self.position_name, "person": self.person_name}
        values |= {"here": self._request.get_full_path(), "csrf_token": self.token}
        permitted = actor_of(self._request).permitted
        here = place(permitted, self._request.path)
        return frame(permitted, here, self._theme, get_language() or "vi", values)

    @cached_property
    def token(self) -> str:
        """Return the token of the forms of this page: one for all of them."""
        return get_token(self._request)

    @cached_property
    def filling(self) -> Run | None:
        """Return the filling of a demo until it is done."""
        return demo_filling()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what every template may use: the shell, the mark of a demo, the chosen theme."""
    wanted = request.COOKIES.get("theme", "")
    theme = wanted if wanted in THEMES else ""
    made = Shell(request, theme)
    token = SimpleLazyObject(lambda: made.token)  # in place of Django's, which masks it anew wherever it stands
    return {"shell": made, "demo": settings.DEMO, "theme": theme, "csrf_token": token}
