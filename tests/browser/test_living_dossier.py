"""A dossier on its way: from the clerk over the officer and another agency to the head, and what may go wrong there."""

import re

from playwright.sync_api import Page, Route, expect

from .looking import PHONE, OpenPage, axe_clean, complaints_of, nothing_cut_off


def receive(open_page: OpenPage, width: int = 1280) -> Page:
    """Let An receive a dossier and open it."""
    page = open_page("an", "/tiep-nhan/thutuc1/", width=width)
    for box in page.locator('input[type="checkbox"][name$="-given"]').all():
        box.check()
    page.get_by_label("Họ tên, tên tổ chức", exact=True).fill("Trần Thị Dân")
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.get_by_role("link", name="Mở hồ sơ").click()
    page.get_by_role("heading", name="Dòng thời gian").wait_for()
    return page


def other_act(page: Page, words: str) -> None:
    """Choose one of the other acts, on its page."""
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("link", name=words, exact=True).click()


def done(page: Page) -> list[str]:
    """Return what was done on the dossier, the newest first."""
    return [words.strip() for words in page.locator(".thread.acts > li > b").all_text_contents()]


def looks_well(page: Page) -> None:
    axe_clean(page)
    nothing_cut_off(page)
    assert complaints_of(page) == []


def test_a_dossier_goes_from_the_clerk_to_its_citizen_through_two_agencies(open_page: OpenPage) -> None:
    clerk = receive(open_page)
    here = clerk.url
    other_act(clerk, "Chuyển liên thông")
    clerk.get_by_label("Cơ quan", exact=True).fill("UBND xã Đông Hạ")
    clerk.get_by_label("Nội dung").fill("Xác nhận ranh giới thửa đất")
    clerk.get_by_label("Thời hạn trả lời").fill("2")
    looks_well(clerk)
    clerk.get_by_role("button", name="Chuyển liên thông").click()
    expect(clerk.get_by_text("Đang chờ, còn")).to_be_visible()
    looks_well(clerk)

    officer = open_page("giang", here)
    officer.get_by_text("Nhắn người sau, làm lúc khác").click()
    officer.get_by_label("Nhắn người sau").fill("Đã xem hồ sơ, thửa đất giáp Đông Hạ")
    officer.get_by_role("button", name="Xong B2 Phân công xử lý").click()
    expect(officer.get_by_text("Đã làm bước “Phân công xử lý”")).to_be_visible()

    neighbour = open_page("chi", here)
    expect(neighbour.get_by_text("Trần Thị Dân")).to_have_count(0)
    neighbour.get_by_label("Nội dung trả lời").fill("Ranh giới không có tranh chấp")
    looks_well(neighbour)
    neighbour.get_by_role("button", name="Gửi trả lời").click()
    expect(neighbour.get_by_text("Đã xong")).to_be_visible()

    officer.reload()
    officer.get_by_role("button", name="Xong B3 Thẩm định hồ sơ").click()
    other_act(officer, "Chuyển người khác")
    officer.get_by_label("Chuyển cho vị trí").select_option(label="Chủ tịch UBND xã")
    officer.get_by_label("Nhắn người nhận").fill("Xin ký trước 16 giờ")
    looks_well(officer)
    officer.get_by_role("button", name="Chuyển hồ sơ").click()
    expect(officer.get_by_text("Nếu làm thay, hãy ghi lý do")).to_be_visible()

    head = open_page("ha", here)
    expect(head.get_by_text("Xin ký trước 16 giờ")).to_be_visible()
    head.get_by_role("button", name="Xong B4 Ký giấy phép").click()
    expect(head.get_by_text("Chờ trả kết quả").first).to_be_visible()

    clerk.reload()
    clerk.get_by_role("button", name="Trả kết quả", exact=True).click()
    expect(clerk.get_by_text("Hồ sơ đã kết thúc")).to_be_visible()
    assert done(clerk)[:4] == ["Trả kết quả", "Xong bước: Trả kết quả", "Đã có kết quả", "Xong bước: Ký giấy phép"]
    looks_well(clerk)


