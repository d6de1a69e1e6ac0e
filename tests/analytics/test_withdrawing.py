"""A file handed in by mistake is withdrawn and given back: what the others told stands as if it had not been there."""

import itertools
from collections.abc import Sequence

import pytest

from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.logs.actions import add_source, hand_in, set_mapping, take_in
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload, SetAside
from chuan.analytics.logs.withdrawing import (
    HasDossiers,
    NotNow,
    bring_back,
    close_source,
    give_back,
    reopen_source,
    take_out,
    withdraw,
)
from chuan.jobs.models import Run, State
from chuan.jobs.take_log_out import ask_to_bring_back, ask_to_take_out
from chuan.jobs.work import perform
from chuan.kernel.errors import NotAllowed
from chuan.text.messages import BadInput
from chuan.trail.models import Entry

from ..cast import NOW, Cast
from .world import ALL, BY, LATE, OPEN, RIGHT, STEPS, World, csv, row, story, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


def out(upload: LogUpload) -> None:
    upload.refresh_from_db()
    withdraw(upload, reason="Nhầm tệp", by=BY, at=NOW)
    take_out(upload, told=lambda codes: None, at=NOW)


def back(upload: LogUpload) -> None:
    upload.refresh_from_db()
    give_back(upload, by=BY, at=NOW)
    bring_back(upload, told=lambda codes: None, by=BY, at=NOW)


def read(here: World) -> list[int]:
    """How many dossiers the readings over all time count."""
    return list(ProcedureReading.objects.within(here.agency).filter(period="").values_list("dossiers", flat=True))


def everything(here: World) -> list[object]:
    here.source.refresh_from_db()
    rows = LoggedDossier.objects.within(here.agency).order_by("source", "code")
    return [here.source.recorded_until, here.source.dossier_count, *rows.values_list("code", "facts", "events", "told")]


PIECES = ([*RIGHT, *LATE[:2]], [*LATE[1:], *OPEN], [*ALL[:3], *story("H9", "12 08:00", steps=STEPS[:1])])


def of_files(here: World, pieces: Sequence[list[str]]) -> list[LogUpload]:
    return [here.take_in(rows, f"{number}.csv") for number, rows in enumerate(pieces)]


@pytest.mark.parametrize("gone", range(len(PIECES)))
def test_what_is_left_is_what_the_other_files_tell(gone: int, here: World) -> None:
    rest = [rows for number, rows in enumerate(PIECES) if number != gone]
    of_files(here, rest)
    without, until = here.state(), here.source.recorded_until
    LoggedDossier.objects.within(here.agency).delete()
    LogUpload.objects.within(here.agency).delete()
    here.source.change(recorded_until=None, dossier_count=0)
    out(of_files(here, PIECES)[gone])
    here.source.refresh_from_db()
    assert here.state() == without
    assert (here.source.recorded_until, here.source.dossier_count) == (until, len(without))


def test_withdrawn_and_given_back_in_any_order_nothing_has_changed(here: World) -> None:
    uploads = of_files(here, PIECES)
    before = here.state(), here.source.recorded_until
    for order in itertools.permutations(uploads[:2]):
        for upload in order:
            out(upload)
        for upload in order:
            back(upload)
        here.source.refresh_from_db()
        assert (here.state(), here.source.recorded_until) == before
    assert not SetAside.objects.within(here.agency).exists()


def test_what_the_demo_or_an_earlier_release_told_stands(here: World) -> None:
    here.take_in(RIGHT)
    LoggedDossier.objects.within(here.agency).update(told=[])
    before = everything(here)
    upload = here.take_in([*RIGHT, row("H1", "04/11/2026 08:00", "Gọi điện")], "b.csv")
    assert len(here.dossiers()["H1"].events) == 5
    out(upload)
    assert everything(here) == before


