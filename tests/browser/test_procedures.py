"""A procedure in a real browser: found, read, handed over and approved, at both widths."""

import re

import pytest
from playwright.sync_api import expect

from .looking import DESKTOP, PHONE, OpenPage, axe_clean, complaints_of, nothing_cut_off


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_reader_finds_a_procedure_without_diacritics_and_confirms_having_read_it(
    width: int, open_page: OpenPage
) -> None:
    page = open_page("binh" if width == DESKTOP else "ha", "/quy-trinh/", width=width)
    page.get_by_label("Tên, ký hiệu, mã thủ tục").fill("nghien cuu")
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.get_by_role("link", name="Cấp phép nghiên cứu").click()
    page.get_by_role("button", name="Tôi đã đọc").click()
    expect(page.get_by_text("Đã ghi: bạn đã đọc phiên bản này.")).to_be_visible()
    nothing_cut_off(page)
    axe_clean(page)
    assert complaints_of(page) == []


def test_a_version_is_sent_back_only_with_a_reason_said_beside_the_form(open_page: OpenPage) -> None:
    page = open_page("ha", "/quy-trinh/qttrinh/")
    page.get_by_role("link", name="Trả lại để sửa").click()
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Phải ghi lý do")).to_be_visible()
    axe_clean(page)
    page.get_by_label("Lý do").fill("Thiếu biểu mẫu ở B2")
    page.get_by_role("button", name="Trả lại").click()
    expect(page).to_have_url(re.compile(r"/quy-trinh/qttrinh/"))
    expect(page.get_by_text("Thiếu biểu mẫu ở B2")).to_be_visible()
    axe_clean(page)


def test_the_drawing_is_scrolled_in_its_own_frame_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("an", "/quy-trinh/qtxd03/", width=PHONE)
    nothing_cut_off(page)
    frame = page.get_by_role("region", name="Sơ đồ làm việc")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert page.get_by_role("img", name=re.compile("Cấp giấy phép")).is_visible()
