"""The trail: sealed, append-only on both databases, and a broken link is named."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chuan.trail import queries
from chuan.trail.actions import record
from chuan.trail.chain import first_break, seal
from chuan.trail.models import NO_HASH, Entry

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db


def three_entries() -> list[Entry]:
    for number in range(3):
        record("test.do", by="account:an", at=NOW, subject="thing:1", facts={"number": number, "chữ": "đổi"})
    return list(Entry.objects.order_by("-seq")[:3])[::-1]


def test_each_entry_continues_the_one_before() -> None:
    first, second, third = three_entries()
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert [second.seq - first.seq, third.seq - second.seq] == [1, 1]


def test_the_chain_with_all_actions_of_the_cast_holds() -> None:
    three_entries()
    assert Entry.objects.count() > 30
    assert queries.broken_link() is None


def test_the_first_entry_of_all_continues_nothing() -> None:
    first = Entry.objects.order_by("seq").first()
    assert first is not None
    assert (first.seq, first.previous) == (1, NO_HASH)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_entry SET facts = '{}'",
        "DELETE FROM trail_entry",
        "INSERT INTO trail_entry SELECT 9999, at, by, action, subject, facts, previous, 'x' FROM trail_entry LIMIT 1",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    with pytest.raises(DatabaseError, match="trail: "), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert queries.broken_link() is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's; TRUNCATE is asked on PostgreSQL")
def test_replace_gets_nowhere_on_sqlite() -> None:
    statement = "INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry WHERE seq = 2"
    with pytest.raises(DatabaseError, match="continue the chain"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_truncate_gets_nowhere_on_postgresql() -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE trail_entry")


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"by": "account:chi"}, "changed"), ({"facts": "{}"}, "changed"), ({"at": NOW + timedelta(1)}, "changed")],
)
def test_a_changed_entry_is_the_first_broken_link(change: dict[str, object], reason: str) -> None:
    entries = list(Entry.objects.order_by("seq"))
    for name, value in change.items():
        setattr(entries[4], name, value)
    found = first_break(entries)
    assert found is not None
    assert (found.seq, found.reason) == (5, reason)


def test_an_entry_that_was_taken_out_is_named() -> None:
    entries = list(Entry.objects.order_by("seq"))
    found = first_break(entries[:6] + entries[7:])
    assert found is not None
    assert (found.seq, found.reason) == (7, "missing")


def test_an_entry_resealed_after_a_change_breaks_the_next_link() -> None:
    entries = list(Entry.objects.order_by("seq"))
    entries[2].subject = "thing:other"
    entries[2].hash = seal(entries[2])
    found = first_break(entries)
    assert found is not None
    assert (found.seq, found.reason) == (4, "detached")


def test_a_head_kept_outside_is_found_again_and_a_strange_one_is_not() -> None:
    kept = queries.head()
    assert kept is not None
    three_entries()
    assert queries.holds(kept.hash) == kept.seq
    assert queries.holds("0" * 64) is None


def test_an_entry_falls_with_its_transaction() -> None:
    before = Entry.objects.count()

    def fail() -> None:
        with transaction.atomic():
            record("test.do", by="account:an", at=NOW, subject="thing:1")
            raise ValueError("the action failed")

    with pytest.raises(ValueError, match="failed"):
        fail()
    assert Entry.objects.count() == before


def test_facts_must_be_plain_values() -> None:
    with pytest.raises(Exception, match="unsupported type"):
        record("test.do", by="account:an", at=NOW, subject="thing:1", facts={"day": NOW.date()})


def test_entries_name_actors_and_subjects_by_their_lasting_names(cast: Cast) -> None:
    entry = record("test.do", by=cast.an.actor, at=NOW, subject=cast.an.agency)
    assert (entry.by, entry.subject) == ("account:an", "agency:thanhbinh")
    assert queries.of("agency:thanhbinh")[0] == entry
