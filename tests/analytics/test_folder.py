"""The folder of a source: whole files are taken in once, then moved away; a kill anywhere loses nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from chuan.analytics.logs import folder
from chuan.analytics.logs.folder import folder_of, watch
from chuan.analytics.logs.models import LogUpload
from chuan.analytics.logs.withdrawing import close_source
from chuan.jobs.models import Run, State
from chuan.jobs.watch_folders import watch_folders
from chuan.jobs.work import perform
from chuan.kernel.errors import NotAllowed

from ..cast import NOW, Cast
from .world import ALL, BY, LATE, RIGHT, World, csv, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    found = world(cast)
    watch(found.source, wanted=True, by=BY, at=NOW)
    return found


def look(times: int = 1) -> None:
    """Some minutes of the two jobs."""
    for _minute in range(times):
        watch_folders()
        for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
            perform(run.pk)


def put(here: World, name: str, data: bytes) -> Path:
    path = folder_of(here.source) / name
    path.write_bytes(data)
    return path


def names(here: World) -> dict[str, list[str]]:
    """What lies where."""
    root = folder_of(here.source)
    return {
        "": sorted(path.name for path in root.iterdir() if path.is_file()),
        "done": sorted(path.name for path in (root / "done").iterdir()),
        "refused": sorted(path.name for path in (root / "refused").iterdir()),
    }


def test_a_file_is_taken_in_once_it_has_not_changed_between_two_looks(here: World) -> None:
    put(here, "hoso.csv", csv(RIGHT))
    look()
    assert not here.dossiers()
    put(here, "hoso.csv", csv(ALL))  # it was still being written
    look()
    assert not here.dossiers()
    look(2)
    assert (len(here.dossiers()), names(here)) == (4, {"": [], "done": ["hoso.csv"], "refused": []})
    upload = LogUpload.objects.within(here.agency).get()
    assert (upload.channel, upload.status, upload.name) == ("folder", "done", "hoso.csv")
    here.source.refresh_from_db()
    assert here.source.looked_at == NOW


def test_a_file_of_no_use_is_moved_away_with_its_reason_beside_it(here: World) -> None:
    put(here, "sai-cot.csv", b"Ten;Ghi chu\na;b")
    put(here, "van-ban.pdf", b"%PDF-1.4")
    put(here, "rong.csv", b"")
    put(here, "tot.csv", csv(RIGHT))
    look(3)
    found = names(here)
    assert (found[""], found["done"]) == ([], ["tot.csv"])
    assert found["refused"] == sorted(
        name + more for name in ("sai-cot.csv", "van-ban.pdf", "rong.csv") for more in ("", ".ly-do.txt")
    )
    reason = (folder_of(here.source) / "refused" / "sai-cot.csv.ly-do.txt").read_text(encoding="utf-8")
    assert reason.strip() == LogUpload.objects.within(here.agency).get(status="refused").problem


def test_what_is_still_being_written_and_what_is_no_file_is_left_alone(here: World, tmp_path: Path) -> None:
    secret = tmp_path / "secret_key"
    secret.write_text("bí mật")
    (folder_of(here.source) / "lien-ket.csv").symlink_to(secret)
    (folder_of(here.source) / "thu-muc.csv").mkdir()
    for name in ("a.csv.part", ".an.csv", "~$mo.xlsx", "b.csv.tmp"):
        put(here, name, csv(ALL))
    look(3)
    assert not LogUpload.objects.within(here.agency).exists()


def test_a_file_waits_where_it_is_until_people_said_what_its_columns_mean(here: World) -> None:
    here.source.change(mapping={})
    put(here, "hoso.csv", csv(ALL))
    look(3)
    assert names(here)[""] == ["hoso.csv"]
    assert LogUpload.objects.within(here.agency).get().status == "mapping"


def test_the_same_bytes_under_two_names_and_again_later_count_once(here: World) -> None:
    put(here, "a.csv", csv(ALL))
    put(here, "b.csv", csv(ALL))
    look(3)
    before = here.state()
    put(here, "a.csv", csv(ALL))
    look(3)
    assert (here.state(), names(here)["done"]) == (before, ["a (2).csv", "a.csv", "b.csv"])
    assert LogUpload.objects.within(here.agency).count() == 1


STEPS = ("_complete", "hand_in", "_uploads", "_moved", "_let_go")


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_anywhere_the_next_look_goes_on(
    name: str, after: bool, here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As by the system: nobody catches it."""

    original = getattr(folder, name)

    def killed(*values: object, **named: object) -> Iterator[None]:
        if after:
            original(*values, **named)
        raise Killed

    put(here, "tot.csv", csv(ALL))
    put(here, "sai.csv", b"Ten;Ghi chu\na;b")
    for _minute in range(4):
        with monkeypatch.context() as patch:
            patch.setattr(folder, name, killed)
            with pytest.raises(Killed):
                watch_folders()
                raise Killed  # nothing was there to be killed in
        look()
    assert (len(here.dossiers()), names(here)[""]) == (4, [])
    assert names(here)["done"] == ["tot.csv"]
    assert names(here)["refused"] == ["sai.csv", "sai.csv.ly-do.txt"]


def test_files_that_are_settled_are_not_kept_for_ever(here: World) -> None:
    put(here, "tot.csv", csv(RIGHT))
    put(here, "sai.csv", b"Ten;Ghi chu\na;b")
    look(3)
    for days, kept in ((6, (1, 2)), (8, (0, 2)), (31, (0, 0))):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            look()
        found = names(here)
        assert (len(found["done"]), len(found["refused"])) == kept, days


def test_a_closed_source_and_one_that_watches_no_more_take_nothing(here: World) -> None:
    watch(here.source, wanted=False, by=BY, at=NOW)
    put(here, "hoso.csv", csv(LATE))
    look(3)
    watch(here.source, wanted=True, by=BY, at=NOW)
    close_source(here.source, by=BY, at=NOW)
    look(3)
    assert names(here)[""] == ["hoso.csv"]


def test_a_folder_that_is_gone_or_cannot_be_read_stops_nobody(here: World) -> None:
    folder_of(here.source).rename(folder_of(here.source).with_name("gone"))
    look(2)
    folder_of(here.source).write_text("no folder")
    look(2)
    assert not LogUpload.objects.within(here.agency).exists()


def test_only_who_may_import_lets_a_folder_be_watched(here: World, cast: Cast) -> None:
    for player in (cast.binh, cast.ha, cast.chi, cast.dung):
        with pytest.raises(NotAllowed):
            watch(here.source, wanted=True, by=player.actor, at=NOW)
