"""The dossiers that the demo's agencies run here: in all states, by their own people, in office hours."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from chuan.analytics.findings.actions import read_again
from chuan.analytics.logs.living_intake import take_in_living
from chuan.analytics.logs.models import LoggedDossier
from chuan.demo.living import load_living
from chuan.demo.office import Office
from chuan.kernel.actor import machine
from chuan.notices.models import Notice
from chuan.organisations.models import Account, Agency
from chuan.organisations.people.queries import actor_for
from chuan.quality.dossiers.models import Applicant, Dossier, DossierAct, DossierPart
from chuan.quality.dossiers.queries import (
    asked_parts,
    at_hand,
    counts_by_urgency,
    open_ones,
    own_dossiers,
    soon_for,
    with_urgency,
)
from chuan.quality.models import Procedure
from chuan.reading.calendars import load_calendar
from chuan.rules.handling.acts import ActKind, DossierState
from chuan.rules.handling.urgency import Urgency
from chuan.rules.workdays import VIETNAM, is_open, opening

from .conftest import Silent

_WHY = "the test compares what was filled"
NOW = datetime(2026, 11, 16, 9, tzinfo=VIETNAM)
"""The moment at which the clock of all tests stands."""
AT_WORK = ("an", "em", "giang", "son", "quy", "sen", "oanh", "ry")


def run_here() -> None:
    now = timezone.now()
    load_living(Silent().report, by=machine("demo", now), at=now)


def agency(code: str) -> Agency:
    return Agency.objects.everywhere(reason=_WHY).get(province__code="00", code=code)


def test_two_agencies_of_the_demo_run_dossiers_here(fill: Callable[[], None]) -> None:
    fill()  # once for all that is asked: it takes its time
    run_here()
    every_urgency_and_state_is_there_in_both()
    who_is_offered_to_visitors_has_work()
    people_of_the_agency_acted_in_office_hours()
    names_are_kept_where_the_commune_keeps_them_and_nowhere_else()
    analytics_judges_them_by_what_they_are()
    filled_again_nothing_is_there_twice()


def every_urgency_and_state_is_there_in_both() -> None:
    for code in ("BX", "SNNMT"):
        rows = Dossier.objects.everywhere(reason=_WHY).filter(agency=agency(code))
        counts = counts_by_urgency(with_urgency(open_ones(rows), NOW, soon_for(agency(code), NOW)))
        assert set(counts) == set(Urgency), code
        assert 35 <= sum(counts.values()) <= 45
        assert set(rows.values_list("state", flat=True)) == {state.value for state in DossierState} - {"new"}
        kinds = DossierAct.objects.everywhere(reason=_WHY).filter(dossier__agency=agency(code))
        beside = {ActKind.CONSULTED, ActKind.FORWARDED, ActKind.APOLOGISED, ActKind.NOTED, ActKind.HANDED}
        assert beside <= set(kinds.values_list("kind", flat=True)), code


def who_is_offered_to_visitors_has_work() -> None:
    actors = {name: actor_for(Account.objects.get(username=name), NOW) for name in AT_WORK}
    work = {name: at_hand(open_ones(own_dossiers(actor)), actor).count() for name, actor in actors.items()}
    assert [name for name, count in work.items() if not count] == []
    assert asked_parts(actors["em"]).count() >= 2
    assert asked_parts(actors["sen"]).count() >= 2


def people_of_the_agency_acted_in_office_hours() -> None:
    calendar = load_calendar("vn")
    acts = DossierAct.objects.everywhere(reason=_WHY).filter(key__startswith="mau-").select_related("by__person")
    assert not acts.filter(by__isnull=True).exists()
    outside = [act.key for act in acts if not is_open(calendar, timezone.localtime(act.at) - timedelta(minutes=1))]
    assert outside == []
    assert not acts.filter(at__gt=NOW).exists()
    assert [act.key for act in acts if act.by and act.by.person.agency_id != act.agency_id] == []


def names_are_kept_where_the_commune_keeps_them_and_nowhere_else() -> None:
    kept = Applicant.objects.everywhere(reason=_WHY).filter(dossier__agency__province__code="00")
    assert set(kept.values_list("dossier__reception__code", flat=True)) == {"BX"}


def analytics_judges_them_by_what_they_are() -> None:
    by = machine("tests", NOW)
    for code in ("BX", "SNNMT"):
        take_in_living(agency(code), by=by, at=NOW)
        for procedure in Procedure.objects.within(agency(code)).filter(in_force=True):
            read_again(procedure, by=by, at=NOW)
        rows = LoggedDossier.objects.within(agency(code)).filter(source__living=True)
        assert rows.count() == Dossier.objects.everywhere(reason=_WHY).filter(agency=agency(code)).count()
        assert set(rows.values_list("cost", flat=True)) == {0}, "they went the written way"
        assert {"open_in_time", "open_late", "early", "late"} <= set(rows.values_list("state", flat=True))


def filled_again_nothing_is_there_twice() -> None:
    tables = (Dossier, DossierAct, DossierPart, Notice)
    once = [table._base_manager.count() for table in tables]
    run_here()
    assert [table._base_manager.count() for table in tables] == once


@pytest.mark.parametrize("moment", ["2026-11-21 15:00", "2026-11-23 05:30", "2026-11-24 10:00", "2026-11-16 09:00"])
def test_filled_at_any_moment_the_last_working_day_that_has_begun_counts(moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    office = Office(load_calendar("vn"), now)
    days = [office.day(ago) for ago in range(40)]
    assert days == sorted(days, reverse=True)
    assert all(office.calendar.is_workday(day) for day in days)
    assert opening(office.calendar, days[0]) < office.end <= now
    assert all(office.at(ago, share) <= office.end for ago in (0, 1) for share in (0.1, 0.9))