def test_a_supplement_is_asked_for_taken_back_and_asked_again_on_a_phone(open_page: OpenPage) -> None:
    page = receive(open_page, PHONE)
    looks_well(page)
    other_act(page, "Yêu cầu bổ sung")
    page.get_by_role("button", name="Yêu cầu bổ sung").click()
    expect(page.get_by_text("ít nhất một giấy tờ")).to_be_visible()
    page.get_by_label("Giấy tờ khác").fill("Giấy ủy quyền")
    page.get_by_label("Lý do").fill("Người nộp không phải chủ đất")
    looks_well(page)
    page.get_by_role("button", name="Yêu cầu bổ sung").click()
    expect(page.get_by_text("Chờ bổ sung").first).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã lấy lại việc vừa làm")).to_be_visible()
    expect(page.locator(".thread.acts > li.undone s")).to_have_text("Yêu cầu bổ sung")
    expect(page.get_by_role("button", name="Xong B2")).to_be_visible()
    other_act(page, "Yêu cầu bổ sung")
    page.get_by_label("Giấy tờ khác").fill("Giấy ủy quyền có chứng thực")
    page.get_by_label("Lý do").fill("Người nộp không phải chủ đất")
    page.get_by_role("button", name="Yêu cầu bổ sung").click()
    page.get_by_role("link", name="Nhận bổ sung").first.click()
    page.get_by_role("button", name="Nhận bổ sung").click()
    expect(page.get_by_text("đồng hồ chạy lại")).to_be_visible()
    looks_well(page)


def test_going_back_and_pressing_again_doubles_nothing(open_page: OpenPage) -> None:
    page = receive(open_page)
    key = page.locator('.step-form input[name="key"]').input_value()
    page.get_by_role("button", name="Xong B2").click()
    expect(page.get_by_text("Đã làm bước")).to_be_visible()
    page.go_back()
    if page.locator('.step-form input[name="key"]').input_value() == key:  # as the browser kept it
        page.get_by_role("button", name="Xong B2").click()
        expect(page.get_by_text("đã được ghi từ lần bấm trước")).to_be_visible()
    expect(page.get_by_role("button", name="Xong B3")).to_be_visible()
    assert done(page).count("Xong bước: Phân công xử lý") == 1


def test_of_two_who_act_at_once_the_second_is_told_who_did_what(open_page: OpenPage) -> None:
    first = receive(open_page)
    second = open_page("ha", first.url)
    first.get_by_role("button", name="Xong B2").click()
    expect(first.get_by_text("Đã làm bước")).to_be_visible()
    second.get_by_text("Nhắn người sau, làm lúc khác").click()
    second.get_by_label("Nhắn người sau").fill("Xem kỹ móng")
    second.get_by_role("button", name="Xong B2").click()
    expect(second.get_by_text("Trong lúc đó đã có")).to_be_visible()
    expect(second.locator(".note.soon").get_by_text("Nguyễn Thị An")).to_be_visible()
    expect(second.get_by_label("Nhắn người sau")).to_have_value("Xem kỹ móng")
    looks_well(second)
    second.get_by_role("button", name="Xong B3").click()
    expect(second.get_by_text("Đã làm bước “Thẩm định hồ sơ”")).to_be_visible()
    assert done(second)[:2] == ["Xong bước: Thẩm định hồ sơ", "Xong bước: Phân công xử lý"]


def test_when_the_answer_is_lost_sending_again_doubles_nothing(open_page: OpenPage) -> None:
    page = receive(open_page)
    here = page.url

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)  # the server does it
        route.fulfill(status=502, body="<title>502</title>", content_type="text/html")

    page.route(re.compile("/buoc/$"), lose)
    page.get_by_role("button", name="Xong B2").click()
    page.wait_for_url(re.compile("/buoc/$"))
    page.unroute(re.compile("/buoc/$"))
    page.reload()  # the browser sends the same press again
    page.wait_for_url(here)
    expect(page.get_by_text("đã được ghi từ lần bấm trước")).to_be_visible()
    assert done(page).count("Xong bước: Phân công xử lý") == 1
    expect(page.get_by_role("button", name="Xong B3")).to_be_visible()
