"""`chuan read`: the command as it is called."""

import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from chuan.cli.read import main

_PLACE = Path(__file__).parents[1] / "reading" / "procedures" / "layouts.py"
_SPEC = importlib.util.spec_from_file_location("layouts", _PLACE)
assert _SPEC is not None
assert _SPEC.loader is not None
layouts = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(layouts)

STEPS = [
    {"no": "B1", "title": "Tiếp nhận", "role": "Một cửa", "time": 0.5, "time_unit": "working_day", "counted": True},
    {"no": "B2", "title": "Ký duyệt", "role": "Lãnh đạo", "time": 2.5, "time_unit": "working_day", "counted": True},
]
PROCEDURE = {
    "id": "khai-tu",
    "name_vi": "Đăng ký khai tử",
    "tthc_code": "1.000656",
    "total_time": {"text": "03 ngày làm việc"},
    "variants": [{"name": "default", "steps": STEPS}],
}
DOUBTFUL = {**PROCEDURE, "variants": [{"name": "default", "steps": [{**STEPS[0], "role": ""}, STEPS[1]]}]}
EMPTY = {"id": "danh-muc", "name_vi": "Chứng thực", "variants": []}


def word(procedure: Mapping[str, object] = PROCEDURE) -> bytes:
    data: bytes = layouts.hatinh(procedure)
    return data


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quy trình.docx"
    path.write_bytes(word())
    return path


def test_a_word_file_is_printed_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file)]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert found["count"] == 1
    assert found["procedures"][0]["variants"][0]["steps"] == STEPS
    assert "Tiếp nhận" in printed.out
    assert printed.err == ""


