"""XES traces as dossiers."""

from datetime import datetime
from pathlib import Path

import pytest

from chuan.reading.eventlogs import mapping_from, read_log
from chuan.rules.eventlog import EventLog
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import BadInput

from .small_logs import codes, told


def event(name: str = "A", time: str = "2025-11-05T08:00:00+07:00", **more: str) -> str:
    values = {"concept:name": name, **{key.replace("_", ":"): value for key, value in more.items()}}
    strings = "".join(f'<string key="{key}" value="{value}"/>' for key, value in values.items())
    return f'<event>{strings}<date key="time:timestamp" value="{time}"/></event>'


def log_of(folder: Path, *traces: str, mapping: dict[str, object] | None = None) -> EventLog:
    path = folder / "log.xes"
    path.write_text(f"<log>{''.join(f'<trace>{trace}</trace>' for trace in traces)}</log>", encoding="utf-8")
    return read_log(path, mapping_from(mapping or {}))


def name(value: str) -> str:
    return f'<string key="concept:name" value="{value}"/>'


def test_a_trace_is_a_dossier_with_its_events_in_time_order(tmp_path: Path) -> None:
    late, early = event("B", "2025-11-05T09:00:00Z"), event("A", "2025-11-05T09:00:00+07:00")
    log = log_of(tmp_path, name("H1") + late + early)
    assert told(log) == [("H1", ["A", "B"])]
    assert log.dossiers[0].events[1].at == datetime(2025, 11, 5, 16, tzinfo=VIETNAM)


def test_a_moment_without_a_zone_is_in_vietnam(tmp_path: Path) -> None:
    log = log_of(tmp_path, name("H1") + event(time="2025-11-05T08:00:00"))
    assert log.dossiers[0].events[0].at == datetime(2025, 11, 5, 8, tzinfo=VIETNAM)


def test_only_complete_events_count_when_there_are_any(tmp_path: Path) -> None:
    begun, done = event("A", lifecycle_transition="start"), event("A", lifecycle_transition="Complete")
    log = log_of(tmp_path, name("H1") + begun + done, name("H2") + begun)
    assert told(log) == [("H1", ["A"]), ("H2", [])]
    assert codes(log) == ["eventlogs.not_complete"]
    assert told(log_of(tmp_path, name("H1") + begun)) == [("H1", ["A"])]


def test_a_role_is_a_position_and_a_person_is_not(tmp_path: Path) -> None:
    with_role = log_of(tmp_path, name("H1") + event(org_role="Clerk", org_group="Desk", org_resource="An"))
    assert with_role.dossiers[0].events[0].position == "Clerk"
    with_person = log_of(tmp_path, name("H1") + event(org_resource="An"))
    assert with_person.dossiers[0].events[0].position is None
    assert "position" not in with_person.recorded


def test_two_traces_of_one_name_are_two_dossiers_and_a_nameless_one_has_its_number(tmp_path: Path) -> None:
    log = log_of(tmp_path, name("H1") + event(), name("H1") + event(), event())
    assert [dossier.id for dossier in log.dossiers] == ["H1", "H1 (2)", "#3"]


def test_events_equal_or_of_one_id_are_one_and_listed(tmp_path: Path) -> None:
    later = event(time="2025-11-05T09:00:00+07:00", identity_id="e1")
    log = log_of(tmp_path, name("H1") + event(identity_id="e1") + later + event(identity_id="e2"))
    assert (len(log.dossiers[0].events), [row.row for row in log.duplicates]) == (1, [2, 3])


def test_events_without_time_or_name_are_listed(tmp_path: Path) -> None:
    log = log_of(tmp_path, name("H1") + event() + event("B", "tomorrow") + event("") + "<event/>")
    assert [(bad.row, bad.reason.code) for bad in log.bad_rows] == [
        (2, "timestamps.unreadable"),
        (3, "eventlogs.row_without_activity"),
        (4, "eventlogs.row_without_time"),
    ]


def test_a_trace_of_which_nothing_could_be_read_is_listed_and_no_dossier(tmp_path: Path) -> None:
    broken = name("H2") + event("A", "tomorrow") + event("B", "2025-13-01")
    log = log_of(tmp_path, name("H1") + event() + "</trace><trace>" + broken)
    assert ([dossier.id for dossier in log.dossiers], len(log.bad_rows)) == (["H1"], 2)


def test_attributes_of_the_trace_tell_of_the_dossier(tmp_path: Path) -> None:
    facts = '<date key="deadline" value="2025-11-07T17:00:00+07:00"/><string key="Trạng thái" value="Đang xử lý"/>'
    dossier = log_of(tmp_path, name("H1") + facts + event()).dossiers[0]
    assert dossier.source_due_at == datetime(2025, 11, 7, 17, tzinfo=VIETNAM)
    assert dossier.status == "Đang xử lý"


def test_a_mapping_names_other_attributes(tmp_path: Path) -> None:
    columns = {"position": "org:resource", "dossier": "code", "received_at": "start"}
    facts = '<string key="code" value="X9"/><date key="start" value="2025-11-05T07:00:00+07:00"/>'
    dossier = log_of(tmp_path, name("H1") + facts + event(org_resource="An"), mapping={"columns": columns}).dossiers[0]
    assert (dossier.id, dossier.events[0].position) == ("X9", "An")
    assert dossier.received_at == datetime(2025, 11, 5, 7, tzinfo=VIETNAM)


def test_a_log_without_events_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        log_of(tmp_path, name("H1"))
    assert caught.value.message.code == "eventlogs.only_headings"
