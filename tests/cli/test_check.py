"""`chuan check`: the command as it is called: exit codes, messages, and files that are complete or absent."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from chuan.cli.check import main
from chuan.cli.output import Progress, write_folder
from chuan.text.messages import BadInput

STEPS = [
    {"no": "B1", "title": "Tiếp nhận hồ sơ", "role": "Công chức Một cửa", "time": 4, "time_unit": "working_hour"},
    {"no": "B2", "title": "Thẩm định hồ sơ", "role": "Chuyên viên", "time": 2, "time_unit": "working_day"},
    {"no": "B3", "title": "Ký duyệt", "role": "Chủ tịch UBND xã", "time": 0.5, "time_unit": "working_day"},
]
PROCEDURE: dict[str, object] = {
    "id": "khai-tu",
    "name_vi": "Đăng ký khai tử",
    "tthc_code": "1.000656",
    "total_time": {"days": 3, "unit": "working_day", "text": "3 ngày làm việc"},
    "variants": [{"name": "default", "steps": STEPS}],
}
IN_ENGLISH = [
    {**step, "title": title, "role": "Clerk"} for step, title in zip(STEPS, ("Receive", "Examine", "Sign"), strict=True)
]
LOG = """Mã hồ sơ,Mã TTHC,Công việc,Thời gian hoàn thành
H1,1.000656,Tiếp nhận hồ sơ,16/11/2026 08:00
H1,1.000656,Thẩm định hồ sơ,17/11/2026 09:00
H1,1.000656,Ký duyệt,18/11/2026 10:00
H2,1.000656.H61,Tiếp nhận hồ sơ,16/11/2026 09:00
H2,1.000656.H61,Thẩm định hồ sơ,hôm qua
"""
STEP_DAYS = ((6, "Tiếp nhận hồ sơ"), (7, "Thẩm định hồ sơ"), (8, "Ký duyệt"))
FILES = ["deviations.xlsx", "report.html", "result.json"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write(tmp_path / "quy-trinh.json", PROCEDURE)
    (tmp_path / "ho-so.csv").write_text(LOG, encoding="utf-8")
    return tmp_path


def write(path: Path, procedure: Mapping[str, object] | list[Mapping[str, object]]) -> Path:
    path.write_text(json.dumps(procedure), encoding="utf-8")
    return path


def call(place: Path, *more: str, procedure: str = "quy-trinh.json", log: str = "ho-so.csv") -> int:
    return main([str(place / procedure), str(place / log), *more])


def result(folder: Path) -> dict[str, object]:
    answer: dict[str, object] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return answer


def test_a_check_writes_three_files_prints_a_summary_and_lists_the_bad_row(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(place, "--out", str(place / "kq")) == 0
    printed = capsys.readouterr()
    assert "Hồ sơ: 2" in printed.out
    assert "Dòng" in printed.out or "dòng" in printed.out
    assert printed.err == ""
    assert sorted(path.name for path in (place / "kq").iterdir()) == FILES
    found = result(place / "kq")
    assert found["on_time"] == {
        "early": 1, "on_time": 0, "late": 0, "open_in_time": 1, "open_late": 0, "not_judged": 0
    }  # fmt: skip
    assert [row["value"] for row in found["bad_rows"]] == ["hôm qua"]  # type: ignore[attr-defined] # a list of rows


def test_a_row_that_is_wrong_in_several_cells_is_one_row_with_all_its_reasons(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả", "H1,31/02/2026,hôm kia,03/11/2026"]
    rows += ["H2,02/11/2026,ngày mai,", "H3,02/11/2026,05/11/2026,04/11/2026"]
    (place / "hai-o-sai.csv").write_text("\n".join(rows), encoding="utf-8")
    assert call(place, "--out", str(place / "kq"), log="hai-o-sai.csv") == 0
    assert "Dòng không dùng được: 2" in capsys.readouterr().out
    report = (place / "kq" / "report.html").read_text(encoding="utf-8")
    assert "<h3>Dòng không dùng được: 2</h3>" in report
    first, second = report.index('<td class="figure" rowspan="2">2</td>'), report.index('<td class="figure">3</td>')
    places = [report.index(f"<td>{value}</td>") for value in ("31/02/2026", "hôm kia", "ngày mai")]
    assert first < places[0] < places[1] < second < places[2]
    listed = result(place / "kq")["bad_rows"]
    assert [row["row"] for row in listed] == [2, 2, 3]  # type: ignore[attr-defined] # a list of rows


def test_the_same_input_gives_the_same_bytes(place: Path) -> None:
    for folder in ("kq1", "kq2"):
        assert call(place, "--out", str(place / folder)) == 0
    for name in FILES:
        assert (place / "kq1" / name).read_bytes() == (place / "kq2" / name).read_bytes(), name


def test_an_earlier_result_is_replaced_and_a_folder_with_other_files_is_left_alone(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = place / "kq"
    assert call(place, "--out", str(out)) == 0
    assert call(place, "--out", str(out), "--as-of", "30/11/2026") == 0
    assert result(out)["as_of"] == "2026-11-30T23:59:59.999999+07:00"
    (out / "của tôi.txt").write_text("giữ")
    before = (out / "result.json").read_bytes()
    assert call(place, "--out", str(out)) == 2
    assert "của tôi.txt" in capsys.readouterr().err
    assert (out / "result.json").read_bytes() == before
    assert call(place, "--out", str(out), log="không có.csv") == 2
    assert "của tôi.txt" in capsys.readouterr().err, "said before the log is read"


def test_a_result_behind_a_link_is_replaced_where_the_link_points_to(place: Path) -> None:
    (place / "kq").mkdir()
    (place / "mới-nhất").symlink_to(place / "kq")
    for _ in range(2):
        assert call(place, "--out", str(place / "mới-nhất")) == 0
    assert sorted(path.name for path in (place / "kq").iterdir()) == FILES
    assert sorted(path.name for path in place.iterdir()) == ["ho-so.csv", "kq", "mới-nhất", "quy-trinh.json"]


def test_a_folder_that_fails_halfway_is_absent_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_folder(tmp_path / "kq", {"a.txt": b"1", "không có/b.txt": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_check_leaves_nothing_behind(place: Path) -> None:
    lines = (
        f"{row},1.000656,{step},1{day}/11/2026 08:{row % 60:02}" for row in range(60_000) for day, step in STEP_DAYS
    )
    (place / "dài.csv").write_text(LOG.splitlines()[0] + "\n" + "\n".join(lines), encoding="utf-8")
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # also when the tests ignore it
    start = f"{heard}; from chuan.__main__ import main; main()"
    command = [sys.executable, "-c", start, "check", "quy-trinh.json", "dài.csv", "--out", "kq"]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert running.stderr.read(1) == b"\r", "the progress tells that the work has begun"
        running.send_signal(signal.SIGINT)
        said = running.stderr.read().decode()
    assert (running.returncode, "Traceback" in said) == (130, False)
    assert sorted(path.name for path in place.iterdir()) == ["dài.csv", "ho-so.csv", "quy-trinh.json"]


def test_a_failed_check_writes_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(place, "--out", str(place / "ho-so.csv" / "kq")) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert call(place, "--out", str(place / "kq"), log="trống.csv") == 2
    assert sorted(path.name for path in place.iterdir()) == ["ho-so.csv", "quy-trinh.json"]


def test_several_procedures_in_a_file_are_listed_and_one_is_picked_by_its_id(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place / "hai.json", [PROCEDURE, {**PROCEDURE, "id": "khai-sinh", "name_vi": "Đăng ký khai sinh"}])
    assert call(place, procedure="hai.json") == 2
    assert capsys.readouterr().err.splitlines()[1:] == [
        "  #khai-tu  Đăng ký khai tử",
        "  #khai-sinh  Đăng ký khai sinh",
    ]
    assert call(place, procedure="hai.json#khai-sinh") == 0
    assert capsys.readouterr().out.startswith("Đăng ký khai sinh\n")
    assert call(place, procedure="hai.json#khac") == 2
    assert "khac" in capsys.readouterr().err


def test_a_folder_divides_dossiers_by_service_code_even_with_one_procedure(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place / "xã"
    folder.mkdir()
    write(folder / "a.json", PROCEDURE)
    (folder / "hỏng.docx").write_bytes(b"%PDF-1.4")
    (place / "ho-so.csv").write_text(LOG + "H3,2.000815,Tiếp nhận hồ sơ,16/11/2026 10:00\n", encoding="utf-8")
    assert call(place, "--out", str(place / "kq"), procedure="xã") == 0
    assert "hỏng.docx" in capsys.readouterr().err
    found = result(place / "kq")
    assert found["without_procedure"] == {"2.000815": 1}
    assert found["dossiers"] == 3
    assert sum(found["on_time"].values()) == 3  # type: ignore[attr-defined] # an object of counts


def test_a_single_procedure_says_that_dossiers_of_other_services_were_compared_with_it(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "ho-so.csv").write_text(LOG + "H3,2.000815,Tiếp nhận hồ sơ,16/11/2026 10:00\n", encoding="utf-8")
    assert call(place) == 0
    assert "1 hồ sơ ghi mã thủ tục khác 1.000656" in capsys.readouterr().out


def test_a_procedure_with_several_variants_gets_its_report(place: Path) -> None:
    variants = [{"name": "Nhóm 1", "steps": STEPS}, {"name": "Nhóm 2", "steps": STEPS[:2]}]
    write(place / "quy-trinh.json", {**PROCEDURE, "variants": variants})
    assert call(place, "--out", str(place / "kq"), "--lang", "en") == 0
    page = (place / "kq" / "report.html").read_text(encoding="utf-8")
    assert "Nhóm 1" in page
    assert "Nhóm 2" in page


def test_doubts_of_the_written_procedure_are_counted_in_the_summary(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = {**STEPS[0], "doubts": [{"text": "Thời gian “khoảng 2 ngày” chưa rõ"}]}
    write(place / "quy-trinh.json", {**PROCEDURE, "variants": [{"name": "default", "steps": [doubtful, *STEPS[1:]]}]})
    assert call(place) == 0
    assert "1 chỗ trong văn bản quy trình chưa chắc" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as-of", "mai"], ("Không hiểu thời điểm “mai”", "“mai” of --as-of is not understood")),
        (["--calendar", "không-có"], ("Không có lịch", "calendar")),
        (["--map", "không-có.json"], ("Không đọc được tệp ánh xạ", "cannot be read")),
    ],
    ids=["moment", "calendar", "map"],
)
def test_a_wrong_option_ends_with_one_clear_message(
    place: Path, arguments: list[str], words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for language, word_of_it in zip(("vi", "en"), words, strict=True):
        assert call(place, *arguments, "--lang", language, "--out", str(place / "kq")) == 2
        printed = capsys.readouterr()
        assert word_of_it in printed.err
        assert printed.err.count("\n") == 1
        assert printed.out == ""
    assert not (place / "kq").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["quy-trinh.json"], ("Thiếu LOG", "Missing: LOG")),
        (
            ["quy-trinh.json", "ho-so.csv", "--nhanh"],
            ("không có tùy chọn hay đối số «--nhanh»", "no option or argument “--nhanh”"),
        ),
        (["quy-trinh.json", "ho-so.csv", "--out"], ("Sau --out phải có một giá trị", "value must follow --out")),
        (
            ["quy-trinh.json", "ho-so.csv", "--counting", "x"],
            ("--counting không thể là 'x'", "--counting cannot be 'x'"),
        ),
        (["quy-trinh.json", "không-có.csv"], ("không thấy tệp", "no file or folder")),
        (["quy-trinh.json", "."], ("là một thư mục", "is a folder")),
        (["quy-trinh.docx", "ho-so.csv"], ("không thấy tệp", "no file or folder")),
    ],
    ids=["no_log", "option", "no_value", "choice", "no_file", "folder", "no_procedure"],
)
def test_a_wrong_call_ends_with_one_clear_message_in_the_language_asked_for(
    place: Path, arguments: list[str], words: tuple[str, str]
) -> None:
    for language, said in zip(([], ["--lang=en"]), words, strict=True):
        command = [sys.executable, "-m", "chuan", "check", *language, *arguments]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert said.casefold() in done.stderr.casefold()
        assert done.stderr.count("\n") == 1


def test_everything_is_in_english_except_the_words_of_the_source(place: Path) -> None:
    write(
        place / "quy-trinh.json",
        {**PROCEDURE, "name_vi": "Death", "variants": [{"name": "default", "steps": IN_ENGLISH}]},
    )
    events = "".join(
        f"D{n},{step['title']},1{n % 9}/11/2026 0{hour}:00\n"
        for n in range(1200)
        for hour, step in enumerate(IN_ENGLISH, 7)
    )
    (place / "log.csv").write_text("dossier,activity,time\n" + events, encoding="utf-8")
    assert call(place, "--lang", "en", "--out", str(place / "kq"), log="log.csv") == 0
    page = (place / "kq" / "report.html").read_text(encoding="utf-8")
    assert not re.findall(r"[^\s<>]*[ăâđêôơưạảãàáẹẻẽèéịỉĩìíọỏõòóụủũùú][^\s<>]*", page.casefold())
    assert "1,200 dossiers, 3,600 events" in page and "In time: " not in page
    assert "within 3 working days" in page.casefold() and "0.5 working days" in page


def test_a_mapping_to_a_step_that_is_not_written_is_refused_by_name(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "map.json").write_text('{"steps": {"Ký duyệt": "B9", "Nháp": null}}', encoding="utf-8")
    assert call(place, "--map", str(place / "map.json")) == 2
    assert "“Ký duyệt” được gán cho “B9”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", ("rỗng", "empty")),
        ("a.csv", "Mã hồ sơ,Công việc,Thời gian\n".encode(), ("chỉ có tiêu đề", "headings only")),
        ("a.xlsx", b"%PDF-1.4", ("PDF", "PDF")),
        ("a.parquet", b"PAR1xxxxPAR1", ("Parquet bị hỏng", "Parquet file is damaged")),
        ("a.xes", b"<!DOCTYPE log [<!ENTITY a 'b'>]><log>&a;</log>", ("DOCTYPE", "DOCTYPE")),
        (
            "a.csv",
            "Mã hồ sơ,Công việc,Thời gian\nH1,Ký duyệt,25/11/2026\nH2,Ký duyệt,11/25/2026\n".encode(),
            ("dòng 2 ghi «25/11/2026» (ngày trước), dòng 3", "row 2 has «25/11/2026» (day first), row 3"),
        ),
        (
            "a.csv",
            "Mã hồ sơ,Công việc,Thời gian\nH1,Ký duyệt,31/02/2026\n".encode(),
            ("Không có sự kiện nào dùng được", "No event can be used"),
        ),
    ],
    ids=["empty", "headings", "pdf", "parquet", "entity", "orders", "no_event"],
)
def test_a_bad_log_ends_with_one_clear_message(
    place: Path, name: str, content: bytes, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (place / name).write_bytes(content)
    for language, word_of_it in zip(("vi", "en"), words, strict=True):
        assert call(place, "--lang", language, "--out", str(place / "kq"), log=name) == 2
        printed = capsys.readouterr()
        assert word_of_it in printed.err
        assert printed.err.count("\n") == 1
        assert printed.out == ""
    assert not (place / "kq").exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"%PDF-1.4", "PDF"),
        ("a.json", b'{"procedures": [{"id": "a", "name_vi": "A", "variants": []}]}', "không có bảng các bước"),
        ("a.ptree", b"->( 'a', ", "dòng 1, cột 10"),
        ("a.bpmn", b"<x/>", "không phải sơ đồ BPMN 2.0"),
        ("a.txt", b"x", "đuôi .txt"),
        ("a.json", json.dumps([{"variants": [{"steps": [{"no": "B1"}]}]}]).encode(), "bước thiếu “title”"),
    ],
    ids=["pdf", "no_steps", "tree", "diagram", "kind", "no_title"],
)
def test_a_bad_procedure_ends_with_one_clear_message(
    place: Path, name: str, content: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / name).write_bytes(content)
    assert call(place, procedure=name) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.err.count("\n") == 1


def test_checking_never_imports_django_and_works_from_any_folder(place: Path) -> None:
    code = "import sys; from chuan.cli.check import main; main(sys.argv[1:]); assert 'django' not in sys.modules"
    command = [sys.executable, "-c", code, "quy-trinh.json", "ho-so.csv", "--out", "kq"]
    done = subprocess.run(command, cwd=place, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (place / "kq").iterdir()) == FILES


def test_an_out_that_is_a_file_is_called_a_file(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(place, "--out", str(place / "ho-so.csv")) == 2
    assert "là một tệp đã có; --out cần một thư mục" in capsys.readouterr().err


def test_long_counts_of_progress_are_written_with_separators(capsys: pytest.CaptureFixture[str]) -> None:
    for language, written in (("vi", "564.073 dòng"), ("en", "564,073 rows")):
        progress = Progress(language)
        progress._said_at = 0
        progress.reading(564073, 0)
        assert written in capsys.readouterr().err
