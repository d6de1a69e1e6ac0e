"""Dossier codes: both official forms are read and written, everything else stays opaque text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.reading.law import load_law
from chuan.rules.dossier_codes import (
    CodeFormat,
    DossierCode,
    compose,
    format_of,
    format_on,
    formats,
    parse,
    serial_after,
)
from chuan.text.messages import BadInput

OLD, NEW = format_of("01/2018/TT-VPCP"), format_of("03/2025/TT-VPCP")
DAY = date(2026, 11, 20)


def old(serial: int, agency: str = "000.00.64.H10", received_on: date = DAY) -> DossierCode:
    return compose(OLD, agency=agency, received_on=received_on, serial=serial)


def refusal(one: CodeFormat, agency: str, serial: int = 1, owner: str = "", received_on: date = DAY) -> str:
    with pytest.raises(BadInput) as refused:
        compose(one, agency=agency, received_on=received_on, serial=serial, owner=owner)
    return str(refused.value)


def test_a_real_code_of_2023_has_its_parts() -> None:
    text = "000.00.64.H10-230515-0011"
    assert parse(text) == DossierCode(text, "01/2018/TT-VPCP", "000.00.64.H10", date(2023, 5, 15), "", 11)


@pytest.mark.parametrize(
    ("text", "owner", "serial"),
    [
        ("H99.001.02-261120-HC0007", "HC", 7),
        ("H99.001.02-261120-HC12345", "HC", 12345),
        ("H99.001.02-261120-0007", "", 7),
        ("H99.0A1.02-261120-00123", "", 123),
    ],
)
def test_a_code_of_2026_has_an_owner_or_none_and_four_digits_or_more(text: str, owner: str, serial: int) -> None:
    code = parse(text)
    assert code is not None
    assert (code.format, code.agency[:3], code.received_on) == ("03/2025/TT-VPCP", "H99", DAY)
    assert (code.owner, code.serial) == (owner, serial)


@pytest.mark.parametrize(
    ("text", "form", "agency"),
    [
        ("H57.132-260804-0583", "03/2025/TT-VPCP", "H57.132"),
        ("38.98.H29-210519-0013", "01/2018/TT-VPCP", "38.98.H29"),
        ("98.H29-210519-0013", "01/2018/TT-VPCP", "98.H29"),
    ],
)
def test_an_identifier_in_use_may_leave_out_its_lowest_levels(text: str, form: str, agency: str) -> None:
    code = parse(text)
    assert code is not None
    assert (code.format, code.agency) == (form, agency)


def test_an_old_code_with_five_digits_is_read_but_never_written() -> None:
    code = parse("000.00.64.H10-230515-10000")
    assert code is not None
    assert code.serial == 10000
    assert "10000 của ngày 20/11/2026 dài hơn 4 chữ số" in refusal(OLD, "000.00.64.H10", serial=10000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HS-2026-17",
        "000.00.64.H10-230515-011",  # three digits
        "000.00.64.H10-230230-0011",  # no such day
        "000.00.64.H10-230515-0000",  # the first is 1
        "000.00.64.H10-230515-HC0011",  # the old form has no owner
        "000.00.64.h10-230515-0011",
        "000.00.64.H10-230515-००११",  # digits of another script
        "H99-261120-0007",  # the identifier has too few levels
        "H99.01-261120-0007",  # the second level is too short
        "H99.BX.BT.02-261119-00600",
        "H99.001.02-261120-0007/1",
        "000.00.64.H10-230515-" + "1" * 5000,
    ],
)
def test_what_has_no_official_form_stays_opaque(text: str) -> None:
    assert parse(text) is None


def test_spaces_around_a_code_do_not_matter() -> None:
    assert parse("  000.00.64.H10-230515-0011\n") == parse("000.00.64.H10-230515-0011")


def test_the_day_of_reception_chooses_the_form_when_nobody_did() -> None:
    assert [format_on(day).text for day in (date(2018, 1, 1), date(2026, 1, 24), date(2026, 1, 25))] == [
        "01/2018/TT-VPCP",
        "01/2018/TT-VPCP",
        "03/2025/TT-VPCP",
    ]


def test_a_form_that_no_text_gives_is_refused_with_those_that_exist() -> None:
    with pytest.raises(BadInput, match="61/2018") as refused:
        format_of("61/2018/NĐ-CP")
    assert "01/2018/TT-VPCP, 03/2025/TT-VPCP" in str(refused.value)


def test_the_texts_behind_the_forms_are_in_the_library_of_law() -> None:
    library = load_law()
    named = {text for one in formats() for text in (one.text, one.added_by) if text}
    assert {text for text in named if library.find(text) is None} == set()


def test_each_form_reads_its_own_example() -> None:
    codes = [parse(f"{one.agency_example}-261120-0001") for one in formats()]
    assert [code.format if code else None for code in codes] == [one.text for one in formats()]


def test_writing_says_which_part_is_wrong() -> None:
    assert "“H10.064.00” không đúng dạng V1V2V3.Z1Z2.Y1Y2.MX1X2" in refusal(OLD, "H10.064.00")
    assert "ví dụ H10.064.00" in refusal(NEW, "000.00.64.H10", owner="HC")
    assert "cần 2 chữ cái in hoa" in refusal(NEW, "H10.064.00")
    assert "“HC1”" in refusal(NEW, "H10.064.00", owner="HC1")
    assert "đã khai “HC”" in refusal(OLD, "000.00.64.H10", owner="HC")
    assert "trong ngày là 0" in refusal(OLD, "000.00.64.H10", serial=0)
    assert "không ghi được ngày 01/01/2100" in refusal(OLD, "000.00.64.H10", received_on=date(2100, 1, 1))


def test_the_next_serial_follows_all_of_the_same_agency_day_and_owner() -> None:
    elsewhere = [old(40, agency="000.00.65.H10"), old(50, received_on=date(2026, 11, 19))]
    other_owner = compose(NEW, agency="H10.064.00", received_on=DAY, serial=9, owner="HC")
    here = [old(3), old(7), *elsewhere, other_owner]
    assert serial_after(here, agency="000.00.64.H10", received_on=DAY) == 8
    assert serial_after(here, agency="H10.064.00", received_on=DAY, owner="HC") == 10
    assert serial_after(here, agency="H10.064.00", received_on=DAY, owner="XD") == 1


LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
SIGNS = {"A": LETTERS, "#": DIGITS, "*": LETTERS + DIGITS, ".": "."}


def parts(mask: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from(SIGNS[sign]) for sign in mask)).map("".join)


@st.composite
def composed(draw: st.DrawFn) -> DossierCode:
    one = draw(st.sampled_from(formats()))
    serial = draw(st.integers(1, 10**one.most_digits - 1))
    day = draw(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    return compose(one, agency=draw(parts(one.agency)), received_on=day, serial=serial, owner=draw(parts(one.owner)))


@given(composed())
def test_what_is_written_is_read_again_with_the_same_parts(code: DossierCode) -> None:
    assert parse(str(code)) == code


@given(st.text(alphabet="HAB019.-", max_size=30) | composed().map(str))
def test_reading_never_fails_and_keeps_the_text(text: str) -> None:
    code = parse(text)
    assert code is None or code.text == text.strip()
