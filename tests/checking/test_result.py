"""result.json: what it promises to programs that read it."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from .cast import as_json, as_written, at, did, dossier, procedure, run

CHECK_PAGE = Path(__file__).parents[2] / "docs" / "check.md"
OF_THE_LOG = ("columns", "without_procedure")  # their keys are words of the log


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from keys_of(each)
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            if key not in OF_THE_LOG:
                yield from keys_of(inside)


def test_every_key_stands_in_the_documentation() -> None:
    events = (*as_written(), did("05 10:00", "B1. Trả kết quả"), did("05 11:00", "Việc lạ"))
    ours = dossier(*events, service_code="1.000656")
    lost = dossier(*as_written(), id="H9", service_code="9.999999")
    several = as_json(run(procedure(service_code="1.000656"), ours, lost, by_service=True))
    documented = CHECK_PAGE.read_text(encoding="utf-8")
    keys = set(keys_of(several))
    assert {"procedures", "number_says", "per_dossier", "kind"} <= keys
    assert sorted(key for key in keys if f"`{key}`" not in documented) == []


def test_a_dossier_is_written_as_its_values_say_whatever_its_words_and_zones() -> None:
    name, utc = 'H "1"\\\n<ầ>', at("02 08:00").astimezone(UTC)
    moved = {"source_due_at": at("06 17:00"), "earlier_due_at": (utc, at("05 17:00").replace(microsecond=5))}
    found = as_json(run(procedure(), dossier(*as_written()[:2], id=name, received_at=utc, **moved)))
    (told,) = found["per_dossier"]
    assert told["id"] == name
    assert told["received_at"] == "2026-11-02T01:00:00+00:00"
    assert told["source_due_at"] == "2026-11-06T17:00:00+07:00"
    assert told["source_due_before"] == ["2026-11-02T01:00:00+00:00", "2026-11-05T17:00:00.000005+07:00"]
    assert (told["finished_at"], told["variant"]) == (None, "default")
    assert {"kind": "skipped", "step": "B3", "event": None} in told["deviations"]
