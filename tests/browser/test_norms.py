"""Asking when a limit ends as an officer does at the counter; changing hours with a look before; on paper too."""

from .looking import PHONE, OpenPage, axe_clean, complaints_of, nothing_cut_off

ASKED = "/tinh-han/?nhan=20/11/2026+09:30&han=3+ngày+làm+việc"


def test_when_a_limit_ends_is_asked_by_keyboard_and_sent_on_as_an_address(open_page: OpenPage) -> None:
    page = open_page("an", "/tinh-han/")
    page.get_by_label("Tiếp nhận đủ hồ sơ lúc").focus()
    page.keyboard.type("20/11/2026 09:30")
    page.keyboard.press("Tab")
    page.keyboard.type("3 ngày làm việc")
    page.keyboard.press("Enter")
    answer = page.get_by_role("heading", level=2, name="Hạn: 17:00 26/11/2026")
    answer.wait_for()
    axe_clean(page)
    seen_by_another = open_page("dung", "/tinh-han/?" + page.url.partition("?")[2].replace("lich=thanhbinh", "lich="))
    assert seen_by_another.get_by_role("heading", level=2, name="Hạn: 17:00 26/11/2026").is_visible()
    assert complaints_of(page) == []


def test_the_account_is_printed_without_the_form(open_page: OpenPage) -> None:
    page = open_page("an", ASKED, width=PHONE)
    nothing_cut_off(page)
    page.emulate_media(media="print")
    assert page.get_by_role("table").is_visible()
    assert not page.get_by_role("button", name="Tính hạn").is_visible()


def test_a_mistake_is_read_out_with_its_field(open_page: OpenPage) -> None:
    page = open_page("an", "/tinh-han/?nhan=hôm+qua&han=2+ngày&tam_tu=x")
    field = page.get_by_label("Tiếp nhận đủ hồ sơ lúc")
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").is_visible()
    axe_clean(page)


def test_hours_are_looked_at_before_they_are_kept(open_page: OpenPage) -> None:
    page = open_page("chi", "/lich/dongha/gio/")
    page.get_by_label("Thứ Hai").fill("07:00-11:00, 13:00-17:00")
    page.get_by_label("Áp dụng từ ngày").fill("01/12/2026")
    page.get_by_label("Căn cứ").fill("12/QĐ-UBND")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    page.get_by_text("Sẽ thay đổi như sau, chưa lưu gì").wait_for()
    axe_clean(page)
    page.get_by_role("button", name="Lưu thành phiên bản mới").click()
    page.get_by_text("Đã lưu thành phiên bản mới của lịch.").wait_for()
    axe_clean(page)
    assert complaints_of(page) == []


def test_a_pasted_basis_is_read(open_page: OpenPage) -> None:
    page = open_page("an", "/van-ban/doan-van/", width=PHONE)
    page.get_by_label("Đoạn văn").fill("Căn cứ Nghị định số 61/2018/NĐ-CP và TT 99/2099/TT-BXX")
    page.get_by_role("button", name="Nhận ra văn bản").click()
    page.get_by_role("link", name="118/2025/NĐ-CP").wait_for()
    nothing_cut_off(page)
    axe_clean(page)
