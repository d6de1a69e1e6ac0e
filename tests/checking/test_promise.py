"""A published time that the table's own total contradicts is told, with how many kept it."""

from dataclasses import replace

from chuan.checking.report.page import page
from chuan.rules.procedure.structure import Limit, Procedure, Variant

from .cast import STEPS, as_json, as_written, days, dossier, hours, procedure, run


def with_totals(published: Limit | None, *totals: Limit | None) -> Procedure:
    variants = tuple(Variant(STEPS, f"TH{place}", declared_total=one) for place, one in enumerate(totals))
    return replace(procedure(), variants=variants, committed=published)


def notes(written: Procedure) -> list[str]:
    quick, slow = dossier(*as_written()), dossier(*as_written(finish="06 10:00"), id="H2")
    told = as_json(run(written, quick, slow))["notes"]
    return [note for note in told if "công bố" in note]


def test_a_total_that_contradicts_the_published_time_is_told_with_both_numbers() -> None:
    written = with_totals(days(3), days("13/2"))
    (note,) = notes(written)
    assert "3 ngày làm việc nhưng dòng tổng của bảng là 6,5 ngày làm việc" in note
    assert "1/2 hồ sơ trong hạn" in note
    result = run(written, dossier(*as_written(finish="06 10:00")))
    assert result.dossiers[0].state == "early"
    assert "3 ngày làm việc nhưng" in page(result, ())


def test_the_same_time_in_another_unit_and_a_total_of_another_case_contradict_nothing() -> None:
    assert notes(with_totals(days(3), hours(24))) == []
    assert notes(with_totals(days(3), days(5), days(3))) == []
    assert notes(with_totals(None, days(5))) == []
    assert notes(with_totals(days(3), days(5), None)) == []
