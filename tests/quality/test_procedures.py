"""The life of a written procedure: draft, review, approval, effect; reading; adoption; coverage."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chuan.jobs.take_effect import take_effect
from chuan.kernel.actor import machine
from chuan.kernel.errors import MovedMeanwhile, NotAllowed, NotYours
from chuan.quality.models import Procedure, ProcedureVersion, PublicService
from chuan.quality.procedures import actions, queries, refusals
from chuan.quality.procedures.adoption import Kept, adoptions_of
from chuan.quality.procedures.citing import citing, citing_counts, resting_on_ended
from chuan.quality.procedures.content import structure
from chuan.reading.law import load_law
from chuan.rules.procedure.structure import Step, Variant

from ..cast import NOW, Cast
from .stage import CONTROL, content, in_force, version

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def procedure(key: str) -> Procedure:
    rows = Procedure.objects.everywhere(reason="tests")
    return rows.select_related("agency", "adopted_from", "adopted_version").get(key=key)


def states(one: Procedure) -> dict[int, str]:
    rows = ProcedureVersion.objects.everywhere(reason="tests").filter(procedure=one)
    return dict(rows.order_by("number").values_list("number", "state"))


def approved(cast: Cast, effective_on: date) -> ProcedureVersion:
    draft = version("qtxd03-02")
    actions.submit(draft, by=cast.giang.actor, at=NOW)
    actions.approve(draft, effective_on=effective_on, decision="20/QĐ-UBND", by=cast.ha.actor, at=NOW)
    return draft


def test_a_new_version_in_force_replaces_the_old_one(cast: Cast) -> None:
    actions.bring_into_force(approved(cast, TODAY), by=cast.ha.actor, at=NOW)
    assert states(procedure("qtxd03")) == {1: "replaced", 2: "in_force"}
    assert version("qtxd03-01").ended_on == TODAY


def test_the_database_refuses_a_second_version_in_force(cast: Cast) -> None:
    rows = ProcedureVersion.objects.everywhere(reason="tests").filter(key="qtxd03-02")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="in_force", effective_on=TODAY)


def test_a_version_cannot_be_forced_before_its_day(cast: Cast) -> None:
    with pytest.raises(refusals.NotYetInForce):
        actions.bring_into_force(version("qtcho-01"), by=cast.ha.actor, at=NOW)


def test_the_daily_job_brings_what_is_due_into_force_and_nothing_else(cast: Cast) -> None:
    take_effect()
    assert states(procedure("qtcho")) == {1: "approved"}
    with time_machine.travel(NOW + timedelta(days=15), tick=False):  # 01/12/2026
        take_effect()
        take_effect()
    assert states(procedure("qtcho")) == {1: "in_force"}
    assert procedure("qtcho").in_force


def test_the_day_of_effect_begins_at_midnight_in_vietnam(cast: Cast) -> None:
    with time_machine.travel("2026-11-30T17:00:30+00:00", tick=False):  # 00:00 on the 1st in Vietnam
        take_effect()
    assert states(procedure("qtcho")) == {1: "in_force"}


def test_of_two_waiting_versions_the_earlier_takes_effect_first(cast: Cast) -> None:
    approved(cast, TODAY + timedelta(days=1))
    third = actions.draft_again(procedure("qtxd03"), by=cast.giang.actor, at=NOW)
    actions.submit(third, by=cast.giang.actor, at=NOW)
    actions.approve(third, effective_on=TODAY + timedelta(days=2), decision="21", by=cast.ha.actor, at=NOW)
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        take_effect()
    assert states(procedure("qtxd03")) == {1: "replaced", 2: "replaced", 3: "in_force"}


def test_a_version_does_not_take_effect_before_the_one_in_force(cast: Cast) -> None:
    actions.submit(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    one, first = version("qtxd03-02"), date(2026, 3, 1)
    with pytest.raises(refusals.BeforeTheCurrent):
        actions.approve(
            one, effective_on=first, decided_on=first, signed_before=True, decision="20", by=cast.ha.actor, at=NOW
        )


def test_a_dropped_draft_is_taken_up_again_unless_another_is_being_written(cast: Cast) -> None:
    actions.drop(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    actions.take_up_again(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    assert states(procedure("qtxd03")) == {1: "in_force", 2: "draft"}
    actions.drop(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    actions.draft_again(procedure("qtxd03"), by=cast.giang.actor, at=NOW)
    with pytest.raises(refusals.AlreadyBeingWritten):
        actions.take_up_again(version("qtxd03-02"), by=cast.giang.actor, at=NOW)


def test_who_sends_a_draft_back_says_why(cast: Cast) -> None:
    with pytest.raises(refusals.NoReason):
        actions.send_back(version("qttrinh-01"), note="  ", by=cast.ha.actor, at=NOW)
    actions.send_back(version("qttrinh-01"), note="Thiếu biểu mẫu ở B2", by=cast.ha.actor, at=NOW)
    assert version("qttrinh-01").state == "draft"
    assert version("qttrinh-01").moves.values_list("note", flat=True).last() == "Thiếu biểu mẫu ở B2"


def test_an_empty_draft_is_not_handed_over(cast: Cast) -> None:
    empty = actions.start_procedure(
        agency=cast.giang.agency,
        code="QT.99",
        content={"name_vi": "Trống", "variants": []},
        by=cast.giang.actor,
        at=NOW,
    )
    with pytest.raises(refusals.NothingWritten):
        actions.submit(empty, by=cast.giang.actor, at=NOW)


def test_the_same_button_pressed_twice_is_refused_in_words(cast: Cast) -> None:
    actions.submit(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    with pytest.raises(MovedMeanwhile):
        actions.submit(version("qtxd03-02"), by=cast.giang.actor, at=NOW)


def test_an_approved_version_is_not_reopened_beside_a_draft(cast: Cast) -> None:
    waiting = version("qtcho-01")
    actions.draft_again(waiting.procedure, by=cast.giang.actor, at=NOW)
    with pytest.raises(refusals.AlreadyBeingWritten):
        actions.reopen(waiting, note="Sai ngày", by=cast.ha.actor, at=NOW)


def test_a_dropped_draft_gives_its_place_to_the_next_number(cast: Cast) -> None:
    actions.drop(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    again = actions.draft_again(procedure("qtxd03"), by=cast.giang.actor, at=NOW)
    assert again.number == 3
    assert again.content == version("qtxd03-01").content


def test_a_code_is_used_once_in_an_agency(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="đã là của quy trình"):
        actions.start_procedure(
            agency=cast.giang.agency, code="QT.XD.03", content=content(), by=cast.giang.actor, at=NOW
        )


def test_reading_is_counted_once_per_person_among_those_who_hold_a_position(cast: Cast) -> None:
    shown = version("qtxd03-01")
    assert queries.readers(shown, TODAY) == queries.Readers(1, 4)
    for _again in range(2):
        actions.acknowledge(shown, by=cast.binh.actor, at=NOW)
    assert queries.readers(shown, TODAY) == queries.Readers(2, 4)
    assert shown.pk not in queries.unread_by(cast.binh.actor).values_list("pk", flat=True)
    with pytest.raises(NotAllowed):
        actions.acknowledge(shown, by=cast.chi.actor, at=NOW)


def test_a_new_version_must_be_read_again(cast: Cast) -> None:
    assert not queries.unread_by(cast.an.actor)
    actions.bring_into_force(approved(cast, TODAY), by=cast.ha.actor, at=NOW)
    assert [one.key for one in queries.unread_by(cast.an.actor)] == ["qtxd03-02"]


def test_coverage_counts_the_services_with_a_procedure_in_force(cast: Cast) -> None:
    assert queries.coverage(cast.an.agency, TODAY) == queries.Coverage(1, 2)
    assert [service.key for service in queries.uncovered(cast.an.agency, TODAY)] == ["thutuc2"]
    assert queries.coverage(cast.chi.agency, TODAY) == queries.Coverage(0, 0)


def test_a_draft_covers_nothing(cast: Cast) -> None:
    bare = PublicService.objects.everywhere(reason="tests").get(key="thutuc2")
    actions.start_procedure(
        agency=cast.an.agency, code="QT.98", content=content(), services=[bare], by=cast.giang.actor, at=NOW
    )
    assert queries.coverage(cast.an.agency, TODAY).covered == 1


def test_what_the_province_issues_is_there_to_be_adopted_once(cast: Cast) -> None:
    offered = queries.adoptable(cast.giang.actor, cast.giang.agency)
    assert [one.key for one in offered] == ["qtkhcn02"]
    draft = actions.adopt(procedure("qtkhcn02"), agency=cast.giang.agency, code="QT.SK.01", by=cast.giang.actor, at=NOW)
    assert draft.procedure.adopted_version == version("qtkhcn02-01")
    assert structure(draft).agency == "UBND xã Thanh Bình"
    assert structure(draft).procedure_code == "QT.SK.01"
    assert not queries.adoptable(cast.giang.actor, cast.giang.agency)
    with pytest.raises(refusals.AdoptedAlready):
        actions.adopt(procedure("qtkhcn02"), agency=cast.giang.agency, code="X", by=cast.giang.actor, at=NOW)


def test_a_procedure_of_another_commune_is_not_there_to_be_adopted(cast: Cast) -> None:
    with pytest.raises(NotYours):
        actions.adopt(procedure("qtxd03"), agency=cast.chi.agency, code="QT.1", by=cast.chi.actor, at=NOW)


def test_a_newer_original_is_noticed_and_taken_over_with_the_own_steps_kept(cast: Cast) -> None:
    own = procedure("qtnd01")
    with_control = actions.draft_again(own, by=cast.giang.actor, at=NOW)
    steps = list(structure(with_control).variants[0].steps)
    from_adopted = content(name="Cấp phép nghiên cứu", variants=(_variant((*steps[:3], CONTROL, *steps[3:])),))
    actions.save_draft(with_control, content=from_adopted, started_from=0, by=cast.giang.actor, at=NOW)
    with_control.refresh_from_db()
    actions.submit(with_control, by=cast.giang.actor, at=NOW)
    actions.approve(with_control, effective_on=TODAY, decision="30", by=cast.ha.actor, at=NOW)
    actions.bring_into_force(with_control, by=cast.ha.actor, at=NOW)
    assert [one.key for one in queries.behind_their_original(cast.giang.actor)] == ["qtnd01"]
    merged = actions.take_over_original(procedure("qtnd01"), by=cast.giang.actor, at=NOW)
    assert [step.no for step in structure(merged).variants[0].steps] == ["B1", "B3", "B3a", "B4", "B5"]
    assert not queries.behind_their_original(cast.giang.actor)
    with pytest.raises(refusals.NothingNewer):
        actions.take_over_original(procedure("qtnd01"), by=cast.giang.actor, at=NOW)


def expired(name: str, cast: Cast) -> dict[str, tuple[int, int]]:
    """Return by instrument how many procedures cite it, and of how many a new version is on its way."""
    player = getattr(cast, name)
    found = resting_on_ended(player.actor, player.actor.agencies, load_law(), TODAY)
    return {one.number: (one.count, one.carried_over) for one in found}


def redrafted(cast: Cast, *basis: str) -> ProcedureVersion:
    draft = version("qtxd03-02")
    new = content(legal_basis=basis)
    return actions.save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)


def test_what_a_version_cites_is_found_by_the_number_that_the_law_lists(cast: Cast) -> None:
    redrafted(cast, "QĐ số 19/2014/QĐ-TTg ngày 05/3/2014", "NĐ 61/2018/NĐ-CP; NĐ 61/2018/NĐ-CP")
    numbers = version("qtxd03-02").citations.values_list("number", flat=True)
    assert sorted(numbers) == ["19/2014/QĐ-TTg", "61/2018/NĐ-CP"]
    redrafted(cast, "NĐ 61/2018/NĐ-CP")
    assert list(version("qtxd03-02").citations.values_list("number", flat=True)) == ["61/2018/NĐ-CP"]


def test_an_expired_basis_is_work_until_a_version_in_force_no_longer_cites_it(cast: Cast) -> None:
    redrafted(cast, "NĐ 61/2018/NĐ-CP")
    assert expired("giang", cast) == {}  # only what is in force can fail the law
    actions.bring_into_force(approved(cast, TODAY), by=cast.ha.actor, at=NOW)
    assert expired("giang", cast) == {"61/2018/NĐ-CP": (1, 0)}
    assert expired("chi", cast) == {}
    assert [one.key for one in citing(cast.dung.actor, "61/2018/NĐ-CP")] == ["qtxd03"]
    assert citing_counts(cast.giang.actor, ["61/2018/NĐ-CP", "118/2025/NĐ-CP"]) == {
        "61/2018/NĐ-CP": 1,
        "118/2025/NĐ-CP": 1,
    }
    next_one = actions.draft_again(procedure("qtxd03"), by=cast.giang.actor, at=NOW)
    assert expired("giang", cast) == {"61/2018/NĐ-CP": (1, 0)}  # the copy still cites it
    actions.save_draft(next_one, content=content(), started_from=0, by=cast.giang.actor, at=NOW)
    assert expired("giang", cast) == {"61/2018/NĐ-CP": (1, 1)}  # a draft does not apply
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        in_force(version(next_one.key), TODAY + timedelta(days=1))
    assert expired("giang", cast) == {}


def test_the_province_counts_who_took_a_procedure_over_and_who_changed_it(cast: Cast) -> None:
    original = procedure("qtkhcn01")
    found = adoptions_of(original, TODAY)
    one = found.by_agency[cast.an.agency.pk]
    assert (found.communes, one.kept, one.number, one.behind) == (2, Kept.SAME, 1, True)
    draft = actions.take_over_original(procedure("qtnd01"), by=cast.giang.actor, at=NOW)
    steps = (*structure(draft).variants[0].steps, CONTROL)
    changed = content(name="Cấp phép nghiên cứu", variants=(_variant(steps),))
    actions.save_draft(draft, content=changed, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    assert adoptions_of(original, TODAY).same == 1  # a draft is the agency's own matter
    actions.submit(version(draft.key), by=cast.giang.actor, at=NOW)
    actions.approve(version(draft.key), effective_on=TODAY, decision="31", by=cast.ha.actor, at=NOW)
    actions.bring_into_force(version(draft.key), by=cast.ha.actor, at=NOW)
    found = adoptions_of(original, TODAY)
    assert (found.same, found.changed, found.behind) == (0, 1, 0)


def test_a_dropped_draft_leaves_the_change_of_the_province_to_be_taken_over(cast: Cast) -> None:
    draft = actions.take_over_original(procedure("qtnd01"), by=cast.giang.actor, at=NOW)
    assert not queries.behind_their_original(cast.giang.actor)
    actions.drop(version(draft.key), by=cast.giang.actor, at=NOW)
    assert [one.key for one in queries.behind_their_original(cast.giang.actor)] == ["qtnd01"]
    actions.take_up_again(version(draft.key), by=cast.giang.actor, at=NOW)
    assert not queries.behind_their_original(cast.giang.actor)


def test_the_change_of_the_province_goes_into_a_draft_that_is_open_and_its_text_is_kept(cast: Cast) -> None:
    open_draft = actions.draft_again(procedure("qtnd01"), by=cast.giang.actor, at=NOW)
    before = open_draft.content
    taken = actions.take_over_original(procedure("qtnd01"), by=cast.giang.actor, at=NOW)
    assert (taken.pk, taken.step_count) == (open_draft.pk, 4)
    assert [save.content for save in taken.saves.all()] == [before]
    actions.submit(taken, by=cast.giang.actor, at=NOW)
    newer = actions.draft_again(procedure("qtkhcn01"), by=machine("tests", NOW), at=NOW)
    in_force(newer, TODAY)
    with pytest.raises(refusals.AlreadyBeingWritten):
        actions.take_over_original(procedure("qtnd01"), by=cast.giang.actor, at=NOW)


def _variant(steps: tuple[Step, ...]) -> Variant:
    return Variant(steps)


def test_the_province_sees_what_is_issued_and_no_draft(cast: Cast) -> None:
    seen = ProcedureVersion.objects.visible_to(cast.dung.actor).filter(procedure__agency=cast.an.agency)
    assert {one.state for one in seen} == {"in_force"}
    listed = queries.published_procedures(cast.dung.actor)
    found = queries.standings(cast.dung.actor, listed)
    assert found[procedure("qtxd03").pk].newest.number == 1


def test_a_commune_does_not_see_the_procedures_of_another(cast: Cast) -> None:
    homes = {one.agency.key for one in Procedure.objects.visible_to(cast.chi.actor).select_related("agency")}
    assert "khcn" in homes
    assert "thanhbinh" not in homes
