"""A log is handed in and its columns confirmed in a real browser; the pictures can be scrolled by keyboard."""

import pytest

from ..analytics.world import ALL, csv
from .looking import DESKTOP, HEIGHT, PHONE, OpenPage, axe_clean, complaints_of, nothing_cut_off


def test_a_file_is_handed_in_and_its_columns_confirmed(open_page: OpenPage) -> None:
    page = open_page("chi", "/nguon-ho-so/them/dongha/")
    page.get_by_label("Tên nguồn").fill("Nguồn thử")
    page.get_by_role("button", name="Thêm nguồn").click()
    page.get_by_label("Tệp nhật ký hồ sơ").set_input_files(
        {"name": "thu.csv", "mimeType": "text/csv", "buffer": csv(ALL) + b"\n"}
    )
    page.get_by_role("button", name="Tải lên").click()
    assert page.get_by_label("Thời gian hoàn thành").input_value() == "at"
    assert page.get_by_label("Người nộp").input_value() == ""
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        nothing_cut_off(page)
        axe_clean(page)
    page.get_by_role("button", name="Đúng, nhập hồ sơ").click()
    assert page.get_by_text("Đang nhập hồ sơ").is_visible()
    axe_clean(page)
    assert complaints_of(page) == []


@pytest.mark.parametrize("address", ["/thuc-te/thucte/", "/ho-so/hoso2/"])
def test_a_wide_picture_scrolls_by_itself_on_a_phone(address: str, open_page: OpenPage) -> None:
    page = open_page("chi", address, width=PHONE)
    region = page.locator(".scroll").first
    region.focus()
    wide = region.evaluate("it => it.scrollWidth > it.clientWidth && document.activeElement === it")
    assert wide
    nothing_cut_off(page)
