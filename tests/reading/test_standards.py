"""The clause sets: trees without holes, and correspondences that lead both ways."""

import pytest

from chuan.reading.standards import load_standards

STANDARDS = load_standards()


@pytest.mark.parametrize("edition", ["2008", "2015", "2026"])
def test_every_clause_stands_below_a_clause_and_has_a_title_in_both_languages(edition: str) -> None:
    clauses = STANDARDS.editions[edition].by_number
    assert all(clause.parent in clauses or clause.parent == "" for clause in clauses.values())
    assert all(clause.title("vi") and clause.title("en") for clause in clauses.values())
    assert next(STANDARDS.editions[edition].children("")).number == "4"


def test_2015_holds_and_2026_only_waits() -> None:
    assert STANDARDS.current.name == "TCVN ISO 9001:2015"
    assert STANDARDS.editions["2026"].status == "announced"
    assert STANDARDS.clause("2026", "10.1").confidence == "low"


@pytest.mark.parametrize(
    ("edition", "number", "other", "expected"),
    [
        ("2008", "8.2.2", "2015", ("9.2.1", "9.2.2")),
        ("2008", "8.5.3", "2015", ("6.1.2",)),
        ("2008", "4.2", "2015", ("4.3", "4.4.2", "7.5.1", "7.5.2", "7.5.3")),
        ("2015", "9.2", "2008", ("8.2.2",)),
        ("2015", "7.1.6", "2008", ()),
        ("2015", "6.1.2", "2026", ("6.1.2", "6.1.3")),
        ("2026", "6.1.3", "2015", ("6.1.2",)),
        ("2015", "10.3", "2026", ("10.1",)),
        ("2026", "10.1", "2015", ("10.1", "10.3")),
        ("2015", "8.5.2", "2026", ("8.5.2",)),
        ("2026", "8.5.2", "2015", ("8.5.2",)),
        ("2008", "8.5.3", "2026", ("6.1.2", "6.1.3")),
        ("2026", "6.1.3", "2008", ("8.5.3",)),
        ("2015", "4.1", "2015", ("4.1",)),
    ],
)
def test_a_clause_leads_to_what_answers_to_it(edition: str, number: str, other: str, expected: tuple[str, ...]) -> None:
    assert STANDARDS.corresponding(edition, number, other) == expected


@pytest.mark.parametrize("other", ["2008", "2026"])
def test_correspondences_name_only_clauses_that_exist_and_lead_back(other: str) -> None:
    for clause in STANDARDS.current.clauses:
        for number in STANDARDS.corresponding("2015", clause.number, other):
            back = STANDARDS.corresponding(other, number, "2015")
            assert any(one == clause.number or one.startswith(f"{clause.number}.") for one in back)


def test_every_clause_of_2008_went_somewhere_but_what_2015_gave_up() -> None:
    leaves = [
        one for one in STANDARDS.editions["2008"].clauses if not any(STANDARDS.editions["2008"].children(one.number))
    ]
    assert [one.number for one in leaves if not STANDARDS.corresponding("2008", one.number, "2015")] == []


def test_a_clause_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        STANDARDS.corresponding("2015", "11.1", "2008")
