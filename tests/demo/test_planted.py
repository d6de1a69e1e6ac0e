"""The demo province says what was planted in it, to the dossier, on the pages of those whom it concerns."""

from collections.abc import Callable

from django.utils import timezone

from chuan.demo.loading import load_dossiers
from chuan.demo.work import works
from chuan.kernel.actor import machine
from chuan.notices.models import Notice
from chuan.organisations.models import Account, QualitySystem
from chuan.quality.models import Acknowledgement, ImportedFile, ProcedureVersion

from .conftest import Silent
from .reading import number_on_the_pages, planted

TABLES = (Account, QualitySystem, ProcedureVersion, Acknowledgement, ImportedFile, Notice)


def load_what_is_planted() -> None:
    wanted = {(one.agency, one.code) for one in planted()}
    some = [work for work in works() if (work.agency, work.code) in wanted]
    now = timezone.now()
    load_dossiers(Silent().report, by=machine("demo", now), at=now, of=some)


def rows() -> list[int]:
    return [table._base_manager.count() for table in TABLES]


def test_the_pages_say_the_exact_number_of_everything_planted_also_when_filled_again(fill: Callable[[], None]) -> None:
    fill()
    load_what_is_planted()
    once = rows()
    fill()
    load_what_is_planted()
    assert rows() == once
    assert {one.id: number_on_the_pages(one) for one in planted()} == {one.id: one.count for one in planted()}
