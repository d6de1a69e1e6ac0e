"""Every page of the registry in a real browser, at two widths, light and dark."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page

from ..web.pages import LOOKED_AT, WebPage
from .looking import HEIGHT, PHONE, PHONE_ONLY, OpenPage, axe_clean, complaints_of, nothing_cut_off

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="what a page looks like does not depend on the database: it is looked at on SQLite",
)
FIRST_PAGE_OF = {page.looked_at_by: page.url for page in reversed(LOOKED_AT)}  # the frame of a page is its reader's


@pytest.mark.parametrize("web_page", LOOKED_AT, ids=str)
def test_every_page_is_accessible_whole_and_quiet(web_page: WebPage, look_at: Callable[[str, str], Page]) -> None:
    page = look_at(web_page.looked_at_by, web_page.url)
    nothing_cut_off(page)
    axe_clean(page)
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    nothing_cut_off(page)
    assert complaints_of(page) == []


@pytest.mark.parametrize("member", sorted(FIRST_PAGE_OF))
def test_what_only_a_phone_shows_is_accessible_to_everyone(member: str, open_page: OpenPage) -> None:
    page = open_page(member, FIRST_PAGE_OF[member], width=PHONE)
    axe_clean(page, PHONE_ONLY)


@pytest.mark.parametrize("name", ["home", "people", "trail"])
def test_the_dark_palette_has_the_contrast_of_the_light_one(name: str, open_page: OpenPage) -> None:
    web_page = next(page for page in LOOKED_AT if page.name == name)
    axe_clean(open_page(web_page.looked_at_by, web_page.url, theme="dark"))


def test_the_page_of_an_error_is_accessible_too(open_page: OpenPage) -> None:
    page = open_page("an", "/khong-co-trang-nay/")
    assert page.get_by_role("heading", level=1).inner_text() == "Không tìm thấy trang này"
    axe_clean(page)
    assert complaints_of(page) == []
