"""What stands beside and under every page.

It is made once for a navigation, a theme and a language, with holes for what differs from person to person; a page only
fills the holes.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from chuan.web.kit.navigation import LinkGroup, foot

_HOLES = {name: f"\ue000{name}\ue001" for name in ("agency", "over", "position", "person", "here", "csrf_token")}
_HOLE = re.compile("\ue000(\\w+)\ue001")  # letters that no text has, and one pass: what is filled in is not read again
PARTS = ("side", "search", "foot")


def frame(groups: tuple[LinkGroup, ...], theme: str, language: str, values: Mapping[str, str]) -> list[SafeString]:
    """Return the PARTS of the frame of a page.

    `values` are the names of the agency, of the one `over` it, of position and person, the address that is `here`, and
    the `csrf_token`.
    """

    def filled(hole: re.Match[str]) -> str:
        return conditional_escape(values[hole[1]])

    return [mark_safe(_HOLE.sub(filled, part)) for part in _made(groups, theme, language)]  # noqa: S308 - escaped above


@lru_cache(maxsize=500)
def _made(groups: tuple[LinkGroup, ...], theme: str, _language: str) -> list[str]:
    context = {**_HOLES, "groups": groups, "words": foot(groups), "theme": theme}
    return [render_to_string(f"kit/{part}.html", context) for part in PARTS]
