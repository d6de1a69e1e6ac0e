"""The demo province says what was planted in it, to the dossier, on the pages of those whom it concerns."""

from collections.abc import Callable

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from chuan.demo.loading import load_dossiers, load_procedures, load_services
from chuan.demo.work import works
from chuan.jobs.demo_organisation import fill_organisation
from chuan.kernel.actor import machine
from chuan.organisations.models import Account

from .reading import number_on_the_pages, planted


class Silent:
    def report(self, done: int, total: int) -> None:
        """Progress is for people."""


@pytest.fixture
def fill(db: None) -> Callable[[], None]:
    """Return what fills the demo: all of it, of the dossiers those in which something is planted."""
    Account.objects.update(username=Concat(Value("cast-"), "username"))  # the demo has players of the same names
    wanted = {(one.agency, one.code) for one in planted()}
    some = [work for work in works() if (work.agency, work.code) in wanted]
    now = timezone.now()
    by = machine("demo", now)

    def filled() -> None:
        fill_organisation(Silent())
        load_services(Silent().report, by=by, at=now)
        load_procedures(Silent().report, by=by, at=now)
        load_dossiers(Silent().report, by=by, at=now, of=some)

    return filled


def test_the_pages_say_the_exact_number_of_everything_planted_also_when_filled_again(fill: Callable[[], None]) -> None:
    fill()
    fill()
    assert {one.id: number_on_the_pages(one) for one in planted()} == {one.id: one.count for one in planted()}
