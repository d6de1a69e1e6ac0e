"""The demo province says what was planted in it, to the dossier."""

from collections.abc import Callable

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from chuan.demo.loading import agencies, load_dossiers, load_procedures, load_services
from chuan.demo.planted import measured, planted
from chuan.demo.work import works
from chuan.jobs.demo_organisation import fill_organisation
from chuan.kernel.actor import machine
from chuan.organisations.models import Account


class Silent:
    def report(self, done: int, total: int) -> None:
        """Progress is for people."""


@pytest.fixture
def demo(db: None) -> Callable[[], None]:
    """Return what fills the demo: all of it, of the dossiers those in which something is planted."""
    Account.objects.update(username=Concat(Value("cast-"), F("username")))  # the demo has players of the same names
    wanted = {(one.agency, one.code) for one in planted()}
    some = [work for work in works() if (work.agency, work.code) in wanted]
    now = timezone.now()
    by = machine("demo", now)

    def fill() -> None:
        fill_organisation(Silent())
        load_services(Silent().report, by=by, at=now)
        load_procedures(Silent().report, by=by, at=now)
        load_dossiers(Silent().report, by=by, at=now, of=some)

    return fill


def test_every_planted_behaviour_is_found_with_its_exact_number_however_often_it_is_filled(
    demo: Callable[[], None],
) -> None:
    for _ in range(2):
        demo()
        known, today = agencies(), timezone.localdate()
        found = {one.id: measured(one, known[one.agency], today) for one in planted()}
        assert found == {one.id: one.count for one in planted()}
