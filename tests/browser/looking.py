"""What every page must hold in a real browser: no complaint of axe, of the console, and nothing cut off at the side."""

from collections.abc import Callable
from typing import TypeAlias

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

DESKTOP, PHONE = 1280, 390
HEIGHT = 900
OpenPage: TypeAlias = Callable[..., Page]
"""`open_page("an", "/", width=DESKTOP, theme="light")`: a page as that member sees it; "visitor" is nobody."""


def listened_to(context: BrowserContext) -> Page:
    """Return a new page whose complaints (console errors, refused styles and scripts) are kept in `complaints_of`."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _COMPLAINTS[page] = complaints
    return page


def complaints_of(page: Page) -> list[str]:
    """Return what the browser complained about since it was asked last; a 404 that was asked for is none."""
    said = _COMPLAINTS[page][:]
    _COMPLAINTS[page].clear()
    return [text for text in said if "status of 404" not in text and "status of 422" not in text]


PHONE_ONLY = ("header.phone-top", "nav.foot")
"""What a page shows on a phone and not on a desktop; the rest is the same but for its style."""


def axe_clean(page: Page, parts: tuple[str, ...] = ("html",)) -> None:
    """Fail with axe's own words when it finds anything in these parts of the page, as far as they are there."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    there = [[part] for part in parts if page.locator(part).count()]
    if there:
        run = "include => axe.run({include}, {resultTypes: ['violations'], preload: false})"  # no film, no sound
        found = AxeResults(page.evaluate(run, there))
        assert found.violations_count == 0, found.generate_report()


def nothing_cut_off(page: Page) -> None:
    """Fail when the page is wider than its window."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond == 0, f"{page.url} is {beyond} px wider than its window of {page.viewport_size}"


_COMPLAINTS: dict[Page, list[str]] = {}
