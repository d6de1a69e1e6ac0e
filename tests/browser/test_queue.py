"""The work queue by keyboard alone: down, the usual step, undo; letters can be switched off; no script needed."""

import re

from playwright.sync_api import Browser, Page, expect

from .looking import OpenPage, axe_clean, complaints_of, nothing_cut_off
from .server import Server

CODE = re.compile(r"^H99\.")
DO = "Xong bước này"


def focused(page: Page) -> str:
    """Return the words of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def test_a_clerk_clears_the_list_from_the_list_without_a_mouse(open_page: OpenPage) -> None:
    page = open_page("an", "/xu-ly/")
    codes = page.locator("table.queue tbody tr td:first-child a").all_inner_texts()
    page.keyboard.press("j")
    assert focused(page) == codes[0]
    page.keyboard.press("ArrowDown")
    assert focused(page) == codes[1]
    page.keyboard.press("k")
    assert focused(page) == codes[0]
    page.keyboard.press("x")
    said = page.locator("#messages .note")
    expect(said).to_contain_text(codes[0])
    assert page.url.endswith("/xu-ly/")
    assert CODE.match(focused(page)), "the keyboard stays in the list"
    axe_clean(page)
    page.get_by_role("button", name="Hoàn tác").press("Enter")
    expect(said).to_contain_text("Đã lấy lại")
    assert page.url.endswith("/xu-ly/")
    assert complaints_of(page) == []


def test_keys_find_begin_and_explain(open_page: OpenPage) -> None:
    page = open_page("an", "/xu-ly/")
    page.keyboard.press("?")
    expect(page.get_by_text("mở hồ sơ", exact=True)).to_be_visible()
    nothing_cut_off(page)
    axe_clean(page)
    page.keyboard.press("/")
    page.keyboard.type("xnj")
    expect(page.get_by_label("Mã hồ sơ, nội dung")).to_have_value("xnj")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/tiep-nhan/")
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/xu-ly/\w+/$"))


def test_whoever_speaks_to_the_computer_switches_the_letters_off(open_page: OpenPage) -> None:
    page = open_page("an", "/xu-ly/")
    page.get_by_text("Phím tắt").first.click()
    page.get_by_label("Dùng phím tắt trên máy này").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert not CODE.match(focused(page))


def test_without_script_the_button_does_the_step_and_nothing_speaks_of_keys(server: Server, chromium: Browser) -> None:
    context = chromium.new_context(base_url=server.address, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": server.sessions["an"], "url": server.address}])
    page = context.new_page()
    page.goto("/xu-ly/")
    expect(page.get_by_text("Phím tắt").first).to_be_hidden()
    page.get_by_role("button", name=DO).first.click()
    expect(page.locator("#messages .note")).to_contain_text("Đã làm bước")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#messages .note")).to_contain_text("Đã lấy lại")
    context.close()
