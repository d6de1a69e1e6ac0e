"""Without a mouse and without JavaScript the pages still do their work."""

from playwright.sync_api import Browser

from .looking import PHONE, OpenPage, axe_clean
from .server import Server


def test_the_first_tab_leads_past_the_navigation(open_page: OpenPage) -> None:
    page = open_page("an", "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_searching_is_typing_and_enter(open_page: OpenPage) -> None:
    page = open_page("giang", "/")
    page.get_by_role("searchbox", name="Tìm kiếm").first.focus()
    page.keyboard.type("tran van binh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Trần Văn Bình").wait_for()


def test_a_mistake_in_a_form_is_read_out_with_its_field(open_page: OpenPage) -> None:
    page = open_page("giang", "/co-quan/thanhbinh/them-nguoi/")
    page.get_by_role("button", name="Thêm người").click()
    field = page.get_by_label("Họ và tên")
    assert field.get_attribute("aria-invalid") == "true"
    described_by = str(field.get_attribute("aria-describedby"))
    assert page.locator(f"#{described_by}").inner_text() == "Ô này cần được điền."
    axe_clean(page)


def test_the_other_entries_of_a_phone_open_at_its_foot(open_page: OpenPage) -> None:
    page = open_page("khanh", "/", width=PHONE)
    page.get_by_text("Mục khác").click()
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Nhật ký hệ thống").click()
    assert page.url.endswith("/nhat-ky/")
    axe_clean(page)


def test_an_account_is_closed_and_reopened_without_javascript(server: Server, chromium: Browser) -> None:
    context = chromium.new_context(base_url=server.address, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": server.sessions["khanh"], "url": server.address}])
    page = context.new_page()
    page.goto("/con-nguoi/dung/")
    for ask, answer in (("Khóa tài khoản", "Đã khóa tài khoản."), ("Mở lại tài khoản", "Đã mở lại tài khoản.")):
        page.locator("summary", has_text=ask).click()
        page.get_by_role("button", name=ask).click()
        page.get_by_text(answer).wait_for()
    context.close()


def test_signing_in_to_the_demo_is_one_click(open_page: OpenPage) -> None:
    page = open_page("visitor", "/")
    page.get_by_role("button", name="Vào xem với tên Lê Hương Giang").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Việc của tôi hôm nay"
