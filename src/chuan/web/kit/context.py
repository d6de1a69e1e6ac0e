"""What the shell around a page shows: whose page it is and where it leads."""

from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from chuan.jobs.models import Run
from chuan.jobs.queries import demo_filling
from chuan.kernel.actor import Duty
from chuan.kernel.effects import actor_of
from chuan.web.kit.navigation import Link, LinkGroup, foot, links

THEMES = ("light", "dark")


class Shell:
    """The frame of a page, worked out only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.kept: dict[str, SafeString] = {}  # parts that stand on the page several times

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

    @cached_property
    def navigation(self) -> tuple[LinkGroup, ...]:
        """Return the entries the actor may use."""
        return links(actor_of(self._request), self._request.path)

    @property
    def menu(self) -> SafeString:
        """Return the navigation as it stands on the page, beside it and at its foot."""
        return _menu(self.navigation, get_language() or "vi")

    @cached_property
    def filling(self) -> Run | None:
        """Return the filling of a demo until it is done."""
        return demo_filling()

    @cached_property
    def foot(self) -> tuple[Link, ...]:
        """Return the words at the foot of a phone."""
        return foot(self.navigation)


@lru_cache(maxsize=500)
def _menu(groups: tuple[LinkGroup, ...], _language: str) -> SafeString:
    return render_to_string("kit/navigation.html", {"groups": groups})


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what every template may use: the shell, the mark of a demo, the chosen theme."""
    theme = request.COOKIES.get("theme", "")
    return {"shell": Shell(request), "demo": settings.DEMO, "theme": theme if theme in THEMES else ""}
