"""CSV files: encodings, separators, quotation marks, and what is no CSV."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.formats.csvfile import read_rows
from chuan.text.messages import LANGUAGES, BadInput

TEXT = "Mã hồ sơ;Bước thực hiện\r\nH1;Thẩm định, trình ký\r\n"
ROWS = [["Mã hồ sơ", "Bước thực hiện"], ["H1", "Thẩm định, trình ký"]]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Encode as Vietnamese Windows does: vowels with hat or horn, tone marks apart."""
    apart = unicodedata.normalize("NFD", text)
    written = ""
    for sign in apart:
        if unicodedata.combining(sign) and sign not in TONES:
            base, tones = written.rstrip(TONES), written[len(written.rstrip(TONES)) :]
            written = base[:-1] + unicodedata.normalize("NFC", base[-1] + sign) + tones
        else:
            written += sign
    return written.encode("cp1258")


def refusal(data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_rows(data)
    assert all(caught.value.message.text(language) for language in LANGUAGES)
    return caught.value.message.code


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        unicodedata.normalize("NFD", TEXT).encode(),
        windows_1258(TEXT),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16", "utf-16 be", "utf-16 no bom", "nfd", "windows-1258"],
)
def test_every_usual_encoding_gives_the_same_words_in_nfc(data: bytes) -> None:
    assert read_rows(data) == ROWS


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    data = "\n".join(separator.join(row) for row in (["a", "b", "c"], ["1", "x y", "3"], ["4", "5", "6"]))
    assert read_rows(data.encode()) == [["a", "b", "c"], ["1", "x y", "3"], ["4", "5", "6"]]


def test_a_declared_separator_is_obeyed() -> None:
    assert read_rows(b"sep=|\na|b;c;d\n") == [["a", "b;c;d"]]


def test_a_quoted_line_break_stays_inside_its_cell() -> None:
    assert read_rows(b'a,b\n"1\n2",3\n') == [["a", "b"], ["1\n2", "3"]]


def test_blank_lines_keep_the_count_of_rows() -> None:
    assert read_rows(b"a,b\n\n1,2\n") == [["a", "b"], [], ["1", "2"]]


def test_a_formula_is_only_text() -> None:
    assert read_rows(b"a,b\n=1+1,@SUM(A1)\n") == [["a", "b"], ["=1+1", "@SUM(A1)"]]


def test_a_stray_control_character_is_dropped_wherever_it_stands() -> None:
    cells = "Mã hồ sơ;Công việc\n" + "H1;Thẩm định\n" * 20
    for sign in "\x00\x01\x1f":
        assert read_rows(f"H{sign}1;A\n{cells}".encode())[0] == ["H1", "A"]
        assert read_rows(f"{cells}H{sign}1;A\n".encode())[-1] == ["H1", "A"]


def test_utf_16_without_a_mark_is_told_by_its_zeros() -> None:
    text = "Mã hồ sơ;Công việc\nH1;Thẩm định\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read_rows(text.encode(encoding))[1] == ["H1", "Thẩm định"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "csvfile.empty"),
        (b" \r\n", "csvfile.empty"),
        (b"\x01\x02\x03 a,b\n", "csvfile.not_text"),
        (b"a,b\n\x8d\x8e\x9d,1\n", "csvfile.encoding"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "csvfile.open_quote"),
    ],
)
def test_what_is_no_csv_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_the_open_quotation_mark_is_located() -> None:
    with pytest.raises(BadInput) as caught:
        read_rows(b'a,b\n1,2\n3,"4\n5,6\n')
    assert caught.value.message.values["line"] == 3


@given(st.text(alphabet="aăâeêioôơuưyđbcAĂÂEÊ ớờểặộỹĩẩứ", min_size=1))
def test_windows_1258_brings_every_vietnamese_letter_back(words: str) -> None:
    text = f"đầu đ;{words}x\n"
    assert read_rows(windows_1258(text)) == [["đầu đ", f"{words}x"]]
