"""The forms of the one-stop shop as golden PDFs, and what is read from their PDF: usual, sparse and heavy contents."""

import re
from itertools import chain
from pathlib import Path

import pytest

from chuan.writing.one_stop import PAD, Form, Numbering, paper_slips, write_form_pdf, write_form_word

from .golden import FOLDER, compare, first_difference
from .one_stop_cases import CODE, CONTENTS, EMPTY_SLIP, HEAVY, NEW, OLD, SLIP, SPARSE, THIRTY, USUAL
from .pdf_text import bodies_of, pages_of, words_of
from .test_one_stop_forms import word_text

# Every form in all three contents under the numbers in force; under the old numbers the usual content. The other
# contents under the old numbers are compared by their words.
GOLDEN = [(f"{content}-{name}", form, NEW) for content, forms in CONTENTS.items() for name, form in forms.items()]
GOLDEN += [(f"old-numbers-{name}", form, OLD) for name, form in USUAL.items()]
BY_WORDS = [(name, CONTENTS[content][name]) for content in ("sparse", "heavy") for name in USUAL if name != "book"]
DOTS = "…"


@pytest.mark.parametrize(("name", "form", "numbering"), GOLDEN, ids=[name for name, _, _ in GOLDEN])
def test_a_form_is_printed_as_it_was_accepted(name: str, form: Form, numbering: Numbering, tmp_path: Path) -> None:
    compare(name, write_form_pdf(form, numbering), tmp_path)


def test_a_pad_of_paper_slips_is_printed_as_it_was_accepted(tmp_path: Path) -> None:
    compare("paper-slips", paper_slips(SLIP, NEW, count=3), tmp_path)
    compare("paper-slip-empty", paper_slips(EMPTY_SLIP, NEW, count=1), tmp_path)


def test_the_golden_files_are_those_of_the_tests_and_small() -> None:
    known = {path.stem for path in FOLDER.iterdir()}
    assert known == {name for name, _, _ in GOLDEN} | {"paper-slips", "paper-slip-empty"}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000


def test_a_form_that_is_printed_otherwise_is_named_with_page_and_first_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHUAN_ACCEPT", raising=False)
    other = write_form_pdf(SPARSE["receipt"], NEW)
    with pytest.raises(AssertionError) as failure:
        compare("usual-receipt", other, tmp_path)
    said = str(failure.value)
    assert "usual-receipt.pdf: page 1, line 4\n  was: TRUNG TÂM PHỤC VỤ\n  now: CỘNG HÒA" in said
    assert "CHUAN_ACCEPT=1" in said
    assert (tmp_path / "usual-receipt.pdf").read_bytes() == other
    assert first_difference(b"", other) == "there is no golden file yet"


@pytest.mark.parametrize(("name", "form"), BY_WORDS, ids=[f"{at}-{name}" for at, (name, _) in enumerate(BY_WORDS)])
def test_under_the_old_numbers_only_number_and_name_are_others(name: str, form: Form) -> None:
    old, new = words_of(write_form_pdf(form, OLD)), words_of(write_form_pdf(form, NEW))
    old = re.sub(r"^(.*?)Mẫu số \d\d \(Thông tư 01/2018/TT-VPCP\) ", r"\1", old)
    new = re.sub(r"^(.*?)Mẫu số \d\d \(Thông tư 03/2025/TT-VPCP\) ", r"\1", new)
    if name == "apology":
        new = new.replace(
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
        )
    assert old == new


def together(text: str) -> str:
    """Without blanks: a word that broke at the end of a line in one file only is the same word."""
    return re.sub(r"[\s|/]|\.{6,}|…", "", text)


@pytest.mark.parametrize(("name", "form"), [(n, f) for forms in CONTENTS.values() for n, f in forms.items()])
def test_word_and_pdf_say_the_same(name: str, form: Form) -> None:
    written = together(words_of(write_form_pdf(form, NEW)))
    for piece in re.split(r"[\n|]| / |\.{6,}", word_text(write_form_word(form, NEW))):
        assert together(piece) in written, piece


