"""A demo stays a demo, real data stay real: the mark is in the data directory and in the database."""

import re
from collections.abc import Callable

import pytest

from .conftest import House

pytestmark = pytest.mark.real_clock


def test_real_data_never_become_a_demo(new_house: Callable[[str], House]) -> None:
    house = new_house("real")
    with house.serving("serve") as server:
        printed = "".join(server.printed)
        assert re.search(r"tên đăng nhập quantri, mật khẩu dùng một lần \S{23}\n", printed)
        assert server.get("/tai-khoan/login/") == 200
        assert server.get("/vao-thu/") in {403, 404, 405}
    refused = house.chuan("demo", "--data", house.directory, "--no-serve")
    assert refused.returncode == 2
    assert "dữ liệu thật" in refused.stderr


def test_a_deleted_mark_does_not_open_a_real_database_to_the_demo(new_house: Callable[[str], House]) -> None:
    house = new_house("real")
    with house.serving("serve"):
        pass
    (house.directory / "kind").unlink()
    refused = house.chuan("demo", "--data", house.directory, "--no-serve")
    assert refused.returncode == 2
    assert "Cơ sở dữ liệu này chứa dữ liệu thật" in refused.stderr


def test_a_demo_is_never_served_as_the_real_thing(complete_demo: House) -> None:
    refused = complete_demo.chuan("serve", "--data", complete_demo.directory, "--port", "0")
    assert refused.returncode == 2
    assert "mãi là bản dùng thử" in refused.stderr


def test_the_demo_made_again_stays_as_it_is(complete_demo: House) -> None:
    again = complete_demo.chuan("demo", "--no-serve", "--data", complete_demo.directory)
    assert again.returncode == 0
    assert "Tỉnh dùng thử đã sẵn sàng." in again.stderr
