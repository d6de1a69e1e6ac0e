"""Which clauses of the standard a dossier is evidence for, and what is missing."""

import tomllib
from dataclasses import fields
from importlib.resources import files

import pytest

from chuan.reading.standards import load_standards
from chuan.rules.evidence import ClauseEvidence, DossierRecord, Standing, evidence
from chuan.text.messages import LANGUAGES

WHOLE = DossierRecord(
    code=True,
    book_number=True,
    components_checked=True,
    limit_told=True,
    procedure_in_force=True,
    steps_timed=True,
    steps_positioned=True,
    result_ready=True,
    steps_complete=True,
    approved=True,
    returned=True,
)


def of(record: DossierRecord) -> dict[str, ClauseEvidence]:
    return {one.clause: one for one in evidence(record)}


def facts(one: ClauseEvidence, standing: Standing) -> list[str]:
    return [point.fact for point in one.standing_as(standing)]


def changed(**values: bool | None) -> DossierRecord:
    return DossierRecord(**{one.name: getattr(WHOLE, one.name) for one in fields(WHOLE)} | values)


def test_a_dossier_with_a_whole_record_is_evidence_for_four_clauses_and_nothing_is_missing() -> None:
    found = of(WHOLE)
    assert list(found) == ["8.2", "8.5.1", "8.5.2", "8.6"]
    assert {one.standing for one in found.values()} == {Standing.SHOWN}
    assert all(facts(one, Standing.MISSING) == [] for one in found.values())


def test_what_nobody_approved_is_no_evidence_of_release_and_says_so() -> None:
    found = of(changed(approved=False))["8.6"]
    assert found.standing is Standing.MISSING
    assert [point.message.text() for point in found.standing_as(Standing.MISSING)] == ["Chưa phê duyệt"]


def test_release_is_not_yet_asked_of_a_dossier_still_being_handled() -> None:
    found = of(changed(is_open=True, result_ready=False, steps_complete=None, approved=None, returned=None))["8.6"]
    assert found.standing is Standing.NOT_YET
    assert facts(found, Standing.NOT_YET) == ["steps_complete", "approved", "returned"]


def test_a_result_that_waits_to_be_collected_must_be_approved_already() -> None:
    found = of(changed(is_open=True, approved=False, returned=False))["8.6"]
    assert facts(found, Standing.MISSING) == ["approved"]
    assert facts(found, Standing.NOT_YET) == ["returned"]


def test_what_a_record_cannot_tell_is_not_called_missing() -> None:
    found = of(changed(book_number=None, steps_positioned=False))["8.5.2"]
    assert facts(found, Standing.UNTOLD) == ["book_number"]
    assert facts(found, Standing.MISSING) == ["steps_positioned"]
    assert of(DossierRecord())["8.2"].standing is Standing.UNTOLD


def test_a_supplement_and_originals_are_evidence_where_there_were_any_and_never_missed() -> None:
    assert "8.5.3" not in of(WHOLE)
    found = of(changed(supplement_asked=True, originals_handed_in=True, originals_given_back=False))
    assert "supplement_asked" in facts(found["8.2"], Standing.SHOWN)
    assert facts(found["8.5.3"], Standing.MISSING) == ["originals_given_back"]


@pytest.mark.parametrize("what", ["late", "wrong"])
def test_a_nonconforming_output_asks_for_its_place_in_the_register(what: str) -> None:
    assert "8.7" not in of(WHOLE)
    assert "entered" in facts(of(changed(**{what: True}, entered=False))["8.7"], Standing.MISSING)
    held = of(changed(**{what: True}, entered=True, apologised=True))["8.7"]
    assert held.standing is Standing.SHOWN


def test_a_refusal_asks_for_its_reason_and_not_for_release() -> None:
    found = of(changed(refused=True, ending_reasoned=False, result_ready=False, returned=None))
    assert "8.6" not in found
    assert facts(found["8.7"], Standing.MISSING) == ["ending_reasoned"]


def test_every_rule_names_a_clause_of_the_edition_and_a_field_and_has_its_sentences() -> None:
    written = tomllib.loads((files("chuan.data") / "standards" / "evidence.toml").read_text(encoding="utf-8"))
    known = {one.name for one in fields(DossierRecord)}
    for point in written["points"]:
        assert load_standards().clause(written["edition"], point["clause"]).vi
        assert point["fact"] in known
    for values in (dict.fromkeys(known, True), dict.fromkeys(known, False), dict.fromkeys(known, None)):
        for record in (values, values | {"late": True, "refused": True, "originals_handed_in": True}):
            points = [point for one in evidence(DossierRecord(**record)) for point in one.points]
            assert all(point.message.text(language) for point in points for language in LANGUAGES)
