"""The browser and the system that a user agent names, in words: enough to tell one's own machines apart."""

import re

from django.utils.translation import gettext as _

# In this order: most browsers also name those from which they descend.
_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"coc_coc_browser/", "Cốc Cốc"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Zalo", "Zalo"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS = (
    (r"Windows", "Windows"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"Linux|X11", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """Return "Chrome trên Windows"; of what is not known only the part that is."""
    browser, system = _named(_BROWSERS, user_agent), _named(_SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Trình duyệt chưa rõ")


def _named(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")
