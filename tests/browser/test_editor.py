"""The editor by keyboard alone: a real procedure of 15 steps; a closed tab and a lost line lose nothing."""

import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page, expect

from ..quality.word_files import nghean
from .looking import PHONE, OpenPage, axe_clean, complaints_of, nothing_cut_off
from .server import Server

STEPS: list[dict[str, Any]] = nghean()["variants"][0]["steps"]
WORDS = {"working_hour": "giờ"}
SAVED = re.compile("Đã lưu lúc")


def begin(open_page: OpenPage, code: str) -> Page:
    page: Page = open_page("giang", "/quy-trinh/soan-moi/")
    page.get_by_label("Tên quy trình").fill(nghean()["name_vi"])
    page.get_by_label("Ký hiệu").fill(code)
    page.get_by_label("Ký hiệu").press("Enter")
    page.wait_for_url(re.compile("/ban-thao/"))
    tab_to(page, "steps-title")
    return page


def tab_to(page: Page, name: str) -> None:
    for _ in range(80):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def time_of(step: dict[str, Any]) -> str:
    return f"{step['time']} {WORDS[step['time_unit']]}" if step["time"] else "không tính thời gian"


def type_steps(page: Page, steps: Iterable[dict[str, Any]], phase: str = "") -> None:
    """Type rows from the title cell on; Enter begins the next row, Alt+Enter opens the menu where the phase changes."""
    for index, step in enumerate(steps):
        if index:
            page.keyboard.press("Enter")
        page.keyboard.type(step["title"])
        page.keyboard.press("Tab")
        page.keyboard.type(step["role"])
        page.keyboard.press("Tab")
        page.keyboard.type(time_of(step))
        if step.get("phase", "") != phase:
            phase = step.get("phase", "")
            page.keyboard.press("Alt+Enter")
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
            page.keyboard.type(phase)
            page.keyboard.press("Enter")


