"""result.json: what it promises to programs that read it."""

from collections.abc import Iterator
from pathlib import Path

from chuan.checking.result import to_json

from .cast import as_written, did, dossier, procedure, run

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
    several = to_json(run(procedure(service_code="1.000656"), ours, lost, by_service=True))
    documented = CHECK_PAGE.read_text(encoding="utf-8")
    keys = set(keys_of(several))
    assert {"procedures", "number_says", "per_dossier", "kind"} <= keys
    assert sorted(key for key in keys if f"`{key}`" not in documented) == []
