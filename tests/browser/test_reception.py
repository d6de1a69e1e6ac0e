"""The clerk's hands stay on the keyboard: from the words of the citizen to the receipt and on to the next one."""

from .looking import OpenPage, axe_clean, complaints_of, nothing_cut_off


def test_a_dossier_is_received_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("an", "/tiep-nhan/")
    page.keyboard.type("xay dung moi")
    page.get_by_text("Hay tiếp nhận nhất").wait_for(state="detached")
    axe_clean(page)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thành phần hồ sơ").wait_for()
    page.get_by_label("Họ tên, tên tổ chức", exact=True).focus()
    page.keyboard.type("Nguyễn Văn Đạt")
    page.keyboard.press("Enter")
    assert "/tiep-nhan/thutuc1/?lan=" in page.url, "Enter in a field sends nothing and loses nothing"
    assert page.get_by_label("Họ tên, tên tổ chức", exact=True).input_value() == "Nguyễn Văn Đạt"
    moment = page.get_by_label("Tiếp nhận lúc")
    moment.fill("8:00 20/11/2026")
    with page.expect_response(lambda answer: "/hen-tra/" in answer.url):
        page.keyboard.press("Tab")
    page.get_by_text("08:00 20/11/2026").wait_for()
    axe_clean(page)
    page.get_by_role("button", name="Thêm giấy tờ").press("Enter")
    page.get_by_label("Tên giấy tờ khác").nth(1).wait_for()
    assert page.get_by_label("Họ tên, tên tổ chức", exact=True).input_value() == "Nguyễn Văn Đạt"
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").press("Enter")
    page.get_by_role("heading", level=1, name="H99.132.05-261120").wait_for()
    code = page.get_by_role("heading", level=1).inner_text()
    assert page.evaluate("document.activeElement.textContent") == "In giấy tiếp nhận và hẹn trả"
    axe_clean(page)
    nothing_cut_off(page)
    page.get_by_role("link", name="Tiếp nhận hồ sơ nữa").press("Enter")
    page.get_by_role("heading", name="Thành phần hồ sơ").wait_for()
    page.go_back()
    page.go_back()
    if "lan=" in page.url:  # the browser kept the old page: its press is the same press
        page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").press("Enter")
    page.get_by_role("heading", level=1, name=code).wait_for()
    assert complaints_of(page) == []
