"""What an administrator can mend is told in one sentence that names it: no traceback, nothing left behind."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from .conftest import House, environment

pytestmark = pytest.mark.real_clock


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A place where nothing was begun; `a-file` lies beside it."""
    (tmp_path / "a-file").touch()
    return House(tmp_path / "house", environment(""))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "--data", "{beside}/a-file"), "a-file: đã có một tệp ở chỗ của thư mục"),
        (("demo", "--data", "/proc/nothing"), "/proc/nothing: không có tệp hay thư mục này"),
        (("serve", "--data", "{beside}/house", "--port", "99999"), "--port không thể là '99999'"),
        (("serve", "--data", "{beside}/house", "--prot", "1"), "Không có tùy chọn hay đối số «--prot 1»"),
        (("serve",), "Thiếu --data"),
        (("serve", "--data", "{beside}/house", "--province", "XX"), "--province: Không có tỉnh «XX» trong danh mục."),
        (("upgrade", "--data", "{beside}/house"), "chưa có dữ liệu của Chuẩn"),
        (("restore", "{beside}/none.backup", "--data", "{beside}/house"), "none.backup: không có tệp hay thư mục này"),
    ],
)
def test_a_wrong_call_is_answered_with_its_mend(words: Sequence[str], said: str, house: House) -> None:
    beside = house.directory.parent
    done = house.chuan(*(word.format(beside=beside) for word in words))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in beside.iterdir()] == ["a-file"]


def test_a_backup_into_a_place_that_is_not_there_is_refused(complete_demo: House) -> None:
    done = complete_demo.chuan("backup", "--data", complete_demo.directory, "--out", "/proc/nothing/a.backup")
    assert done.returncode == 2
    assert "không có tệp hay thư mục này" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refusal_is_told_in_the_language_that_was_asked_for(house: House) -> None:
    speaking = House(house.directory, {**house.environment, "CHUAN_LANG": "en"})
    done = speaking.chuan("serve", "--data", house.directory.parent / "a-file")
    assert "a file stands where a directory should be" in done.stderr
