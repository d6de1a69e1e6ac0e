"""Clause sets as a page shows them."""

import pytest

from chuan.norms.standards.queries import clause_rows


def test_a_clause_stands_beside_what_answers_to_it() -> None:
    (row,) = clause_rows("2008", "2015", "8.2.2")
    assert [one.number for one in row.others] == ["9.2.1", "9.2.2"]
    assert row.depth == 2


def test_titles_are_found_without_diacritics() -> None:
    found = clause_rows("2015", "2008", "danh gia noi bo")
    assert "9.2" in [row.clause.number for row in found]


def test_an_edition_that_does_not_ship_is_an_error() -> None:
    with pytest.raises(KeyError):
        clause_rows("1994", "2015")
