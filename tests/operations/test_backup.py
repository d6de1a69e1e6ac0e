"""Backup and restore, on the database under test: complete, verified, or refused with a reason and no trace."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import House

pytestmark = pytest.mark.real_clock


@pytest.fixture(scope="module")
def saved(complete_demo: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the complete demo with one stored file."""
    stored = complete_demo.directory / "files" / "ab" / "abcd"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"content")
    target = tmp_path_factory.mktemp("saved") / "demo.backup"
    done = complete_demo.chuan("backup", "--data", complete_demo.directory, "--out", target)
    assert done.returncode == 0, done.stderr
    return target


def rewritten(saved: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Copy the archive with the content of its members changed."""
    with tarfile.open(saved) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = change(member.name, content.read())
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


def test_a_backup_restored_elsewhere_is_whole(saved: Path, new_house: Callable[[str], House]) -> None:
    house = new_house("restored")
    done = house.chuan("restore", saved, "--data", house.directory)
    assert done.returncode == 0, done.stderr
    assert "chuỗi nhật ký nguyên vẹn" in done.stdout
    assert (house.directory / "files" / "ab" / "abcd").read_bytes() == b"content"
    assert (house.directory / "kind").read_text() == "demo\n"
    examined = house.chuan("doctor", "--data", house.directory)
    assert examined.returncode == 0, examined.stdout
    assert [line[0] for line in examined.stdout.splitlines()] == ["✓"] * 5 + ["5"]
    with house.serving() as server:
        assert server.get("/tai-khoan/login/") == 200


def test_the_backup_is_for_its_owner_only_and_never_overwrites(saved: Path, complete_demo: House) -> None:
    assert saved.stat().st_mode & 0o077 == 0
    again = complete_demo.chuan("backup", "--data", complete_demo.directory, "--out", saved)
    assert again.returncode == 2
    assert "đã có" in again.stderr


def test_a_directory_with_something_in_it_is_not_restored_into(saved: Path, complete_demo: House) -> None:
    refused = complete_demo.chuan("restore", saved, "--data", complete_demo.directory)
    assert refused.returncode == 2
    assert "không trống" in refused.stderr


def change_file(name: str, data: bytes) -> bytes:
    return b"changed" if name.startswith("files/") else data


def add_path_outside(name: str, data: bytes) -> bytes:
    if name != "manifest.json":
        return data
    manifest: dict[str, Any] = json.loads(data)
    del manifest["parts"]["files/ab/abcd"]
    return json.dumps(manifest).encode()


def raise_format(name: str, data: bytes) -> bytes:
    return data.replace(b'"format": 1', b'"format": 9') if name == "manifest.json" else data


@pytest.mark.parametrize(
    ("change", "said"),
    [(change_file, "files/ab/abcd"), (add_path_outside, "files/ab/abcd"), (raise_format, "format 9")],
)
def test_a_changed_backup_is_refused_before_anything_is_written(
    saved: Path, tmp_path: Path, new_house: Callable[[str], House], change: Callable[[str, bytes], bytes], said: str
) -> None:
    house = new_house("restored")
    changed = rewritten(saved, tmp_path / "changed.backup", change)
    refused = house.chuan("restore", changed, "--data", house.directory)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["changed.backup"]


@pytest.mark.parametrize("content", [b"", b"PK not a tar", gzip.compress(b"no tar either", mtime=0)])
def test_another_file_is_not_taken_for_a_backup(
    content: bytes, tmp_path: Path, new_house: Callable[[str], House]
) -> None:
    other = tmp_path / "other.backup"
    other.write_bytes(content)
    house = new_house("restored")
    refused = house.chuan("restore", other, "--data", house.directory)
    assert refused.returncode == 2
    assert "không phải bản sao lưu" in refused.stderr
    assert "không phải tệp nén tar.gz" in refused.stderr


def test_a_backup_cut_short_is_refused(saved: Path, tmp_path: Path, new_house: Callable[[str], House]) -> None:
    short = tmp_path / "short.backup"
    short.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    house = new_house("restored")
    refused = house.chuan("restore", short, "--data", house.directory)
    assert refused.returncode == 2
    assert "đã hỏng" in refused.stderr
    assert not house.directory.exists()
