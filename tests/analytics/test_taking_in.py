"""Logs come again and again, in pieces, cut off in the middle: what is recorded is the same."""

import random
from pathlib import Path

import pytest
from django.conf import settings

from chuan.analytics.logs import actions
from chuan.analytics.logs.actions import hand_in, refuse, set_mapping, take_in
from chuan.analytics.logs.models import LogUpload
from chuan.files.models import StoredFile
from chuan.kernel.errors import NotAllowed
from chuan.text.messages import BadInput

from ..cast import NOW, Cast
from .world import ALL, BY, LATE, OPEN, RIGHT, SKIPS, STEPS, World, csv, row, story, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


def test_the_dossiers_of_a_log_are_recorded_with_their_events(here: World) -> None:
    upload = here.take_in(ALL)
    assert (upload.status, upload.dossiers, upload.events, upload.added) == ("done", 4, 12, 4)
    assert [event["activity"] for event in here.dossiers()["H1"].events] == list(STEPS)
    assert here.dossiers()["H1"].national_code == "9.000001"


def test_the_same_file_three_times_changes_nothing(here: World) -> None:
    here.take_in(ALL)
    once = here.state()
    for _ in range(2):
        upload = here.take_in(ALL)
        assert (here.state(), upload.added) == (once, 0)
    assert LogUpload.objects.within(here.agency).count() == 1


def test_pieces_in_any_order_give_what_the_whole_gives(here: World) -> None:
    here.take_in(ALL)
    whole = here.state()
    for seed in range(5):
        here.source.dossiers.within(here.agency).delete()
        here.source.change(recorded_until=None)
        rows = ALL[:]
        random.Random(seed).shuffle(rows)  # noqa: S311 - shuffled the same way every time
        for piece in (rows[:5], rows[3:9], rows[7:], rows[:2]):
            here.take_in(piece, f"{seed}.csv")
        assert here.state() == whole, seed


def test_an_older_file_does_not_take_back_what_a_newer_one_said(here: World) -> None:
    def said(due: str, day: str) -> bytes:
        head = "Mã hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả"
        return f"{head}\nH1;02/11/2026 08:00;{due}/11/2026 17:00;\nH2;02/11/2026 08:00;;{day}/11/2026 09:00".encode()

    for content in (said("04", "02"), said("09", "09"), said("04", "02")):
        upload = hand_in(here.source, content, "a.csv", by=BY, at=NOW)
        take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    facts = here.dossiers()["H1"].facts
    assert facts["due_at"].startswith("2026-11-09")
    assert [moment[:10] for moment in facts["earlier_due_at"]] == ["2026-11-04"]
    assert here.dossiers()["H2"].facts["finished_at"].startswith("2026-11-09")


def test_an_import_cut_off_in_the_middle_of_a_chunk_goes_on_where_it_was(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 1)
    told: list[int] = []

    def cut_off(done: int, total: int, codes: frozenset[str]) -> None:
        if done == 3:
            raise ConnectionError
        told.append(done)

    upload = here.hand_in(ALL)
    with pytest.raises(ConnectionError):
        take_in(upload, told=cut_off, by=BY, at=NOW)
    assert sorted(here.dossiers()) == ["H1", "H2"]  # the third chunk left no trace
    upload.refresh_from_db()
    assert upload.status == "running"
    take_in(upload, from_dossier=told[-1], told=lambda done, total, codes: told.append(done), by=BY, at=NOW)
    assert (sorted(here.dossiers()), told, upload.status) == (["H1", "H2", "H3", "H4"], [1, 2, 3, 4], "done")


