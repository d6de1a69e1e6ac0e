"""The improvement register: numbers, the life of an entry, who may do what, and what is told to whom."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.notices.models import Notice
from chuan.organisations.models import Agency
from chuan.quality.improvement import actions, refusals
from chuan.quality.improvement.models import Improvement
from chuan.quality.improvement.queries import ANY, OVERDUE, Asked, by_source, counts, entries, of_dossier, to_do
from chuan.quality.models import Procedure
from chuan.trail.models import Entry

from ..cast import HERE, NOW, Cast
from .stage import actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DONE: dict[str, Any] = {"correction": "Cấp lại giấy", "corrected_by": "Công chức tư pháp", "corrected_on": TODAY}


def enter(by: Actor, agency: Agency, at: datetime = NOW, **facts: Any) -> Improvement:
    """Enter a wrong result that was found on the day of `at`."""
    usual: dict[str, Any] = {
        "found_on": at.date(),
        "source": "own_check",
        "kind": "wrong_output",
        "about": "Giấy ghi sai họ",
    }
    return actions.enter(agency=agency, **(usual | facts), by=by, at=at)


def now(one: Improvement) -> Improvement:
    return Improvement.objects.everywhere(reason="tests").select_related("agency").get(pk=one.pk)


def codes(rows: Any) -> list[str]:
    return [row.shown_number for row in rows]


def test_numbers_run_on_within_the_year_of_each_agency_and_begin_anew_with_the_next(cast: Cast) -> None:
    an, chi = cast.an, cast.chi
    first, second = enter(an.actor, an.agency), enter(an.actor, an.agency)
    assert [first.shown_number, second.shown_number] == ["02/2026", "03/2026"]  # 01 stands in the stage
    assert enter(chi.actor, chi.agency).shown_number == "02/2026"
    january = datetime(2027, 1, 4, 8, 0, tzinfo=HERE)
    late = enter(actor("an", january), an.agency, january, found_on=date(2026, 12, 30))
    assert late.shown_number == "01/2027", "the book is that of the day on which it is entered"


def test_the_number_of_a_dropped_entry_is_never_given_again(cast: Cast) -> None:
    an = cast.an
    one = enter(an.actor, an.agency)
    actions.drop(one, by=an.actor, at=NOW)
    assert enter(an.actor, an.agency).number == one.number + 1


def test_the_database_refuses_a_number_twice_and_a_closing_without_a_correction(cast: Cast) -> None:
    an = cast.an
    one, other = enter(an.actor, an.agency), enter(an.actor, an.agency)
    with pytest.raises(ValidationError, match="Số phiếu này đã có"):
        other.change(number=one.number)
    with pytest.raises(IntegrityError):
        Improvement.objects.within(an.agency).filter(pk=one.pk).update(state="corrected")


def test_an_entry_is_corrected_closed_and_reopened_and_every_move_leaves_a_row(cast: Cast) -> None:
    an, ha = cast.an.actor, cast.ha.actor
    one = enter(an, cast.an.agency)
    actions.correct(one, **DONE, by=an, at=NOW)
    assert (now(one).state, now(one).corrected_by) == ("corrected", "Công chức tư pháp")
    actions.close(one, note="Đã xem giấy mới", by=ha, at=NOW)
    assert (now(one).state, now(one).closed_on) == ("closed", TODAY)
    actions.reopen(one, note="Giấy mới vẫn sai", by=ha, at=NOW)
    assert (now(one).state, now(one).closed_on) == ("open", None)
    assert [(move.target, move.by_name) for move in one.moves.all()] == [
        ("open", an.name),
        ("corrected", an.name),
        ("closed", ha.name),
        ("open", ha.name),
    ]
    said = Entry.objects.filter(subject=one.ref).order_by("seq").values_list("action", flat=True)
    assert list(said) == [f"improvement.{name}" for name in ("begin", "correct", "close", "reopen")]


def test_each_move_can_be_taken_back_and_what_was_typed_stays(cast: Cast) -> None:
    giang = cast.giang.actor
    one = enter(giang, cast.giang.agency)
    actions.correct(one, **DONE, by=giang, at=NOW)
    actions.uncorrect(one, by=giang, at=NOW)
    assert (now(one).state, now(one).correction) == ("open", "Cấp lại giấy")
    actions.correct(one, **DONE, by=giang, at=NOW)
    actions.close(one, by=giang, at=NOW)
    actions.unclose(one, by=giang, at=NOW)
    assert (now(one).state, now(one).closed_on) == ("corrected", None)
    actions.uncorrect(one, by=giang, at=NOW)
    actions.drop(one, by=giang, at=NOW)
    actions.take_up_again(one, by=giang, at=NOW)
    assert now(one).state == "open"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"found_on": TODAY + timedelta(days=1)}, refusals.FoundLater),
        ({"due_on": TODAY - timedelta(days=1)}, refusals.DueBeforeFound),
        ({"clause": "8.9"}, refusals.NoSuchClause),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, Any], refusal: type[Refusal], cast: Cast) -> None:
    with pytest.raises(refusal):
        enter(cast.an.actor, cast.an.agency, **facts)


def test_an_entry_without_words_and_one_about_what_is_another_agencys_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        enter(cast.an.actor, cast.an.agency, about="  ")
    other = Procedure.objects.within(cast.chi.agency).first()
    with pytest.raises(refusals.OfAnotherAgency):
        enter(cast.an.actor, cast.an.agency, procedure=other)
    with pytest.raises(refusals.OfAnotherAgency):
        enter(cast.an.actor, cast.an.agency, position=cast.chi.position)


def test_a_correction_says_what_was_done_after_it_was_found_and_not_tomorrow(cast: Cast) -> None:
    an = cast.an.actor
    one = enter(an, cast.an.agency)
    with pytest.raises(refusals.NothingDone):
        actions.correct(one, **(DONE | {"correction": " "}), by=an, at=NOW)
    with pytest.raises(refusals.CorrectedLater):
        actions.correct(one, **(DONE | {"corrected_on": TODAY + timedelta(days=1)}), by=an, at=NOW)
    with pytest.raises(ValidationError, match="sau ngày phát hiện"):
        actions.correct(one, **(DONE | {"corrected_on": TODAY - timedelta(days=1)}), by=an, at=NOW)
    with pytest.raises(refusals.WithoutReason):
        actions.reopen(one, note=" ", by=cast.ha.actor, at=NOW)


def test_a_second_press_is_told_who_was_first_and_changes_nothing(cast: Cast) -> None:
    an, giang = cast.an.actor, cast.giang.actor
    one = enter(an, cast.an.agency)
    old_page = now(one)
    actions.correct(one, **DONE, by=an, at=NOW)
    with pytest.raises(refusals.NotFromHere) as refused:
        actions.correct(old_page, **(DONE | {"correction": "Khác"}), by=giang, at=NOW)
    assert "Đã khắc phục, chờ đóng" in str(refused.value)
    assert an.name in str(refused.value)
    assert now(one).correction == "Cấp lại giấy"


def test_who_reads_enters_nothing_and_who_enters_closes_nothing(cast: Cast) -> None:
    an, binh = cast.an.actor, cast.binh.actor
    with pytest.raises(NotAllowed):
        enter(binh, cast.binh.agency)
    with pytest.raises(NotAllowed):
        enter(cast.chi.actor, cast.an.agency)
    one = enter(an, cast.an.agency)
    actions.correct(one, **DONE, by=an, at=NOW)
    with pytest.raises(NotAllowed):
        actions.close(one, by=an, at=NOW)


def test_who_did_not_make_an_entry_and_closes_none_cannot_drop_it(cast: Cast) -> None:
    one = enter(cast.giang.actor, cast.an.agency)
    with pytest.raises(NotAllowed):
        actions.drop(one, by=cast.an.actor, at=NOW)
    actions.drop(one, by=cast.ha.actor, at=NOW)
    assert now(one).state == "dropped"


def test_an_entry_is_changed_until_it_is_finished_and_found_by_its_new_words(cast: Cast) -> None:
    giang = cast.giang.actor
    one = enter(giang, cast.giang.agency)
    actions.change(one, cause="Đánh máy nhầm", corrective_action="Đối chiếu trước khi ký", by=giang, at=NOW)
    assert codes(entries(giang, Asked(words="danh may nham"), day=TODAY)) == [one.shown_number]
    actions.correct(one, **DONE, by=giang, at=NOW)
    actions.close(one, by=giang, at=NOW)
    with pytest.raises(refusals.Finished):
        actions.change(one, cause="Khác", by=giang, at=NOW)


def test_the_register_is_searched_without_diacritics_and_filtered(cast: Cast) -> None:
    giang = cast.giang.actor
    agency = cast.giang.agency
    late = enter(
        giang, agency, kind="late", source="dossier", about="Hồ sơ đất đai trễ", dossier_code="H7", due_on=TODAY
    )
    dropped = enter(giang, agency)
    actions.drop(dropped, by=giang, at=NOW)
    found = {
        "words": codes(entries(giang, Asked(words="dat DAI"), day=TODAY)),
        "code": codes(entries(giang, Asked(words="h7"), day=TODAY)),
        "kind": codes(entries(giang, Asked(kind="late", state="open"), day=TODAY)),
        "dropped": codes(entries(giang, Asked(state="dropped"), day=TODAY)),
    }
    assert found == {name: [late.shown_number] for name in ("words", "code", "kind")} | {
        "dropped": [dropped.shown_number]
    }
    assert codes(entries(giang, Asked(state=OVERDUE), day=TODAY)) == []
    assert codes(entries(giang, Asked(state=OVERDUE), day=TODAY + timedelta(days=1))) == [late.shown_number]
    assert codes(entries(giang, Asked(year="2025"), day=TODAY)) == []
    assert codes(entries(giang, Asked(procedure="qtxd03"), day=TODAY)) == ["01/2026"]
    assert codes(of_dossier(agency, "H7")) == [late.shown_number]


def test_counts_and_sums_leave_out_what_was_dropped(cast: Cast) -> None:
    giang = cast.giang.actor
    one = enter(giang, cast.giang.agency, source="dossier", clause="8.7", due_on=TODAY)
    actions.drop(enter(giang, cast.giang.agency, source="dossier"), by=giang, at=NOW)
    rows = entries(giang, Asked(state=ANY), day=TODAY)
    counted = counts(rows, TODAY + timedelta(days=1))
    assert (counted[""], counted["open"], counted["closed"], counted["dropped"], counted[OVERDUE]) == (2, 1, 1, 1, 1)
    summed = by_source(rows)
    assert [(each.source, each.total, each.closed, each.clauses) for each in summed] == [("dossier", 2, 1, ("8.7",))]
    assert (summed[0].in_time, summed[0].with_day) == (1, 1)
    assert one.state == "open"


def test_the_agencies_of_others_are_not_seen(cast: Cast) -> None:
    assert codes(entries(cast.chi.actor, day=TODAY)) == ["01/2026"]
    assert entries(cast.dung.actor, day=TODAY).count() == 0
    assert entries(cast.khanh.actor, day=TODAY).count() == 0


def test_an_entry_is_the_work_of_its_position_and_then_of_who_closes(cast: Cast) -> None:
    an, giang = cast.an.actor, cast.giang.actor
    one = enter(giang, cast.an.agency, position=cast.an.position, due_on=TODAY)
    nobodys = enter(an, cast.an.agency)
    assert codes(to_do(an)) == [one.shown_number]
    assert codes(to_do(giang)) == [nobodys.shown_number]
    actions.correct(one, **DONE, by=an, at=NOW)
    assert codes(to_do(an)) == []
    assert set(codes(to_do(cast.ha.actor))) == {one.shown_number, nobodys.shown_number}


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_the_position_is_told_of_its_entry_and_who_closes_of_the_correction(cast: Cast) -> None:
    an, giang = cast.an.actor, cast.giang.actor
    one = enter(giang, cast.an.agency, position=cast.an.position)
    assert told("improvement.assigned") == ["account:an"]
    actions.change(one, position=cast.binh.position, by=giang, at=NOW)
    assert told("improvement.assigned") == ["account:an", "account:binh"]
    actions.correct(one, **DONE, by=an, at=NOW)
    assert told("improvement.corrected") == ["account:giang", "account:ha"]
    notice = Notice.objects.filter(kind="improvement.corrected").earliest("pk")
    assert notice.link == f"/so-cai-tien/{one.key}/"
