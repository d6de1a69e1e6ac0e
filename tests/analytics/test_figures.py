"""Figures against a slow recount: every dossier opened, every visit of its verdict gone through, nothing shared."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import pytest

from chuan.analytics.figures.periods import EVER, Period, period_named
from chuan.analytics.figures.queries import counted, counted_by_agency, days_received, dossiers_of_cell, step_weeks
from chuan.analytics.figures.steps import Stepwise, Visits, stepwise
from chuan.analytics.findings.models import StepWeek
from chuan.analytics.logs.actions import hand_in, take_in
from chuan.analytics.logs.models import LoggedDossier
from chuan.kernel.actor import Actor
from chuan.quality.procedures.content import structure
from chuan.rules.one_stop_indices import Levels, Mean, Share
from chuan.rules.workdays import VIETNAM

from ..cast import NOW, Cast
from .world import ALL, BY, HEADINGS, STEPS, World, row, story, world

pytestmark = pytest.mark.django_db
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ASKED = [
    row("H5", "04/11/2026 08:00", STEPS[0]),
    row("H5", "04/11/2026 10:00", "Yêu cầu bổ sung"),
    row("H5", "06/11/2026 10:00", "Bổ sung hồ sơ"),
    row("H5", "09/11/2026 08:00", STEPS[1]),
    row("H5", "09/11/2026 10:00", STEPS[2]),
    row("H5", "09/11/2026 11:00", STEPS[3]),
]
LATER = story("H6", "10 08:00", "10 15:00", "11 08:30", "11 09:00")


@pytest.fixture
def here(cast: Cast) -> World:
    made = world(cast)
    made.take_in([*ALL, *ASKED, *LATER])
    made.read()
    return made


@pytest.fixture
def an(cast: Cast) -> Actor:
    return cast.an.actor


def recounted(made: World, period: Period) -> list[LoggedDossier]:
    rows = (one for one in made.dossiers().values() if one.counted and one.received_at)
    return [one for one in rows if period.has(one.received_at.astimezone(VIETNAM).date())]  # type: ignore[union-attr]


def stepwise_of(made: World, actor: Actor, period: Period) -> Stepwise:
    weeks = step_weeks(actor, made.version, period)
    return stepwise(structure(made.version), ((one.week, one.content) for one in weeks), period)


def visits_of(made: World, period: Period) -> dict[str, list[dict[str, Any]]]:
    """Every visit of the verdicts whose step was done in the period, by step."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in made.dossiers().values():
        for visit in one.verdict["visits"]:
            if period.has(datetime.fromisoformat(visit["to"]).date()):
                over = {"kind": "over_limit", "step": visit["key"], "event": visit["event"]} in one.verdict[
                    "deviations"
                ]
                found[visit["key"]].append(visit | {"dossier": one.pk, "over": over})
    return found


@pytest.mark.parametrize(
    "period", [EVER, NOVEMBER, Period(date(2026, 11, 3), date(2026, 11, 4)), Period(last=date(2025, 1, 1))]
)
def test_what_feeds_the_indices_is_what_a_slow_recount_finds(here: World, an: Actor, period: Period) -> None:
    rows, found = recounted(here, period), counted(an, period)
    finished = [one for one in rows if one.worked_seconds is not None]
    assert found.states == Counter(one.state for one in rows)
    assert found.paces == Counter(one.pace for one in finished if one.pace)
    assert (found.dossiers, found.finished) == (len(rows), len(finished))
    assert found.worked_seconds == sum(one.worked_seconds or 0 for one in finished)
    asked = Counter(min(one.supplements, 2) for one in finished)
    assert found.asked == Counter({"none": asked[0], "once": asked[1], "more": asked[2]})


def test_the_tallies_of_the_test_world_are_those_worked_by_hand(here: World, an: Actor) -> None:
    """H1 04/11 due, done 03/11 10:00: early. H2 done 06/11: late. H3 due 05/11, done 04/11: early. H4 open, late.

    H5 complete again 06/11, due 10/11, done 09/11: early, asked once. H6 due 12/11, done 11/11: early.
    """
    found = counted(an, EVER)
    assert found.states == Counter(early=4, late=1, open_late=1)
    tallies = found.tallies()
    assert tallies["in_time"] == Share(4, 6)
    assert tallies["total_time"] == Levels({"shorter": 4, "equal": 0, "longer": 1})
    assert tallies["supplements"] == Levels({"none": 4, "once": 1})
    assert isinstance(tallies["worked"], Mean)
    assert tallies["worked"].count == 5


def test_a_source_that_never_records_a_request_feeds_no_index_of_requests(cast: Cast, an: Actor) -> None:
    made = world(cast)
    made.take_in(ALL)
    made.read()
    assert counted(an, EVER).tallies()["supplements"] == Levels({})


def test_dossiers_that_are_run_here_record_every_request_so_that_none_is_zero(cast: Cast, an: Actor) -> None:
    made = world(cast)
    made.take_in(ALL)
    made.read()
    made.source.change(living=True)
    assert counted(an, EVER).tallies()["supplements"] == Levels({"none": 3})


def test_only_what_the_actor_may_see_is_counted(cast: Cast, here: World) -> None:
    assert counted(cast.chi.actor, EVER).dossiers == 4, "those of Đông Hạ"
    assert counted(cast.chi.actor, EVER, here.procedure).dossiers == 0
    assert days_received(cast.chi.actor, here.procedure) is None
    assert step_weeks(cast.chi.actor, here.version, EVER) == []
    assert dossiers_of_cell(cast.chi.actor, here.version, "", "B1", date(2026, 11, 2)) == frozenset()


