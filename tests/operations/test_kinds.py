"""A demo stays a demo, real data stay real: the mark is in the data directory and in the database."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import SMALL, House, empty_database, environment

pytestmark = pytest.mark.real_clock


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Iterator["FirstStart"]:
    """A real installation after its first start: what was printed, and how two pages answered."""
    with empty_database() as url:
        house = House(tmp_path_factory.mktemp("real") / "real", environment(url))
        with house.serving("serve") as server:
            pages = {path: server.get(path) for path in ("/tai-khoan/login/", "/vao-thu/")}
        yield house, "".join(server.printed), pages


FirstStart = tuple[House, str, dict[str, int]]


def test_the_first_start_prints_the_one_time_password_of_the_first_administrator(first_start: FirstStart) -> None:
    _, printed, pages = first_start
    assert re.search(r"tên đăng nhập quantri, mật khẩu dùng một lần \S{23}\n", printed)
    assert pages["/tai-khoan/login/"] == 200


def test_nobody_enters_real_data_as_a_demo_account(first_start: FirstStart) -> None:
    assert first_start[2]["/vao-thu/"] in {403, 404, 405}


def test_real_data_never_become_a_demo(first_start: FirstStart) -> None:
    house, _, _ = first_start
    refused = house.chuan("demo", "--data", house.directory, "--no-serve")
    assert refused.returncode == 2
    assert "dữ liệu thật" in refused.stderr


def test_a_deleted_mark_does_not_open_a_real_database_to_the_demo(first_start: FirstStart, tmp_path: Path) -> None:
    house = House(tmp_path / "copy", first_start[0].environment)
    shutil.copytree(first_start[0].directory, house.directory)
    (house.directory / "kind").unlink()
    refused = house.chuan("demo", "--data", house.directory, "--no-serve")
    assert refused.returncode == 2
    assert "Cơ sở dữ liệu này chứa dữ liệu thật" in refused.stderr


def test_a_demo_is_never_served_as_the_real_thing(complete_demo: House) -> None:
    refused = complete_demo.chuan("serve", "--data", complete_demo.directory, "--port", "0")
    assert refused.returncode == 2
    assert "mãi là bản dùng thử" in refused.stderr


def test_the_demo_made_again_stays_as_it_is(complete_demo: House) -> None:
    again = complete_demo.chuan("demo", "--no-serve", "--data", complete_demo.directory, *SMALL)
    assert again.returncode == 0
    assert "Tỉnh dùng thử đã sẵn sàng." in again.stderr


def test_a_province_that_is_not_in_the_list_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    house = House(tmp_path / "none", environment(""))
    refused = house.chuan("serve", "--data", house.directory, "--province", "999")
    assert refused.returncode == 2
    assert "Không có tỉnh «999»" in refused.stderr
    assert not house.directory.exists()
