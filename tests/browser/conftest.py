"""A real Chromium before a real server. Without a Chromium these tests are left out, and it is said why."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from .looking import DESKTOP, HEIGHT, OpenPage, complaints_of, listened_to
from .server import Server, running

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first is the quickest
CHROMIUM = os.environ.get("CHUAN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
# Playwright runs an event loop in this thread, which Django's database layer would take for asynchronous code of ours.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
MISSING = f"no Chromium found ({', '.join(BROWSERS)} or CHUAN_CHROMIUM): install Debian's package chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; without a Chromium leave them out, or fail where one is required."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)  # else the database that is copied would not be made
            if CHROMIUM is None and os.environ.get("CHUAN_REQUIRE_BROWSER") != "1":
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def server(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server on a copy of the test database."""
    with django_db_blocker.unblock(), running(tmp_path_factory.mktemp("browser")) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser; each page of a test has a context of its own in it."""
    if CHROMIUM is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
        connections.close_all()  # those of this event loop; afterwards nobody would find them


@pytest.fixture
def open_page(server: Server, chromium: Browser) -> Iterator[OpenPage]:
    """Open an address as a member of the cast: `open_page("an", "/")`; see `looking.OpenPage`."""
    contexts = []

    def opened(member: str, url: str, width: int = DESKTOP, theme: Literal["light", "dark"] = "light") -> Page:
        contexts.append(_signed_in(chromium, server, member, width, theme))
        page = listened_to(contexts[-1])
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def look_at(server: Server, chromium: Browser) -> Callable[[str, str], Page]:
    """Show an address in the one page that stays open for a member, for tests that only look: a third less work."""
    pages: dict[str, Page] = {}

    def shown(member: str, url: str) -> Page:
        if member not in pages:
            pages[member] = listened_to(_signed_in(chromium, server, member))
        page = pages[member]
        complaints_of(page)  # those of the address before are forgotten
        page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
        page.goto(url)
        return page

    return shown


def _signed_in(
    chromium: Browser, server: Server, member: str, width: int = DESKTOP, theme: Literal["light", "dark"] = "light"
) -> BrowserContext:
    context = chromium.new_context(
        base_url=server.address, viewport={"width": width, "height": HEIGHT}, color_scheme=theme
    )
    if member != "visitor":
        context.add_cookies([{"name": "sessionid", "value": server.sessions[member], "url": server.address}])
    return context
