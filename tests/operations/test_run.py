"""`run.py`: what it does before anything is installed."""

import fcntl
import importlib.util
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, at home in an empty folder with requirements."""
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    script: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, place in (("ROOT", "."), ("ENVIRONMENT", ".venv"), ("PYTHON", ".venv/bin/python")):
        monkeypatch.setattr(script, name, tmp_path / place)
    monkeypatch.setattr(script, "STAMP", tmp_path / ".venv" / "chuan-stamp.json")
    monkeypatch.setattr(script, "UNFINISHED", tmp_path / ".venv" / "chuan-unfinished")
    for name in ("requirements.txt", "requirements-test.txt", "requirements-uv.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    return script  # type: ignore[no-any-return]  # a module made at run time


def test_a_finished_installation_is_taken_as_it_is(run: ModuleType) -> None:
    assert not run.is_ready(run.RUNTIME)
    run.STAMP.write_text(json.dumps(run.wanted(run.RUNTIME)))
    assert run.is_ready(run.RUNTIME)
    assert not run.is_ready(run.TESTING)


def test_changed_requirements_are_installed_again(run: ModuleType) -> None:
    run.STAMP.write_text(json.dumps(run.wanted(run.RUNTIME)))
    (run.ROOT / "requirements.txt").write_text("django==6")
    assert not run.is_ready(run.RUNTIME)


@pytest.mark.parametrize("damage", ["{", "[]", ""])
def test_an_interrupted_or_damaged_installation_is_not_ready(run: ModuleType, damage: str) -> None:
    run.STAMP.write_text(damage or json.dumps(run.wanted(run.RUNTIME)))
    if not damage:
        run.UNFINISHED.touch()
    assert not run.is_ready(run.RUNTIME)


def test_an_installation_that_was_moved_is_made_anew(run: ModuleType) -> None:
    run.STAMP.write_text(json.dumps({**run.wanted(run.RUNTIME), "root": "/elsewhere"}))
    assert not run.is_ready(run.RUNTIME)


@pytest.mark.real_clock
def test_a_second_copy_waits_for_the_first(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    folder = os.open(run.ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    entered = threading.Event()

    def second() -> None:
        with run.alone():
            entered.set()

    thread = threading.Thread(target=second)
    thread.start()
    assert not entered.is_set()
    os.close(folder)
    thread.join(timeout=30)
    assert entered.is_set()


@pytest.mark.real_clock
def test_without_a_command_it_explains_itself(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, ROOT / "run.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "python3 run.py demo" in done.stdout


def test_an_older_python_is_told_what_is_needed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 18))
    with pytest.raises(SystemExit, match=r"Python 3\.11 trở lên; lệnh này đang chạy bằng Python 3\.9\.18"):
        run.main(["demo"])


def test_a_python_without_venv_is_told_what_to_install(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    run.UNFINISHED.touch()
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.make_environment()