def test_out_writes_the_file_whole_and_nothing_else(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "kq.json"
    assert main([str(file), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["count"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kq.json", "quy trình.docx"]


def test_strict_refuses_doubts_and_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "a.docx", tmp_path / "kq.json"
    path.write_bytes(word(DOUBTFUL))
    assert main([str(path)]) == 0
    assert main([str(path), "--strict", "--out", str(out)]) == 2
    assert "chưa ghi trách nhiệm" in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_is_read_and_its_bad_files_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    (tmp_path / "phòng").mkdir()
    (tmp_path / "phòng" / "b.docx").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.txt").write_text("khác")
    (tmp_path / "~$a.docx").write_bytes(b"locked")
    assert main([str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert [one["file"] for one in json.loads(printed.out)["procedures"]] == ["a.docx"]
    assert printed.err.startswith("phòng/b.docx: Đây là tệp PDF")
    assert printed.err.count("\n") == 1


def test_a_zip_is_read_like_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tất cả.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xã/a.docx", word())
        archive.writestr("b.json", json.dumps(PROCEDURE))
        archive.writestr("c.docx", b"")
    assert main([str(path), "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert [one["file"] for one in json.loads(printed.out)["procedures"]] == ["b.json", "xã/a.docx"]
    assert "c.docx: The file" in printed.err


def test_an_excel_file_is_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Khai tử")
    sheet.write_row(0, 0, ["Thời hạn giải quyết: 03 ngày làm việc"])
    sheet.write_row(2, 0, ["TT", "Trình tự", "Trách nhiệm", "Thời gian (ngày)"])
    sheet.write_row(3, 0, ["B1", "Tiếp nhận", "", 0.5])
    sheet.write_row(4, 0, ["B2", "Ký duyệt", "", 2.5])
    sheet.merge_range(3, 2, 4, 2, "Một cửa")
    book.close()
    path = tmp_path / "a.xlsx"
    path.write_bytes(buffer.getvalue())
    assert main([str(path)]) == 0
    found = json.loads(capsys.readouterr().out)["procedures"][0]["variants"][0]["steps"]
    assert [(one["no"], one["role"], one["time"], one["time_unit"]) for one in found] == [
        ("B1", "Một cửa", 0.5, "working_day"),
        ("B2", "Một cửa", 2.5, "working_day"),
    ]


DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="Khai tử">
<startEvent id="s"/><task id="a" name="Tiếp nhận"/><task id="b" name="Ký duyệt"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="e"/></process></definitions>"""


def test_a_diagram_is_read_alone_and_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "khai tử.bpmn"
    path.write_text(DIAGRAM, encoding="utf-8")
    for source in (path, tmp_path):
        assert main([str(source)]) == 0
        found = json.loads(capsys.readouterr().out)["procedures"][0]
        assert [(one["no"], one["title"]) for one in found["variants"][0]["steps"]] == [
            ("B1", "Tiếp nhận"),
            ("B2", "Ký duyệt"),
        ]
    path.write_text(DIAGRAM[:300], encoding="utf-8")
    assert main([str(path)]) == 2
    assert "Word" not in capsys.readouterr().err


def test_a_log_is_no_procedure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Nhật ký")
    sheet.write_row(0, 0, ["STT", "Mã hồ sơ", "Nội dung công việc", "Người thực hiện", "Thời gian"])
    sheet.write_row(1, 0, [1, "H01", "Tiếp nhận", "Nguyễn Văn An", "10/08/2026 09:00"])
    sheet.write_row(2, 0, [2, "H01", "Ký duyệt", "Trần Thị Bình", "2026-08-11 15:00"])
    book.close()
    path = tmp_path / "nhật ký.xlsx"
    path.write_bytes(buffer.getvalue())
    assert main([str(path)]) == 2
    assert "nhật ký xử lý hồ sơ" in capsys.readouterr().err


def test_one_procedure_of_a_json_file_is_picked_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"procedures": [PROCEDURE, EMPTY]}), encoding="utf-8-sig")
    assert main([f"{path}#khai-tu"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] == 1
    assert main([str(path)]) == 0
    assert "danh-muc" in capsys.readouterr().err
    assert main([f"{path}#danh-muc"]) == 2
    assert "không có bước nào" in capsys.readouterr().err
    assert main([f"{path}#khac"]) == 2
    assert "khai-tu, danh-muc" in capsys.readouterr().err


def test_one_procedure_of_a_word_file_or_a_folder_is_picked_by_its_code(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file.parent / "b.json").write_text(json.dumps(PROCEDURE))
    for source, count in ((f"{file}#QT.GĐ.01", 1), (f"{file.parent}#khai-tu", 1), (str(file.parent), 2)):
        assert main([source]) == 0
        assert json.loads(capsys.readouterr().out)["count"] == count
    for source in (f"{file}#1.000894", f"{file.parent}#1.000894", ""):
        assert main([source]) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err.count("\n")) == ("", 1)


def test_the_file_that_is_read_is_never_written_over(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main([str(file), "--out", str(file)]) == 2
    assert "chính tệp đang đọc" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_doubts_of_many_files_name_theirs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    (tmp_path / "b.docx").write_bytes(word(DOUBTFUL))
    assert main([str(tmp_path), "--strict"]) == 2
    assert "- b.docx: B1: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"", ("rỗng", "empty")),
        ("a.docx", b"%PDF-1.7", ("PDF", "PDF")),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), (".doc", ".doc")),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ("Excel", "Excel")),
        ("a.docx", layouts.saved(layouts.new()), ("bảng các bước", "table of steps")),
        ("a.json", b"{", ("JSON", "JSON")),
        ("a.zip", b"PK\x05\x06" + bytes(18), ("Không đọc được quy trình nào", "No procedure")),
        (None, b"", ("Không tìm thấy", "not found")),
    ],
    ids=["empty", "pdf", "old", "old_excel", "no_table", "json", "zip", "missing"],
)
def test_bad_input_ends_with_one_clear_message(
    name: str | None, content: bytes, words: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / (name or "khong-co.docx")
    if name:
        path.write_bytes(content)
    for language, word_of_it in zip(("vi", "en"), words, strict=True):
        assert main([str(path), "--lang", language, "--out", str(tmp_path / "kq.json")]) == 2
        printed = capsys.readouterr()
        assert word_of_it in printed.err
        assert printed.err.count("\n") == 1
        assert printed.out == ""
    assert not (tmp_path / "kq.json").exists()


def test_a_place_that_cannot_be_written_is_told(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--out", str(tmp_path / "không có" / "kq.json")]) == 2
    assert "không có tệp hay thư mục này" in capsys.readouterr().err
    folder = tmp_path / "đã có"
    folder.mkdir()
    assert main([str(file), "--out", str(folder)]) == 2
    assert "đây là một thư mục" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, folder.name]


def test_reading_never_imports_django(file: Path) -> None:
    code = "import sys; from chuan.cli.read import main; main(sys.argv[1:]); assert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