@pytest.mark.parametrize("name", ["receipt", "supplement", "refusal"])
def test_without_personal_data_there_are_dots_for_name_identity_address_phone_and_email(name: str) -> None:
    text = words_of(write_form_pdf(SPARSE[name], NEW))
    assert re.search(
        rf"ồ sơ của: {DOTS} Số định danh: {DOTS} Địa chỉ: {DOTS} Số điện thoại: {DOTS} Email: {DOTS}", text
    )
    assert "Số: ......../" in text and "Ngày ...... tháng ...... năm 20......" in text


@pytest.mark.parametrize("name", ["apology", "stop"])
def test_without_personal_data_a_letter_has_dots_for_whom_it_is_to(name: str) -> None:
    text = words_of(write_form_pdf(SPARSE[name], NEW))
    assert f"Kính gửi: {DOTS}" in text and f"Số định danh: {DOTS} Địa chỉ: {DOTS}" in text


def test_with_personal_data_nothing_is_left_to_write() -> None:
    for form in USUAL.values():
        assert DOTS not in words_of(write_form_pdf(form, NEW))


def test_all_thirty_components_are_printed_and_every_further_page_has_code_and_number() -> None:
    first, *others = pages_of(write_form_pdf(HEAVY["receipt"], NEW))
    text = " ".join(chain(first, *others))
    assert all(f"Giấy tờ thứ {at}:" in text for at in range(1, len(THIRTY) + 1))
    assert len(others) == 2
    for at, page in enumerate(others, start=2):
        assert page[:2] == [f"Mã hồ sơ: {CODE}", str(at)] or page[0] == f"Mã hồ sơ: {CODE} {at}"
    assert not first[0].startswith("Mã hồ sơ")


def test_a_book_of_120_lines_has_all_of_them_under_numbered_pages_with_a_head_each() -> None:
    pages = pages_of(write_form_pdf(HEAVY["book"], NEW))
    text = " ".join(chain(*pages))
    assert all(re.search(rf"\b{at:02d} H13", text) for at in range(1, 121))
    for at, page in enumerate(pages, start=1):
        words = " ".join(page)
        assert words.startswith(f"Sổ theo dõi hồ sơ năm 2026, quyển số 02 {at} ")
        assert "Tên thủ tục hành chính" in words


@pytest.mark.parametrize("paper", ["a5", "a4"])
@pytest.mark.parametrize("name", ["apology", "stop", "refusal", "supplement"])
def test_nobody_signs_a_page_on_which_nothing_else_stands(name: str, paper: str) -> None:
    last = bodies_of(write_form_pdf(HEAVY[name], NEW, "a4" if paper == "a4" else "a5"))[-1]
    assert not last[0].isupper()


def test_a_pad_has_fifty_slips_that_run_on_from_their_first_number() -> None:
    pad = paper_slips(EMPTY_SLIP, NEW)
    every_seventh = [" ".join(page) for page in pages_of(pad, every=7)]
    assert all(f"Phiếu giấy {number:02d}" in page for number, page in zip(range(7, 57, 7), every_seventh, strict=True))
    assert len(re.findall(rb"/Type\s*/Page\b", pad)) == PAD == 50


def test_a_paper_slip_has_boxes_for_the_components_and_room_for_both_times() -> None:
    text = words_of(paper_slips(SLIP, NEW, count=1))
    assert "1 Đơn đề nghị cấp giấy phép xây dựng (Bản chính) □" in text
    assert text.count("□") == len(SLIP.components) + SLIP.spare
    by_hand = "........ giờ ........ phút, ngày ........ tháng ........ năm 20........"
    for label in ("Thời gian nhận hồ sơ", "Thời gian trả kết quả", "Thời gian nhập"):
        assert f"{label}: {by_hand}" in text
    assert f"Mã hồ sơ: {DOTS} Người nhập: {DOTS}" in text
    assert "Mẫu số 01 (Thông tư 03/2025/TT-VPCP)" in text
    assert f"Nội dung yêu cầu giải quyết: {DOTS}" in words_of(paper_slips(EMPTY_SLIP, NEW, count=1))