def column(page: Page, name: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(f'[name="steps-{name}"]', "cells => cells.map(cell => cell.value)")
    return found


def test_fifteen_steps_are_typed_by_keyboard_alone_and_a_closed_tab_loses_nothing(open_page: OpenPage) -> None:
    page = begin(open_page, "QT.PHIM.01")
    type_steps(page, STEPS[:9])
    page.close()  # in the middle of a row, before the pause after which it would have been saved
    page = open_again(page)
    assert column(page, "title") == [step["title"] for step in STEPS[:9]]
    page.locator('[name="steps-output"]').last.focus()
    page.keyboard.press("Enter")
    type_steps(page, STEPS[9:], STEPS[8]["phase"])
    expect(page.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    page.reload()
    assert column(page, "no") == [step["no"] for step in STEPS]
    assert column(page, "title") == [step["title"] for step in STEPS]
    assert column(page, "role") == [step["role"] for step in STEPS]
    assert column(page, "phase") == [step.get("phase", "") for step in STEPS]
    assert column(page, "time")[:-1] == [f"{step['time']} giờ làm việc" for step in STEPS[:-1]]
    expect(page.get_by_text("96 giờ làm việc")).to_be_visible()
    axe_clean(page)
    nothing_cut_off(page)


def open_again(closed: Page) -> Page:
    """Open the same address in a new tab; take what was kept when it is offered."""
    page = closed.context.new_page()
    page.goto(closed.url)
    page.wait_for_selector(".with-script")
    kept = page.get_by_role("button", name="Lấy lại phần đã gõ")
    if kept.is_visible():
        kept.press("Enter")
    return page


def test_what_was_typed_without_a_line_is_offered_on_return_and_saved(open_page: OpenPage) -> None:
    page = begin(open_page, "QT.PHIM.02")
    type_steps(page, STEPS[:1])
    expect(page.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    type_steps(page, STEPS[1:2], STEPS[0]["phase"])
    expect(page.locator("#saved-state")).to_contain_text("Mất kết nối", timeout=8000)
    page.close()
    page.context.set_offline(False)
    page = open_again(page)
    assert column(page, "title") == [step["title"] for step in STEPS[:2]]
    expect(page.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    page.reload()
    assert column(page, "title") == [step["title"] for step in STEPS[:2]]


def test_after_signing_in_again_elsewhere_the_open_draft_saves_itself(open_page: OpenPage, server: Server) -> None:
    page = begin(open_page, "QT.PHIM.06")
    type_steps(page, STEPS[:1])
    expect(page.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    page.context.clear_cookies()
    page.keyboard.type(" rồi trả")
    expect(page.locator(".saved-state.unsaved")).to_contain_text("Phiên đăng nhập đã hết", timeout=8000)
    page.context.add_cookies([{"name": "sessionid", "value": server.sessions["giang"], "url": server.address}])
    expect(page.locator("#saved-state")).to_have_text(SAVED, timeout=15000)
    expect(page.locator(".saved-state.unsaved")).to_have_count(0)


def test_every_cell_says_what_it_is_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("giang", "/ban-thao/qtxd03-02/", width=PHONE)
    labels = page.eval_on_selector_all(
        "[data-row]:first-of-type td[data-label]",
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content)",
    )
    assert labels == ['"TT"', '"Trình tự"', '"Trách nhiệm"', '"Thời gian"', '"Biểu mẫu, kết quả"']
    nothing_cut_off(page)
    axe_clean(page)


def test_rows_move_copy_go_and_come_back_by_keyboard(open_page: OpenPage) -> None:
    page = begin(open_page, "QT.PHIM.03")
    type_steps(
        page, [{"title": name, "role": "A", "time": 1, "time_unit": "working_hour"} for name in ("Một", "Hai", "Ba")]
    )
    page.keyboard.press("Alt+ArrowUp")
    assert (column(page, "title"), column(page, "no")) == (["Một", "Ba", "Hai"], ["B1", "B2", "B3"])
    page.keyboard.press("Control+d")
    assert (column(page, "title"), column(page, "no")) == (["Một", "Ba", "Ba", "Hai"], ["B1", "B2", "B3", "B4"])
    page.keyboard.press("Control+Delete")
    page.keyboard.press("Control+Delete")
    assert column(page, "title") == ["Một", "Ba"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert column(page, "title") == ["Một", "Ba", "Ba", "Hai"]
    page.keyboard.press("Control+y")
    assert len(column(page, "title")) == 3


def test_cells_pasted_from_word_or_excel_fill_rows(open_page: OpenPage) -> None:
    page = begin(open_page, "QT.PHIM.04")
    text = 'Tiếp nhận\\tCông chức\\t4 giờ\\tMẫu 01\\n"Thẩm định\\nhồ sơ"\\tChuyên viên\\t2 ngày\\tMẫu 02\\n'
    page.evaluate(
        f"""() => {{ const data = new DataTransfer(); data.setData("text/plain", `{text}`);
        const paste = new ClipboardEvent("paste", {{ clipboardData: data, bubbles: true, cancelable: true }});
        document.activeElement.dispatchEvent(paste) }}"""
    )
    assert column(page, "title") == ["Tiếp nhận", "Thẩm định hồ sơ"]
    assert (column(page, "no"), column(page, "time")) == (["B1", "B2"], ["4 giờ", "2 ngày"])
    expect(page.locator("[data-understood]").last).to_have_text("= 2 ngày làm việc", timeout=8000)
    assert complaints_of(page) == []


def test_what_two_tabs_typed_into_different_rows_is_put_together(open_page: OpenPage) -> None:
    mine = begin(open_page, "QT.PHIM.07")
    type_steps(mine, STEPS[:2])
    expect(mine.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    other = mine.context.new_page()
    other.goto(mine.url)
    other.locator('[name="steps-output"]').first.fill("Mẫu 01")
    expect(other.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    mine.locator('[name="steps-output"]').last.fill("Mẫu 06")
    expect(mine.get_by_text("Hai phần đã được ghép lại")).to_be_visible(timeout=8000)
    assert column(mine, "output") == ["Mẫu 01", "Mẫu 06"]
    expect(mine.locator("#kept")).to_be_hidden()


def test_two_writers_see_both_texts(open_page: OpenPage) -> None:
    mine = begin(open_page, "QT.PHIM.05")
    other = mine.context.new_page()
    other.goto(mine.url)
    tab_to(other, "steps-title")
    other.keyboard.type("Bản của người khác")
    expect(other.locator("#saved-state")).to_have_text(SAVED, timeout=8000)
    mine.keyboard.type("Bản của tôi")
    expect(mine.get_by_role("heading", name="Bạn vừa lưu bản dự thảo này ở một thẻ khác")).to_be_visible(timeout=8000)
    expect(mine.locator(".saved-state.unsaved")).to_contain_text("Chưa lưu: bản này vừa được lưu ở nơi khác")
    axe_clean(mine)
    mine.keyboard.press("Enter")
    mine.wait_for_url(re.compile("/ban-thao/"))
    expect(mine.locator('[name="steps-title"]').first).to_have_value("Bản của tôi")
