"""What stands beside and under every page.

It is made once for what people may do, the place in the navigation, a theme and a language, with holes for what differs
from person to person; a page only fills the holes.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from chuan.rules.authority import Permission
from chuan.web.kit.navigation import foot, links

_HOLES = {name: f"\ue000{name}\ue001" for name in ("agency", "over", "position", "person", "here", "csrf_token")}
_HOLE = re.compile("\ue000(\\w+)\ue001")  # letters that no text has, and one pass: what is filled in is not read again
PARTS = ("side", "search", "foot")


def frame(
    permitted: frozenset[Permission], place: str, theme: str, language: str, values: Mapping[str, str]
) -> list[SafeString]:
    """Return the PARTS of the frame of a page for who is `permitted` this; it stands at `place` in the navigation.

    `values` are the names of the agency, of the one `over` it, of position and person, the address that is `here`, and
    the `csrf_token`.
    """
    shown = {name: conditional_escape(value) for name, value in values.items()}
    parts = _made(permitted, place, theme, language)
    return [mark_safe(_HOLE.sub(lambda hole: shown[hole[1]], part)) for part in parts]  # noqa: S308 - escaped above


@lru_cache(maxsize=500)
def _made(permitted: frozenset[Permission], place: str, theme: str, _language: str) -> list[str]:
    groups = links(permitted, place)
    context = {**_HOLES, "groups": groups, "words": foot(groups), "theme": theme}
    return [render_to_string(f"kit/{part}.html", context) for part in PARTS]
