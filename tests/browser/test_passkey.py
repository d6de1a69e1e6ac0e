"""A passkey is added and signs in alone: on localhost, under the strict policy, with Chromium's own authenticator."""

from playwright.sync_api import Page

from ..cast import PASSWORD
from .looking import OpenPage, axe_clean, complaints_of


def give_fingerprint_reader(page: Page) -> None:
    """Attach an authenticator that always recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_then_signs_in_alone(open_page: OpenPage) -> None:
    page = open_page("visitor", "/tai-khoan/login/?next=/tai-khoan/2fa/")  # in a session of its own: it signs out below
    give_fingerprint_reader(page)
    page.get_by_label("Tên đăng nhập").fill("chi")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Thêm khóa").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    axe_clean(page)
    page.get_by_label("Vào thẳng không cần mật khẩu").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    axe_clean(page)
    page.get_by_role("button", name="Đăng xuất").first.click()
    page.goto("/tai-khoan/login/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_role("heading", name="Việc của tôi hôm nay").wait_for()
    assert complaints_of(page) == []