def test_applicants_are_never_recorded_and_names_of_officers_only_if_wanted(here: World) -> None:
    rows = [
        row("H1", "02/11/2026 08:00", STEPS[0], "Lê Hương Giang"),
        row("H2", "02/11/2026 08:00", STEPS[0], "Văn thư"),
    ]
    here.take_in(rows)
    assert "Trần Thị Dân" not in str(here.state())
    assert [one.events[0]["position"] for one in here.dossiers().values()] == ["", "Văn thư"]
    here.source.change(keeps_names=True)
    here.take_in([*rows, *story("H3", "04 08:00", steps=STEPS[:1])])
    assert "Lê Hương Giang" in str(here.state())
    assert [len(one.events) for one in here.dossiers().values()] == [1, 1, 1], "the same event with its name now"
    set_mapping(here.source, here.source.mapping, keeps_names=False, by=BY, at=NOW)
    assert "Lê Hương Giang" not in str(here.state())
    here.take_in(rows, "lai.csv")
    assert [one.events[0]["position"] for one in here.dossiers().values()] == ["", "Văn thư", ""]


def test_the_bytes_are_let_go_once_taken_in(here: World, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    upload = here.hand_in(story("H77", "02 08:00", steps=STEPS[:1]))
    place = Path(settings.FILES_DIR) / upload.checksum[:2] / upload.checksum
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    assert not place.exists()
    assert not StoredFile.objects.filter(sha256=upload.checksum).exists()


def test_bad_rows_are_kept_with_their_reason_and_the_rest_is_used(here: World) -> None:
    upload = here.take_in([*RIGHT, row("H9", "31/02/2026 08:00", STEPS[0])])
    assert sorted(here.dossiers()) == ["H1"]
    assert [(bad["row"], bad["value"]) for bad in upload.bad_rows] == [(6, "31/02/2026 08:00")]


def test_a_code_of_impossible_length_is_listed_and_the_rest_kept(here: World) -> None:
    long_service = row("H8", "02/11/2026 08:00", STEPS[0], service="9." + "0" * 60)
    upload = here.take_in([*RIGHT, row("H" * 101, "02/11/2026 08:00", STEPS[0]), long_service])
    assert sorted(here.dossiers()) == ["H1"]
    assert [(bad["row"], bad["column"]) for bad in upload.bad_rows] == [(6, "Mã hồ sơ"), (7, "Mã thủ tục")]
    assert "100 ký tự" in upload.bad_rows[0]["reason"]


def test_a_source_counts_its_dossiers_once_however_often_they_come(here: World) -> None:
    for rows in (ALL, RIGHT, ALL, [*ALL, *story("H5", "05 08:00", steps=STEPS[:1])]):
        here.take_in(rows)
    here.source.refresh_from_db()
    assert here.source.dossier_count == len(here.dossiers()) == 5


def test_a_file_waits_until_the_columns_are_confirmed_and_later_ones_do_not(here: World) -> None:
    here.source.change(mapping={})
    upload = here.hand_in(ALL)
    assert upload.status == "mapping"
    set_mapping(here.source, {"columns": {"at": "Thời gian hoàn thành"}}, by=BY, at=NOW)
    upload.refresh_from_db()
    assert (upload.status, here.hand_in(RIGHT).status) == ("waiting", "waiting")


def test_a_refused_file_says_why_and_can_be_handed_in_again(here: World) -> None:
    upload = hand_in(here.source, b"Ten;Ghi chu\na;b", "x.csv", by=BY, at=NOW)
    with pytest.raises(BadInput) as problem:
        take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    refuse(upload, problem.value, at=NOW)
    assert (upload.status, upload.problem) == ("refused", str(problem.value))
    assert hand_in(here.source, b"Ten;Ghi chu\na;b", "x.csv", by=BY, at=NOW).status == "waiting"


def test_only_who_may_import_hands_in(here: World, cast: Cast) -> None:
    for player in (cast.binh, cast.ha, cast.chi, cast.dung):
        with pytest.raises(NotAllowed):
            hand_in(here.source, csv(ALL), "a.csv", by=player.actor, at=NOW)
    assert hand_in(here.source, csv(ALL), "a.csv", by=cast.an.actor, at=NOW).status == "waiting"


def test_a_source_whose_files_name_no_service_has_one(here: World) -> None:
    here.source.change(service_code="9.000001")
    here.take_in([line.replace("9.000001.H99", "") for line in (*LATE, *SKIPS, *OPEN)])
    assert {one.national_code for one in here.dossiers().values()} == {"9.000001"}
