"""Filling the demo beside the cast, whose players have some of the same names."""

from collections.abc import Callable

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from chuan.demo.everyday import load_everyday
from chuan.demo.loading import load_services
from chuan.demo.procedures import load_procedures
from chuan.demo.systems import load_systems
from chuan.jobs.demo_organisation import fill_organisation
from chuan.kernel.actor import machine
from chuan.organisations.models import Account


class Silent:
    def report(self, done: int, total: int) -> None:
        """Progress is for people."""


@pytest.fixture
def fill(db: None) -> Callable[[], None]:
    """Return what fills the demo, all but its dossiers."""
    Account.objects.update(username=Concat(Value("cast-"), "username"))
    now = timezone.now()

    def filled() -> None:
        fill_organisation(Silent())
        for load in (load_systems, load_services, load_procedures, load_everyday):
            load(Silent().report, by=machine("demo", now), at=now)

    return filled
