"""Searching: letters without diacritics find those with them, and nobody finds what is not his."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def found(client: Client, words: str) -> str:
    return client.get("/tim/", {"q": words}).content.decode()


@pytest.mark.parametrize("words", ["dong ha", "Đông Hạ", "HA dong", "  dong   hạ "])
def test_an_agency_is_found_with_or_without_diacritics(words: str, signed_in: Callable[[str], Client]) -> None:
    assert "UBND xã Đông Hạ" in found(signed_in("dung"), words)


@pytest.mark.parametrize(("words", "name"), [("do kim", "Đỗ Kim Chi"), ("thu ky", "Thư ký ISO")])
def test_people_and_positions_are_found(words: str, name: str, signed_in: Callable[[str], Client]) -> None:
    assert name in found(signed_in("chi"), words)


def test_people_of_another_agency_are_not_found(signed_in: Callable[[str], Client]) -> None:
    assert "Đỗ Kim Chi" not in found(signed_in("an"), "do kim chi")


def test_what_was_searched_is_shown_as_text_only(signed_in: Callable[[str], Client]) -> None:
    page = found(signed_in("an"), "<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "Không thấy gì" in page


@pytest.mark.parametrize("words", ["118/2025", "mot cua"])
def test_legal_instruments_are_found_by_number_and_by_title(words: str, signed_in: Callable[[str], Client]) -> None:
    assert "118/2025/NĐ-CP" in found(signed_in("an"), words)
