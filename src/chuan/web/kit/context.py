"""What the shell around a page shows: whose page it is and where it leads."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from chuan.kernel.effects import actor_of
from chuan.organisations.agencies.models import Agency
from chuan.web.kit.navigation import Link, LinkGroup, foot, links

THEMES = ("light", "dark")


class Shell:
    """The frame of a page, worked out only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _duty(self) -> Any:
        return next(iter(actor_of(self._request).duties), None)

    @cached_property
    def _agency(self) -> Agency | None:
        if self._duty is None:
            return None
        own = Agency.objects.everywhere(reason="the name of the actor's own agency in the frame of his page")
        return own.select_related("parent").filter(pk=self._duty.agency_id).first()

    @property
    def agency_name(self) -> str:
        """Return the name of the agency the actor serves."""
        return self._agency.name if self._agency else ""

    @property
    def over_agency(self) -> str:
        """Return the agency above: the province's committee over a commune or department."""
        return self._agency.parent.name if self._agency and self._agency.parent else ""

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

    @cached_property
    def foot(self) -> tuple[Link, ...]:
        """Return the words at the foot of a phone."""
        return foot(self.navigation)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what every template may use: the shell, the mark of a demo, the chosen theme."""
    theme = request.COOKIES.get("theme", "")
    return {"shell": Shell(request), "demo": settings.DEMO, "theme": theme if theme in THEMES else ""}
