"""The law that ships: every relation leads somewhere, and states on a day are what the texts say."""

from datetime import date

import pytest

from chuan.reading.law import load_forms, load_law
from chuan.rules.instruments import Instrument, InstrumentState, LawLibrary
from chuan.text.references import find_references

LAW = load_law()


@pytest.mark.parametrize(
    ("number", "day", "state"),
    [
        ("61/2018/NĐ-CP", date(2025, 6, 30), InstrumentState.AMENDED),
        ("61/2018/NĐ-CP", date(2020, 6, 30), InstrumentState.IN_FORCE),
        ("61/2018/NĐ-CP", date(2025, 7, 1), InstrumentState.EXPIRED),
        ("118/2025/NĐ-CP", date(2025, 6, 30), InstrumentState.NOT_YET),
        ("118/2025/NĐ-CP", date(2025, 7, 1), InstrumentState.IN_FORCE),
        ("118/2025/NĐ-CP", date(2026, 11, 21), InstrumentState.AMENDED),
        ("19/2014/QĐ-TTg", date(2026, 11, 21), InstrumentState.IN_FORCE),
        ("144/2006/QĐ-TTg", date(2026, 11, 21), InstrumentState.EXPIRED),
        ("60/2014/QH13", date(2027, 2, 28), InstrumentState.IN_FORCE),
        ("60/2014/QH13", date(2027, 3, 1), InstrumentState.EXPIRED),
        ("03/2026/QH16", date(2026, 11, 21), InstrumentState.NOT_YET),
        ("01/2018/TT-VPCP", date(2025, 9, 14), InstrumentState.IN_FORCE),
        ("01/2018/TT-VPCP", date(2025, 10, 1), InstrumentState.UNKNOWN),  # its successor's day of effect is not known
        ("01/2018/TT-VPCP", date(2025, 11, 20), InstrumentState.EXPIRED),
        ("468/QĐ-TTg", date(2026, 1, 1), InstrumentState.EXPIRED),
        ("32/2017/TT-BTTTT", date(2026, 11, 21), InstrumentState.EXPIRED),
        ("99/1999/NĐ-CP", date(2026, 11, 21), InstrumentState.UNKNOWN),
    ],
)
def test_the_state_of_an_instrument_on_a_day(number: str, day: date, state: InstrumentState) -> None:
    assert LAW.state(number, day) is state


@pytest.mark.parametrize(
    "number",
    [
        "61/2018/NĐ-CP",
        "107/2021/NĐ-CP",
        "01/2018/TT-VPCP",
        "42/2022/NĐ-CP",
        "64/2007/NĐ-CP",
        "85/2016/NĐ-CP",
        "12/2022/TT-BTTTT",
        "13/2023/NĐ-CP",
        "86/2015/QH13",
        "24/2018/QH14",
        "32/2017/TT-BTTTT",
        "144/2006/QĐ-TTg",
        "118/2009/QĐ-TTg",
    ],
)
def test_what_must_not_be_cited_any_more_is_expired_and_names_its_successor(number: str) -> None:
    today = date(2026, 11, 21)
    assert LAW.state(number, today) is InstrumentState.EXPIRED
    assert LAW.replaced_by(number, today)


def test_amendments_are_named_as_of_the_day() -> None:
    amending = [other.number for other in LAW.amended_by("118/2025/NĐ-CP", date(2026, 11, 21))]
    assert amending == ["367/2025/NĐ-CP", "309/2026/NĐ-CP"]
    assert [other.number for other in LAW.amended_by("118/2025/NĐ-CP", date(2025, 12, 1))] == []


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("61/2018/NĐ-CP", "thay thế bởi 118/2025/NĐ-CP"),
        ("118/2025/NĐ-CP", "sửa đổi bởi 367/2025/NĐ-CP, 309/2026/NĐ-CP"),
        ("468/QĐ-TTg", "đã hết hiệu lực. Hãy bỏ"),
        ("03/2026/QH16", "từ 01/03/2027"),
        ("30/2020/NĐ-CP", "đang có hiệu lực."),
        ("6050/2026/VBHN-BTP", "đang có hiệu lực."),
        ("9/1999/NĐ-CP", "chưa có trong danh mục"),
    ],
)
def test_the_state_is_told_in_words_with_what_to_cite_instead(number: str, says: str) -> None:
    told = LAW.explain(number, date(2026, 11, 21))
    assert says in told.text("vi")
    assert number in told.text("en")


def test_every_relation_among_ours_leads_to_a_listed_instrument() -> None:
    targets = {target for one in LAW.instruments for target in (*one.amends, *one.replaces, one.consolidates) if target}
    assert targets - set(LAW.by_number) == {"10/2012/QH13"}  # the Labour Code before the one of 2019
    assert len(LAW.by_number) == len(LAW.instruments)


def test_dates_of_an_instrument_are_in_order() -> None:
    for one in LAW.instruments:
        dates = [day for day in (one.issued_on, one.effective_on, one.expires_on) if day]
        assert dates == sorted(dates), one.number
        assert one.confidence in {"high", "medium", "low"}
        assert one.source in {"text", "secondary", "memory"}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Quyết định 19/2014", "19/2014/QĐ-TTg"),
        ("TT 4/2025/TT-VPCP", "04/2025/TT-VPCP"),
        ("Luật Hộ tịch 2014", "60/2014/QH13"),
        ("luật Hộ tịch số 03/2026", "03/2026/QH16"),
    ],
)
def test_what_a_text_cites_is_found_in_the_library(written: str, number: str) -> None:
    (reference,) = find_references(written)
    found = LAW.find(reference.normal)
    assert found is not None
    assert found.number == number


def test_an_ambiguous_or_unknown_number_is_not_guessed() -> None:
    twins = LawLibrary(
        tuple(Instrument(f"01/2018/TT-{issuer}", "circular", issuer, 2018, "x") for issuer in ("BTP", "VPCP"))
    )
    assert twins.find("01/2018/TT") is None
    assert LAW.find("") is None


def test_kinds_of_the_national_assembly_are_told_apart() -> None:
    kinds = {LAW.by_number[number].kind for number in ("45/2019/QH14", "28/2026/QH16", "60/2014/QH13")}
    assert kinds == {"code", "resolution", "law"}


@pytest.mark.parametrize(("old", "new"), [("01", "01"), ("4", "04"), ("05", "06"), ("06", "07"), ("07", "")])
def test_the_old_numbers_of_the_one_stop_forms_lead_to_the_new(old: str, new: str) -> None:
    assert load_forms().renumber("01/2018/TT-VPCP", old, "03/2025/TT-VPCP") == new


def test_the_stop_notice_is_new_and_the_day_book_has_one_name() -> None:
    forms = load_forms()
    stop = forms.find("03/2025/TT-VPCP", "5")
    assert stop is not None
    assert (stop.form, stop.number_in("01/2018/TT-VPCP")) == ("stop_notice", "")
    assert forms.find("01/2018/TT-VPCP", "06") == forms.find("03/2025/TT-VPCP", "07")
    assert len(forms.forms) == 7
