"""The province adds up what was counted before: every change beneath a count outdates it, and so does a new day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuan.organisations.models import Agency
from chuan.quality.models import CoverageCount, PublicService, ServiceDuty
from chuan.quality.procedures import actions
from chuan.quality.procedures.coverages import count_again, coverages, total_coverage
from chuan.quality.procedures.queries import Coverage
from chuan.quality.services.actions import give_service, repeal_service, restore_service, take_service_back

from ..cast import NOW, Cast
from .stage import version

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


def found(cast: Cast, day: date = TODAY) -> Coverage | None:
    agencies = Agency.objects.everywhere(reason="tests")
    return coverages(agencies, day).get(cast.an.agency.pk)


def service(code: str) -> PublicService:
    return PublicService.objects.everywhere(reason="tests").select_related("agency").get(code=code)


def taken_back(cast: Cast) -> None:
    duty = ServiceDuty.objects.within(cast.an.agency).select_related("agency", "service").get(service__code="1.001193")
    take_service_back(duty, last_day=YESTERDAY, by=cast.khanh.actor, at=NOW)


def given_again(cast: Cast) -> None:
    taken_back(cast)
    count_again(TODAY)
    give_service(service("1.001193"), cast.an.agency, from_on=TODAY, by=cast.khanh.actor, at=NOW)


def repealed(cast: Cast) -> None:
    repeal_service(service("1.013225"), last_day=YESTERDAY, decision="1/QĐ", by=cast.khanh.actor, at=NOW)


def restored(cast: Cast) -> None:
    repealed(cast)
    count_again(TODAY)
    restore_service(service("1.013225"), by=cast.khanh.actor, at=NOW)


def withdrawn(cast: Cast) -> None:
    actions.withdraw(version("qtxd03-01"), note="Nhầm", by=cast.ha.actor, at=NOW)


def in_force_again(cast: Cast) -> None:
    withdrawn(cast)
    count_again(TODAY)
    actions.submit(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    actions.approve(version("qtxd03-02"), effective_on=TODAY, decision="2/QĐ", by=cast.ha.actor, at=NOW)
    actions.bring_into_force(version("qtxd03-02"), by=cast.ha.actor, at=NOW)


def given_on_the_last_day(cast: Cast) -> None:
    """A service that is given again on the last day that it was handled is handled once on that day."""
    duty = ServiceDuty.objects.within(cast.an.agency).select_related("agency", "service").get(service__code="1.001193")
    take_service_back(duty, last_day=TODAY, by=cast.khanh.actor, at=NOW)
    give_service(service("1.001193"), cast.an.agency, from_on=TODAY, by=cast.khanh.actor, at=NOW)


@pytest.mark.parametrize(
    ("act", "becomes"),
    [
        (taken_back, Coverage(1, 1)),
        (given_on_the_last_day, Coverage(1, 2)),
        (given_again, Coverage(1, 2)),
        (repealed, Coverage(0, 1)),
        (restored, Coverage(1, 2)),
        (withdrawn, Coverage(0, 2)),
        (in_force_again, Coverage(1, 2)),
    ],
)
def test_a_change_outdates_what_was_counted(cast: Cast, act: Callable[[Cast], None], becomes: Coverage) -> None:
    count_again(TODAY)
    assert found(cast) == Coverage(1, 2)
    act(cast)
    assert found(cast) == becomes
    count_again(TODAY)
    assert found(cast) == becomes
    kept = CoverageCount.objects.get(agency=cast.an.agency)
    assert (kept.day, kept.covered, kept.services) == (TODAY, becomes.covered, becomes.services)


def test_what_was_counted_for_another_day_is_not_used(cast: Cast) -> None:
    CoverageCount.objects.update_or_create(
        agency=cast.an.agency, defaults={"day": YESTERDAY, "services": 9, "covered": 9}
    )
    assert found(cast) == Coverage(1, 2)
    assert count_again(TODAY) == Agency.objects.everywhere(reason="tests").count()
    assert count_again(TODAY) == 0


def test_once_counted_the_whole_province_is_one_query(cast: Cast) -> None:
    count_again(TODAY)
    with CaptureQueriesContext(connection) as asked:
        assert total_coverage(coverages(Agency.objects.everywhere(reason="tests"), TODAY).values()) == Coverage(1, 2)
    assert len(asked) == 1
