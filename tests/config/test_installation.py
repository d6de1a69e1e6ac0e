"""What an installation keeps for itself, and where its database is."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from chuan.config.data_directory import data_directory, kind, mark, secret_key
from chuan.config.database import database
from chuan.config.serving.prepare import bring_up_to_date
from chuan.text.messages import BadInput


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert len(first) > 50
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_directory_is_made_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUAN_DATA", str(tmp_path / "new"))
    assert data_directory() == tmp_path / "new"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_marked_directory_never_changes_its_kind(tmp_path: Path) -> None:
    assert kind(tmp_path) is None
    mark(tmp_path, "real")
    mark(tmp_path, "real")
    with pytest.raises(ValueError, match="cannot become 'demo'"):
        mark(tmp_path, "demo")
    assert kind(tmp_path) == "real"


def test_without_an_address_the_database_is_sqlite_in_the_directory(tmp_path: Path) -> None:
    facts = database("", tmp_path)
    assert facts["NAME"] == tmp_path / "chuan.sqlite3"
    assert facts["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database("sqlite:////srv/a%20b.sqlite3", tmp_path)["NAME"] == Path("/srv/a b.sqlite3")


def test_an_address_of_postgresql_is_taken_apart(tmp_path: Path) -> None:
    facts = database("postgres://chuan:p%40ss@db.noi-bo:5433/chuan?sslmode=require", tmp_path)
    assert facts["ENGINE"] == "django.db.backends.postgresql"
    assert [facts[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "chuan",
        "p@ss",
        "db.noi-bo",
        "5433",
        "chuan",
    ]
    assert facts["OPTIONS"] == {"sslmode": "require"}


def test_another_database_is_refused_with_the_way_to_write_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mysql:// is not known; use sqlite"):
        database("mysql://a/b", tmp_path)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asked on SQLite")
def test_the_tests_run_on_sqlite_as_production_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_a_database_that_went_the_way_before_the_folding_is_up_to_date() -> None:
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="quality", name="0001_folded").delete()
    for app, name in MigrationLoader(connection).get_migration("quality", "0001_folded").replaces:
        recorder.record_applied(app, name)
    assert bring_up_to_date(back_up=False) is None


@pytest.mark.django_db
def test_a_database_of_a_later_release_is_refused_with_the_name_of_what_is_unknown() -> None:
    MigrationRecorder(connection).record_applied("quality", "0999_later")
    with pytest.raises(BadInput, match=r"quality\.0999_later"):
        bring_up_to_date(back_up=False)
