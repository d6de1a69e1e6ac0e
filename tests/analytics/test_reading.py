"""Dossiers judged by the version that was in force, every number with the list behind it, and what is chosen."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from chuan.analytics.findings.choosing import AlreadyDone, choose, open_draft, reopen, settle, withdraw
from chuan.analytics.findings.models import AgencyReading, Choice, ProcedureReading
from chuan.analytics.findings.queries import stale, to_read_again
from chuan.analytics.logs.actions import set_mapping
from chuan.analytics.logs.models import LoggedDossier
from chuan.jobs.read_dossiers import read_stale
from chuan.kernel.errors import NotAllowed
from chuan.norms.holidays.actions import set_hours
from chuan.norms.holidays.queries import calendar_of
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.actions import approve, bring_into_force, draft_again, save_draft, submit

from ..cast import NOW, Cast
from .world import ALL, BY, LATE, RIGHT, STEPS, World, at, content, story, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> World:
    made = world(cast)
    made.take_in(ALL)
    made.read()
    return made


def reading(here: World, period: str = "") -> ProcedureReading:
    return ProcedureReading.objects.within(here.agency).get(version=here.version, period=period)


def test_each_dossier_has_its_verdict(here: World) -> None:
    found = here.dossiers()
    assert [found[code].state for code in ("H1", "H2", "H3", "H4")] == ["early", "late", "early", "open_in_time"]
    assert [found[code].cost for code in ("H1", "H2", "H3", "H4")] == [0, 0, 1, 0]
    assert "|skipped:B2|" in found["H3"].marks


def test_the_numbers_of_a_reading_are_those_of_the_lists_behind_them(here: World) -> None:
    one = reading(here)
    rows = LoggedDossier.objects.within(here.agency).filter(version=here.version)
    assert (one.dossiers, one.judged_steps, one.followed) == (4, 4, rows.filter(fitness__isnull=False, cost=0).count())
    assert (one.judged_time, one.in_time) == (4, rows.exclude(state__endswith="late").count())
    for question in one.content["questions"]:
        assert rows.filter(marks__contains=f"|{question['kind']}:{question['step']}|").count() == question["count"]
    for way in one.content["ways"]:
        assert rows.filter(way=way["way"]).count() == way["dossiers"]


def test_there_is_a_reading_for_each_year_and_quarter(here: World) -> None:
    periods = ProcedureReading.objects.within(here.agency).values_list("period", "dossiers")
    assert sorted(periods) == [("", 4), ("2026", 4), ("2026-Q4", 4)]


def test_reading_again_changes_nothing(here: World) -> None:
    before = (reading(here).content, {code: one.verdict for code, one in here.dossiers().items()})
    assert here.read() == 4
    assert (reading(here).content, {code: one.verdict for code, one in here.dossiers().items()}) == before


def test_the_version_in_force_at_reception_governs(here: World) -> None:
    draft = draft_again(here.procedure, by=BY, at=NOW)
    three_days = content(committed_time={"amount": 9, "unit": "working_day"})
    save_draft(draft, content=three_days, started_from=draft.saved, by=BY, at=NOW)
    draft = ProcedureVersion.objects.within(here.agency).get(pk=draft.pk)
    submit(draft, by=BY, at=NOW)
    third = date(2026, 11, 3)
    approve(draft, effective_on=third, decision="13/QĐ-UBND", decided_on=third, signed_before=True, by=BY, at=NOW)
    bring_into_force(draft, by=BY, at=NOW)
    here.read()
    ruled = {code: one.version_id for code, one in here.dossiers().items()}
    assert [ruled[code] == draft.pk for code in ("H1", "H2", "H3", "H4")] == [False, False, True, True]
    readings = ProcedureReading.objects.within(here.agency)
    assert [one.dossiers for one in readings.filter(period="")] == [2, 2]
    assert [one.version_id for one in readings.filter(leads=True)] == [draft.pk]
    assert AgencyReading.objects.within(here.agency).get().dossiers == 2


def test_the_sums_of_an_agency_are_those_of_its_readings_in_force(here: World) -> None:
    one, summed = reading(here), AgencyReading.objects.within(here.agency).get()
    assert (summed.procedures, summed.dossiers, summed.followed) == (1, one.dossiers, one.followed)
    assert (summed.judged_steps, summed.judged_time, summed.in_time) == (one.judged_steps, one.judged_time, one.in_time)
    assert one.trouble == pytest.approx((4 - one.followed) / 4 + (4 - one.in_time) / 4)


def test_open_dossiers_are_judged_at_the_last_moment_of_the_source(here: World) -> None:
    here.take_in([*RIGHT, *(line.replace("H2", "H8").replace("/11/", "/12/") for line in LATE)], "sau.csv")
    here.read()
    assert here.dossiers()["H4"].state == "open_late"


def choice(here: World, cast: Cast, kind: str, **facts: object) -> Choice:
    asked = {"deviation": "skipped", "step": "B2", "question": "Vì sao?", "count": 1}
    return choose(here.procedure, kind=kind, **asked, **facts, by=cast.giang.actor, at=NOW)  # type: ignore[arg-type] # facts by name


def test_changing_the_paper_opens_a_draft_and_the_second_time_the_same_one(here: World, cast: Cast) -> None:
    first = settle(choice(here, cast, "change_paper"), by=cast.giang.actor, at=NOW)
    second = choice(here, cast, "change_paper")
    assert first.draft is not None
    assert (first.draft.state, second.draft) == ("draft", first.draft)


def test_a_head_who_may_not_write_leaves_the_draft_to_the_secretary(here: World, cast: Cast) -> None:
    asked = {"deviation": "skipped", "step": "B2", "question": "Vì sao?", "count": 1}
    made = choose(here.procedure, kind="change_paper", **asked, by=cast.ha.actor, at=NOW)  # type: ignore[arg-type] # facts by name
    assert (made.draft, made.position) == (None, cast.giang.position)
    with pytest.raises(NotAllowed):
        open_draft(made, by=cast.ha.actor, at=NOW)
    draft = open_draft(made, by=cast.giang.actor, at=NOW)
    assert (draft.state, made.draft, open_draft(made, by=cast.giang.actor, at=NOW)) == ("draft", draft, draft)
    settle(made, by=cast.ha.actor, at=NOW)
    settle(made, by=cast.ha.actor, at=NOW)
    again = choose(here.procedure, kind="change_paper", **asked, by=cast.ha.actor, at=NOW)  # type: ignore[arg-type] # facts by name
    assert again.draft == draft, "the one being written is taken, whoever decides"


def test_a_choice_can_be_taken_back_until_its_work_is_done(here: World, cast: Cast) -> None:
    made = settle(choice(here, cast, "look_again"), by=cast.ha.actor, at=NOW)
    with pytest.raises(AlreadyDone):
        withdraw(made, by=cast.ha.actor, at=NOW)
    withdraw(reopen(made, by=cast.ha.actor, at=NOW), by=cast.ha.actor, at=NOW)
    assert not Choice.objects.within(here.agency).exists()


def test_changing_the_practice_needs_a_position_and_a_day_and_explaining_a_reason(here: World, cast: Cast) -> None:
    for kind, facts in (("change_practice", {}), ("change_practice", {"due_on": date(2026, 12, 1)}), ("explained", {})):
        with pytest.raises(ValidationError):
            choice(here, cast, kind, **facts)
    made = choice(here, cast, "change_practice", position=cast.an.position, due_on=date(2026, 12, 1))
    assert made.done_at is None
    assert choice(here, cast, "explained", note="Hệ thống không ghi bước này").done_at == NOW


def test_looking_again_draws_dossiers_by_a_seed_that_is_written_down(here: World, cast: Cast) -> None:
    made = choice(here, cast, "look_again")
    assert (made.sample, bool(made.seed)) == (["H3"], True)


def test_done_can_be_taken_back(here: World, cast: Cast) -> None:
    made = choice(here, cast, "look_again")
    assert settle(made, by=cast.ha.actor, at=NOW).done_at == NOW
    assert reopen(made, by=cast.ha.actor, at=NOW).done_at is None


def test_only_who_decides_chooses(here: World, cast: Cast) -> None:
    for player in (cast.an, cast.binh, cast.chi, cast.dung):
        with pytest.raises(NotAllowed):
            choose(
                here.procedure,
                kind="look_again",
                deviation="skipped",
                step="B2",
                question="?",
                count=1,
                by=player.actor,
                at=NOW,
            )


SATURDAY = {day: ["07:30-11:30", "13:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")} | {
    "saturday": ["07:30-11:30"]
}


def works_on_saturday_mornings(here: World, at: datetime, from_on: date = date(2025, 7, 1)) -> None:
    """The agency opens on Saturday mornings too, each a day of its limits."""
    facts = {"week": SATURDAY, "counts_as": {"saturday": "1"}, "from_on": from_on, "decision": "07/QĐ-UBND"}
    set_hours(here.agency, **facts, by=BY, at=at)  # type: ignore[arg-type] # facts by name


def test_a_dossier_is_judged_by_the_calendar_of_its_agency(here: World) -> None:
    friday = story("H6", "06 08:00", "09 09:00", "10 08:00", "10 14:00")  # two days: Monday and Tuesday
    here.take_in([*ALL, *friday])
    here.read()
    assert here.dossiers()["H6"].due_at == at("10 17:00")
    works_on_saturday_mornings(here, NOW)
    here.read()
    row, version = here.dossiers()["H6"], calendar_of(here.agency, date(2026, 11, 6)).version
    assert (row.due_at, row.state) == (at("09 17:00"), "late")  # Saturday and Monday
    assert (row.verdict["calendar"], row.verdict["calendar_version"]) == (here.agency.code, version)
    assert reading(here).calendar == f"{here.agency.code} {version}"


def test_a_change_of_hours_leaves_what_was_received_before_it_as_it_was(here: World) -> None:
    here.take_in([*ALL, *story("H6", "06 08:00", steps=STEPS[:1]), *story("H7", "13 08:00", steps=STEPS[:1])])
    works_on_saturday_mornings(here, NOW, from_on=date(2026, 11, 9))
    here.read()
    found = here.dossiers()
    assert (found["H6"].due_at, found["H7"].due_at) == (at("10 17:00"), at("16 17:00"))
    assert {one.verdict["calendar"] for one in found.values()} == {"vn", here.agency.code}
    one = reading(here)
    assert (one.dossiers, one.calendar.count(",")) == (6, 1)
    understood = [row["activity"] for row in one.content["understood"]]
    assert len(understood) == len(set(understood))


def test_a_changed_calendar_makes_the_readings_stale_until_a_job_has_read_them_again(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = ProcedureReading.objects.within(here.agency)
    assert not stale(readings).exists()
    works_on_saturday_mornings(here, NOW + timedelta(hours=1))
    assert stale(readings).count() == readings.count()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=2))
    read_stale()
    assert not stale(readings).exists()
    assert {one.verdict["calendar"] for one in here.dossiers().values()} == {here.agency.code}


def test_another_way_of_counting_makes_the_readings_stale(here: World) -> None:
    set_mapping(here.source, here.source.mapping, counting="days", by=BY, at=NOW + timedelta(hours=1))
    assert to_read_again() == []
    set_mapping(here.source, here.source.mapping, counting="rolling", by=BY, at=NOW + timedelta(hours=1))
    assert to_read_again() == [here.procedure]


def test_dossiers_that_came_before_their_procedure_are_judged_once_it_is_in_force(cast: Cast) -> None:
    here = world(cast)
    ProcedureVersion.objects.within(here.agency).filter(pk=here.version.pk).update(state="draft")
    Procedure.objects.within(here.agency).update(in_force=False)
    here.take_in(ALL)
    assert to_read_again() == []
    ProcedureVersion.objects.within(here.agency).filter(pk=here.version.pk).update(state="in_force")
    Procedure.objects.within(here.agency).update(in_force=True)
    assert to_read_again() == [here.procedure]
    read_stale()
    assert to_read_again() == []
