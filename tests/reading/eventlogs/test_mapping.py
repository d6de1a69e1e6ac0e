"""The mapping file: read, checked key by key, applied."""

import json
from pathlib import Path

import pytest

from chuan.reading.eventlogs import mapping_from, read_mapping
from chuan.rules.eventlog import EventKind
from chuan.text.messages import LANGUAGES, BadInput

from .small_logs import log_of, told


def test_a_full_mapping_is_read(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    content = {
        "columns": {"dossier": "Mã", "activity": "Việc", "at": "Lúc"},
        "steps": {
            "Thụ lý": "B3",
            "Ký duyệt": {"step": "B4"},
            "Gọi dân": {"kind": "supplement"},
            "X": None,
            "Lưu": 5,
        },
        "positions": {"CV": "Chuyên viên"},
        "date_order": "dd/mm/yyyy",
        "kinds": {"Treo": "paused"},
        "sheet": None,
    }
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(content, ensure_ascii=False).encode())
    mapping = read_mapping(path)
    assert mapping.steps == {"Thụ lý": "B3", "Ký duyệt": "B4", "X": None, "Lưu": "5"}
    assert mapping.kinds == {"Gọi dân": EventKind.SUPPLEMENT, "Treo": EventKind.PAUSED}
    assert (mapping.positions, mapping.date_order) == ({"CV": "Chuyên viên"}, "dmy")


def test_a_heading_that_is_not_used_tells_nothing_whatever_it_seems_to_say(tmp_path: Path) -> None:
    text = "Mã hồ sơ;Công việc;Thời gian hoàn thành;Vị trí\nH1;Thụ lý;05/11/2025 08:00;Chuyên viên"
    assert log_of(tmp_path, text).dossiers[0].events[0].position == "Chuyên viên"
    mapped = log_of(tmp_path, text, mapping_from({"unused": ["vị trí", "Cột không có"]}))
    assert mapped.dossiers[0].events[0].position is None
    assert "position" not in mapped.recorded
    with pytest.raises(BadInput):
        mapping_from({"unused": "Vị trí"})


def test_a_column_that_is_no_step_leaves_the_others(tmp_path: Path) -> None:
    text = "Mã hồ sơ;Tiếp nhận;Thụ lý;Ký duyệt\nH1;05/11/2025 08:00;05/11/2025 09:00;06/11/2025 10:00"
    mapped = log_of(tmp_path, text, mapping_from({"unused": ["Thụ lý", "Ký duyệt"], "granularity": "steps"}))
    assert [event.activity for event in mapped.dossiers[0].events] == ["Tiếp nhận"]


def test_other_names_of_facts_and_the_other_direction_are_understood() -> None:
    assert mapping_from({"columns": {"case": "Mã", "Lúc": "timestamp"}}).columns == {"dossier": "Mã", "at": "Lúc"}


def test_mapped_headings_win_over_recognised_ones_and_are_found_folded(tmp_path: Path) -> None:
    text = "Mã hồ sơ,Số phụ,Bước,Việc,Thời gian\nH1,P1,A,B,05/11/2025 08:00\n"
    mapping = mapping_from({"columns": {"dossier": "so phu", "activity": "VIỆC"}})
    assert told(log_of(tmp_path, text, mapping)) == [("P1", ["B"])]


def test_headings_that_nobody_knows_are_found_by_the_mapping(tmp_path: Path) -> None:
    text = "xuất lúc 5h,,\na,b,c\nH1,A,05/11/2025 08:00\n"
    mapping = mapping_from({"columns": {"dossier": "a", "activity": "b", "at": "c"}})
    assert told(log_of(tmp_path, text, mapping)) == [("H1", ["A"])]


def test_a_declared_order_of_dates_is_obeyed(tmp_path: Path) -> None:
    text = "Mã hồ sơ,Bước,Thời gian\nH1,A,05/11/2025 08:00\nH1,B,13/05/2025 08:00\n"
    log = log_of(tmp_path, text, mapping_from({"date_order": "mdy"}))
    assert [event.at.month for event in log.dossiers[0].events] == [5]
    assert [bad.row for bad in log.bad_rows] == [3]


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        ("[]", "eventlogs.mapping_not_an_object", "JSON"),
        ('{\n"steps": }', "eventlogs.mapping_not_json", "2"),
        ('{"stepz": {}}', "eventlogs.mapping_misspelt", "steps"),
        ('{"column": {}}', "eventlogs.mapping_misspelt", "columns"),
        ('{"abc": {}}', "eventlogs.mapping_unknown_key", "granularity"),
        ('{"steps": []}', None, ""),
        ('{"steps": ["B1"]}', "eventlogs.mapping_not_an_object", "steps"),
        ('{"columns": {"dosier": "x"}}', "eventlogs.mapping_misspelt", "dossier"),
        ('{"columns": {"at": 5}}', "eventlogs.mapping_not_text", "columns.at"),
        ('{"kinds": {"Treo": "hang"}}', "eventlogs.mapping_unknown_kind", "Treo"),
        ('{"date_order": "ydm"}', "eventlogs.mapping_not_one_of", "ydm"),
        ('{"granularity": "row"}', "eventlogs.mapping_not_one_of", "granularity"),
    ],
)
def test_a_wrong_mapping_is_refused_naming_the_key(tmp_path: Path, content: str, code: str | None, named: str) -> None:
    path = tmp_path / "map.json"
    path.write_text(content, encoding="utf-8")
    if code is None:
        assert read_mapping(path).steps == {}
        return
    with pytest.raises(BadInput) as caught:
        read_mapping(path)
    assert caught.value.message.code == code
    assert all(named in caught.value.message.text(language) for language in LANGUAGES)


def test_words_of_the_mapping_that_the_log_never_says_are_told_with_the_likely_ones(tmp_path: Path) -> None:
    text = "Mã hồ sơ,Công việc,Chức vụ,Thời gian\nH1,Thẩm định hồ sơ,Chuyên viên,05/11/2025 08:00\n"
    declared = {"steps": {"Thẩm địnhh hồ sơ": "B2"}, "positions": {"CV": "Chuyên viên"}, "kinds": {"Treo": "paused"}}
    log = log_of(tmp_path, text, mapping_from(declared))
    said = [(note.code, note.values["key"], note.values.get("near")) for note in log.notes]
    assert said == [
        ("eventlogs.mapping_unused_near", "steps", "«Thẩm định hồ sơ»"),
        ("eventlogs.mapping_unused", "positions", None),
        ("eventlogs.mapping_unused", "kinds", None),
    ]
    assert log_of(tmp_path, text, mapping_from({"steps": {"thẩm định HỒ SƠ": "B2"}})).notes == ()


def test_a_mapping_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_bytes('{"steps": {"Thụ lý": "B3"}}'.encode("utf-16"))
    with pytest.raises(BadInput):
        read_mapping(path)


def test_a_mapped_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        log_of(tmp_path, "Mã hồ sơ,Bước,Thời gian\nH1,A,05/11/2025\n", mapping_from({"columns": {"at": "Lúc"}}))
    text = str(caught.value)
    assert all(word in text for word in ("columns.at", "Lúc", "Thời gian"))