def test_the_sums_of_an_agency_are_those_that_its_own_people_see(here: World, an: Actor) -> None:
    assert counted_by_agency([here.agency.pk], NOVEMBER) == {here.agency.pk: counted(an, NOVEMBER)}
    assert counted_by_agency([], EVER) == {}


def test_the_figures_of_a_procedure_are_its_own(here: World, an: Actor) -> None:
    assert counted(an, EVER, here.procedure).dossiers == 6
    other = type(here.procedure)(pk=0)
    assert counted(an, EVER, other).dossiers == 0


@pytest.mark.parametrize("period", [EVER, NOVEMBER, Period(date(2026, 11, 3), date(2026, 11, 6))])
def test_steps_are_what_a_slow_recount_of_the_visits_finds(here: World, an: Actor, period: Period) -> None:
    found, visits = stepwise_of(here, an, period), visits_of(here, period)
    assert {one.key for one in found.steps} == set(visits)
    for one in found.steps:
        minutes = [visit["minutes"] for visit in visits[one.key]]
        assert one.visits.count == len(minutes)
        assert one.visits.median == pytest.approx(median(minutes), abs=0.05)
        assert one.visits.over == sum(visit["over"] for visit in visits[one.key])


def test_the_shares_of_the_steps_sum_to_one(here: World, an: Actor) -> None:
    assert sum((one.part for one in stepwise_of(here, an, EVER).steps), Fraction(0)) == 1


def test_a_cell_of_the_heat_map_has_the_dossiers_in_which_the_step_was_done_that_week(here: World, an: Actor) -> None:
    cells: dict[tuple[str, date], set[int]] = defaultdict(set)
    for key, visits in visits_of(here, EVER).items():
        for visit in visits:
            day = datetime.fromisoformat(visit["to"]).date()
            cells[key, day - timedelta(days=day.weekday())].add(visit["dossier"])
    found = stepwise_of(here, an, EVER)
    assert {(one.key, week) for one in found.steps for week in one.weeks} == set(cells)
    for (key, week), dossiers in cells.items():
        assert dossiers_of_cell(an, here.version, "", key, week) == dossiers
        assert dossiers_of_cell(an, here.version, "Trường hợp khác", key, week) == frozenset()


def test_limits_stand_with_the_steps_and_the_uncounted_one_has_none(here: World, an: Actor) -> None:
    limits = {one.key: one.visits.limit for one in stepwise_of(here, an, EVER).steps}
    assert limits == {"B1": 240, "B2": 480, "B3": 240, "B4": None}


def test_reading_again_writes_the_same_weeks_once(here: World) -> None:
    def weeks() -> list[Any]:
        return list(StepWeek.objects.within(here.agency).order_by("week").values_list("week", "content"))

    before = weeks()
    here.read()
    assert weeks() == before
    assert [week for week, _content in before] == [date(2026, 11, 2), date(2026, 11, 9)]


def test_where_starts_are_recorded_waiting_is_told_from_work(cast: Cast, an: Actor) -> None:
    """B2 could begin on 02/11 at 08:00, began at 13:30 and was done at 16:00: 3,5 + 0,5 hours waited, 2,5 worked."""
    made = world(cast)
    heading = HEADINGS.replace("Thời gian hoàn thành", "Thời gian bắt đầu;Thời gian hoàn thành")
    lines = [
        f"H1;9.000001.H99;{STEPS[0]};;02/11/2026 08:00;;",
        f"H1;9.000001.H99;{STEPS[1]};02/11/2026 13:30;02/11/2026 16:00;;",
        f"H1;9.000001.H99;{STEPS[2]};03/11/2026 09:00;03/11/2026 08:00;;",
    ]
    upload = hand_in(made.source, "\n".join([heading, *lines]).encode(), "hoso.csv", by=BY, at=NOW)
    take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    made.read()
    steps = {one.key: one.visits for one in stepwise_of(made, an, EVER).steps}
    assert (steps["B2"].waited, steps["B2"].worked) == ([240.0], [150.0])
    assert (steps["B1"].waited, steps["B3"].waited) == ([], []), "without a start, or with one after the end"


def test_no_visit_has_no_level_and_few_are_said_to_be_few() -> None:
    visits = Visits(limit=100)
    for minutes in (40, 50, 60):
        visits.add(minutes, None, 0)
    assert (visits.level, visits.is_small, visits.delay) == ("half", True, -50)
    visits.add(300, None, 1)
    visits.add(300, None, 1)
    assert (visits.level, visits.is_small) == ("within", False)
    assert [Visits(limit, [100]).level for limit in (None, 200, 100, 99, 66)] == [
        "",
        "half",
        "within",
        "over",
        "far_over",
    ]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
    ],
)
def test_a_period_has_its_first_and_its_last_day(name: str, first: str, last: str) -> None:
    assert period_named(name) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("name", ["x", "2026-Q", "2026-Q5", "2026-", "12", "²⁰²⁶", "99999", "2026-Q12"])
def test_what_names_no_period_is_none(name: str) -> None:
    assert period_named(name) is None


def test_the_first_and_the_last_moment_of_a_day_belong_to_it() -> None:
    period = Period(date(2026, 11, 3), date(2026, 11, 3))
    assert (period.begins_at, period.ends_at) == (
        datetime(2026, 11, 3, tzinfo=VIETNAM),
        datetime(2026, 11, 4, tzinfo=VIETNAM),
    )
    assert period.in_whole_weeks == Period(date(2026, 11, 2), date(2026, 11, 8))
