"""A Word file is handed in, read, looked at beside the original, answered and accepted; the acceptance is undone."""

import re

from playwright.sync_api import expect

from .looking import HEIGHT, PHONE, OpenPage, axe_clean, complaints_of, nothing_cut_off


def test_a_doubt_is_answered_beside_the_original_and_the_file_accepted(open_page: OpenPage) -> None:
    page = open_page("giang", "/nhap-quy-trinh/lo-nhap/")
    page.get_by_role("link", name="Xem tệp có chỗ cần xem").click()
    original = page.get_by_role("region", name="Bản gốc")
    expect(original.get_by_role("cell", name="Xem xét; nếu không đạt thì quay lại B2")).to_be_visible()
    letter = original.locator("sup a").first.inner_text()
    question = page.locator(".below .note", has=page.get_by_role("link", name=f"{letter}.", exact=True)).first
    question.get_by_role("button", name="Đúng vậy").click()
    expect(page.get_by_text("Đã trả lời: đúng vậy").first).to_be_visible()
    page.get_by_label("Ký hiệu quy trình").fill("QT.TRINHDUYET.01")
    page.get_by_role("button", name="Nhận thành bản dự thảo").click()
    expect(page.get_by_text("Đã nhận thành bản dự thảo")).to_be_visible()
    for width in (1280, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        nothing_cut_off(page)
        axe_clean(page)
    page.locator("#messages").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác việc nhận tệp.")).to_be_visible()
    assert complaints_of(page) == []


def test_the_original_goes_to_the_place_of_a_question(open_page: OpenPage) -> None:
    page = open_page("giang", "/tep-nhap/tep-a/#hoi-0-2-0")
    page.set_viewport_size({"width": 1280, "height": 260})  # the original is longer than its window
    page.reload()
    original = page.get_by_role("region", name="Bản gốc")
    mark = original.locator("#goc-a")
    expect(mark).to_be_in_viewport()
    original.evaluate("one => one.scrollTop = 0")
    expect(mark).not_to_be_in_viewport()
    page.locator("#hoi-0-2-0 button").first.focus()
    expect(mark).to_be_in_viewport()
    assert complaints_of(page) == []


def test_files_handed_in_have_a_worklist_with_progress(open_page: OpenPage) -> None:
    page = open_page("giang", "/nhap-quy-trinh/")
    files = [
        {"name": "hong.docx", "mimeType": "application/octet-stream", "buffer": b"khong phai word"},
        {"name": "moi.json", "mimeType": "application/json", "buffer": b'{"variants": [{"steps": [{"title": "A"}]}]}'},
    ]
    page.get_by_label("Chọn tệp").set_input_files(files)  # type: ignore[arg-type]  # plain payloads are allowed
    page.get_by_role("button", name="Đọc các tệp này").click()
    page.wait_for_url(re.compile("/nhap-quy-trinh/.+"))
    expect(page.get_by_text("Đã đọc: 1/2")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("hong.docx"))).to_contain_text("Không đọc được")
    axe_clean(page)
