"""The law as rows: loaded once, with a province's own beside it; what texts cite, and what must be mended."""

from datetime import date
from typing import Any

import pytest

from chuan.kernel.actor import machine
from chuan.kernel.errors import NotAllowed
from chuan.norms.law.actions import NoNumber, add_instrument, load_instruments
from chuan.norms.law.models import LegalInstrument
from chuan.norms.law.queries import citations, cited, impact, instruments_matching, law_library
from chuan.reading.law import load_law
from chuan.rules.instruments import InstrumentState

from ..cast import NOW, Cast

DAY = NOW.date()
BY = machine("tests", NOW)


@pytest.mark.django_db
def test_loading_again_writes_nothing() -> None:
    assert load_instruments(by=BY, at=NOW) == len(load_law().instruments)
    assert load_instruments(by=BY, at=NOW) == 0


@pytest.mark.django_db
def test_loading_mends_what_differs_and_removes_what_no_longer_ships() -> None:
    load_instruments(by=BY, at=NOW)
    LegalInstrument.objects.filter(number="118/2025/NĐ-CP").update(title="Sai", expires_on=date(2030, 1, 1))
    LegalInstrument(number="01/1990/NĐ-CP", kind="decree", year=1990, title="Thừa", confidence="low").put(by=BY, at=NOW)
    assert load_instruments(by=BY, at=NOW) == 2
    assert set(law_library(()).instruments) == set(load_law().instruments)


@pytest.mark.django_db
def test_before_the_first_load_the_library_is_what_ships() -> None:
    assert set(law_library(()).instruments) == set(load_law().instruments)


def own(cast: Cast, name: str = "khanh", number: str = "Quyết định số 7/2026/QĐ-UBND") -> LegalInstrument:
    return add_instrument(
        cast.khanh.agency.province,
        number=number,
        title="Quy chế một cửa của tỉnh",
        issued_on=date(2026, 2, 1),
        effective_on=date(2026, 3, 1),
        expires_on=None,
        amends=(),
        replaces=("QĐ 05/2020/QĐ-UBND",),
        by=getattr(cast, name).actor,
        at=NOW,
    )


@pytest.mark.django_db
def test_a_province_adds_its_own_and_a_reload_leaves_it(cast: Cast) -> None:
    row = own(cast)
    load_instruments(by=BY, at=NOW)
    assert (row.number, row.replaces) == ("07/2026/QĐ-UBND", ["05/2020/QĐ-UBND"])
    library = law_library([cast.khanh.agency.province_id])
    assert library.state("07/2026/QĐ-UBND", DAY) is InstrumentState.IN_FORCE
    assert law_library(()).find("07/2026/QĐ-UBND") is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["an", "giang", "ha", "dung"])
def test_only_who_keeps_the_norms_adds_to_them(name: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        own(cast, name)


@pytest.mark.django_db
def test_words_without_a_number_are_refused(cast: Cast) -> None:
    with pytest.raises(NoNumber):
        own(cast, number="quy chế của tỉnh")


@pytest.mark.parametrize("words", ["3/2025/TT-VPCP", "03/2025/TT-VPCP", "thông tư 03/2025/tt-vpcp"])
def test_zeros_before_a_number_make_no_difference(words: str) -> None:
    assert [one.number for one in instruments_matching(load_law(), words)] == ["03/2025/TT-VPCP"]


def test_part_of_a_number_and_a_name_without_diacritics_find() -> None:
    library = load_law()
    assert "118/2025/NĐ-CP" in [one.number for one in instruments_matching(library, "118/2025")]
    assert {one.number for one in instruments_matching(library, "bo luat lao dong")} == {
        one.number for one in library.instruments if "Bộ luật Lao động" in one.title
    }


def test_citations_are_normal_numbers_each_once() -> None:
    texts = ["NĐ 118/2025/NĐ-CP; TT số 3/2025/TT-VPCP", "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025"]
    assert citations(texts) == ("118/2025/NĐ-CP", "03/2025/TT-VPCP")


def test_a_pasted_basis_tells_the_worth_of_each() -> None:
    found = {
        one.normal: one for one in cited(["NĐ 61/2018/NĐ-CP và NĐ 118/2025/NĐ-CP, TT 99/2099/TT-BXX"], load_law(), DAY)
    }
    expired = found["61/2018/NĐ-CP"]
    assert (expired.state, [one.number for one in expired.others]) == (InstrumentState.EXPIRED, ["118/2025/NĐ-CP"])
    assert expired.words == "NĐ 61/2018/NĐ-CP"
    assert found["118/2025/NĐ-CP"].state is InstrumentState.AMENDED
    assert found["99/2099/TT-BXX"].instrument is None


def test_impact_names_what_must_be_mended_and_why() -> None:
    touched = impact({"A": ["NĐ 61/2018/NĐ-CP"], "B": ["QĐ 19/2014/QĐ-TTg"], "C": []}, load_law(), date(2025, 8, 1))
    assert {key: [one.normal for one in ones] for key, ones in touched.items()} == {"A": ["61/2018/NĐ-CP"]}


@pytest.mark.django_db
def test_the_library_is_read_once_until_the_law_changes(cast: Cast, django_assert_num_queries: Any) -> None:
    load_instruments(by=BY, at=NOW)
    province = [cast.khanh.agency.province_id]
    before = law_library(province)
    with django_assert_num_queries(1):
        assert law_library(province) is before
    own(cast)
    assert law_library(province).find("07/2026/QĐ-UBND") is not None
    LegalInstrument.objects.filter(number="118/2025/NĐ-CP").update(title="Sai")
    load_instruments(by=BY, at=NOW)
    assert "Sai" not in {one.title for one in law_library(province).instruments}