def test_cut_off_in_the_middle_it_goes_on(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chuan.analytics.logs.withdrawing.CHUNK", 1)
    upload, rounds = here.take_in(ALL), itertools.count()

    def cut_off(codes: frozenset[str]) -> None:
        if next(rounds) in (1, 4):
            raise ConnectionError

    withdraw(upload, reason="Nhầm tệp", by=BY, at=NOW)
    with pytest.raises(ConnectionError):
        take_out(upload, told=cut_off, at=NOW)
    assert len(here.dossiers()) == 3
    with pytest.raises(ConnectionError):
        take_out(upload, told=cut_off, at=NOW)
    give_back(upload, by=BY, at=NOW)
    take_out(upload, told=cut_off, at=NOW)  # late: it was given back meanwhile
    bring_back(upload, told=cut_off, by=BY, at=NOW)
    assert sorted(here.dossiers()) == ["H1", "H2", "H3", "H4"]


def test_the_jobs_take_it_out_and_bring_it_back_and_judge_again(here: World) -> None:
    def work_off() -> list[int]:
        for _round in range(2):
            for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
                perform(run.pk)
        return read(here)

    here.take_in(RIGHT)
    upload = here.take_in(LATE, "b.csv")
    here.read()
    withdraw(upload, reason="Nhầm tệp", by=BY, at=NOW)
    ask_to_take_out(upload, "1")
    assert work_off() == [1]
    give_back(upload, by=BY, at=NOW)
    ask_to_bring_back(upload, "1")
    assert work_off() == [2]


def test_the_same_file_handed_in_again_counts_again(here: World) -> None:
    upload = here.take_in(ALL)
    state = here.state()
    out(upload)
    again = here.take_in(ALL)
    assert (again.pk, again.status, again.reason, here.state()) == (upload.pk, "done", "", state)
    assert not SetAside.objects.within(here.agency).exists()


def test_names_are_dropped_from_what_is_set_aside_too(here: World) -> None:
    here.source.change(keeps_names=True)
    upload = here.take_in([row("H1", "02/11/2026 08:00", STEPS[0], "Lê Hương Giang")])
    out(upload)
    set_mapping(here.source, here.source.mapping, keeps_names=False, by=BY, at=NOW)
    back(upload)
    assert here.dossiers()["H1"].events[0]["position"] == ""


def test_a_withdrawal_has_a_reason_a_trail_and_its_time(here: World, cast: Cast) -> None:
    upload = here.take_in(ALL)
    for player in (cast.binh, cast.chi):
        with pytest.raises(NotAllowed):
            withdraw(upload, reason="Nhầm", by=player.actor, at=NOW)
    upload.change(status="running")
    with pytest.raises(NotNow):
        withdraw(upload, reason="Nhầm", by=BY, at=NOW)
    upload.change(status="done")
    out(upload)
    with pytest.raises(NotNow):
        withdraw(upload, reason="Nhầm", by=BY, at=NOW)
    back(upload)
    actions = Entry.objects.filter(subject=upload.ref).order_by("seq").values_list("action", flat=True)
    assert list(actions)[-2:] == ["log_upload.withdraw", "log_upload.give_back"]


def test_a_file_that_waits_is_withdrawn_and_waits_again(here: World) -> None:
    here.source.change(mapping={})
    upload = here.hand_in(ALL)
    out(upload)
    back(upload)
    assert (upload.status, upload.file is not None) == ("mapping", True)


def test_a_source_is_closed_when_no_file_counts_and_takes_none(here: World) -> None:
    upload = here.take_in(ALL)
    here.source.refresh_from_db()
    with pytest.raises(HasDossiers):
        close_source(here.source, by=BY, at=NOW)
    out(upload)
    here.source.refresh_from_db()
    close_source(here.source, by=BY, at=NOW)
    with pytest.raises(BadInput):
        here.hand_in(RIGHT)
    reopen_source(here.source, by=BY, at=NOW)
    close_source(here.source, by=BY, at=NOW)
    back(upload)
    here.source.refresh_from_db()
    assert here.source.closed_at is None, "a file that counts again opens its source"
    assert here.hand_in(RIGHT).status == "waiting"


def other(here: World, rows: list[str]) -> LogUpload:
    source = add_source(agency=here.agency, name="Sổ theo dõi", by=BY, at=NOW)
    set_mapping(source, {"columns": {}}, by=BY, at=NOW)
    upload = hand_in(source, csv(rows), "so.csv", by=BY, at=NOW)
    take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    return upload


def test_a_dossier_in_two_sources_counts_once_where_it_is_told_further(here: World) -> None:
    here.take_in([*RIGHT, *LATE[:2]])
    upload = other(here, [*RIGHT[:2], *LATE])
    assert here.read() == 2
    rows = LoggedDossier.objects.within(here.agency).select_related("source")
    assert {(one.code, one.source.name) for one in rows.filter(counted=True)} == {
        ("H1", "Một cửa"),
        ("H2", "Sổ theo dõi"),
    }
    assert {one.state for one in rows.filter(counted=False)} == {"not_judged"}
    assert read(here) == [2]
    out(upload)
    assert here.read() == 2
    assert {one.source.name for one in rows.filter(counted=True)} == {"Một cửa"}


def test_the_same_code_of_another_service_is_another_dossier(here: World) -> None:
    here.take_in(RIGHT)
    other(here, [line.replace("9.000001", "9.000002") for line in RIGHT])
    here.read()
    assert LoggedDossier.objects.within(here.agency).filter(counted=True).count() == 2
    assert LogSource.objects.within(here.agency).count() == 2
