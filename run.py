#!/usr/bin/env python3
"""Start Chuẩn from a fresh clone with Python 3.11 and nothing else: standard library only.

    python3 run.py demo [--port N] [--data DIR] [--no-serve]    a fictitious province, ready to try
    python3 run.py serve --data DIR [--port N]                  the real thing
    python3 run.py test [pytest arguments]                      every check, then every test
    python3 run.py read|check|backup|restore|upgrade|... ...    every other `chuan` command

The first start makes `.venv` beside this file from the committed requirements, whose hashes are checked; later starts
find its stamp and go straight on. A second copy waits for the first; an interrupted installation is made anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "chuan-stamp.json"
UNFINISHED = ENVIRONMENT / "chuan-unfinished"
RUNTIME = "requirements.txt"
TESTING = "requirements-test.txt"
TOO_OLD = (
    "Chuẩn cần Python 3.11 trở lên; lệnh này đang chạy bằng Python {version}.\n"
    "Hãy cài bản mới hơn (Debian 12: sudo apt install python3 python3-venv) rồi chạy lại: python3.11 run.py ...\n"
    "(Chuẩn needs Python 3.11 or newer.)"
)
NO_VENV = (
    "Python này thiếu mô-đun tạo môi trường (ensurepip).\n"
    "Trên Debian, Ubuntu hãy chạy: sudo apt install python3-venv — rồi chạy lại lệnh này.\n"
    "(This Python lacks ensurepip; install python3-venv.)"
)
NOT_INSTALLED = (
    "Không cài được các gói của Chuẩn (lý do ở các dòng trên). Hãy kiểm tra mạng và dung lượng đĩa rồi chạy lại;\n"
    "lần chạy sau tự dựng lại từ đầu phần còn dở. (Installing the packages failed; run again when mended.)"
)


def digest(name: str) -> str:
    """Return the SHA-256 of a requirements file as hexadecimal text."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what the environment was made of; {} when there is none or its installation is unfinished."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return {}
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def wanted(requirements: str) -> dict[str, str]:
    """Return the part of the stamp that must be there before a command starts."""
    return {"root": str(ROOT), "uv": digest("requirements-uv.txt"), requirements: digest(requirements)}


def is_ready(requirements: str) -> bool:
    """Return whether nothing has to be installed."""
    return wanted(requirements).items() <= read_stamp().items()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of this folder: two copies never install at the same time."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Một bản run.py khác đang cài đặt; đang chờ nó xong ...", file=sys.stderr, flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def call(*command: object) -> None:
    """Run a step of the installation on stderr; leave with a plain sentence when it fails."""
    if subprocess.run([str(part) for part in command], stdout=sys.stderr, check=False).returncode != 0:
        sys.exit(NOT_INSTALLED)


def runs(*arguments: str) -> bool:
    """Return whether the environment's Python can do this."""
    return PYTHON.exists() and subprocess.run([PYTHON, *arguments], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Make an environment with pip. One that was left unfinished, or was moved here, is made anew."""
    moved = read_stamp().get("root", str(ROOT)) != str(ROOT)
    if UNFINISHED.exists() or moved or not runs("-c", ""):
        if importlib.util.find_spec("ensurepip") is None:
            sys.exit(NO_VENV)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        ENVIRONMENT.mkdir()
        UNFINISHED.touch()
        call(getattr(sys, "_base_executable", sys.executable), "-m", "venv", ENVIRONMENT)
    if not runs("-m", "pip", "--version"):
        call(PYTHON, "-m", "ensurepip")


def add_chuan() -> None:
    """Put `src` on the path of the environment and write the `chuan` command."""
    packages = sysconfig.get_path("purelib", "venv", {"base": str(ENVIRONMENT), "platbase": str(ENVIRONMENT)})
    (Path(packages) / "chuan.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = ENVIRONMENT / "bin" / "chuan"
    command.unlink(missing_ok=True)
    command.write_text(f"#!/bin/sh\nexec '{PYTHON}' -m chuan \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)


def install(requirements: str) -> None:
    """Install what `requirements` names, with every hash checked. The stamp comes last: no stamp, not installed."""
    print(f"Đang cài đặt vào {ENVIRONMENT} ...", file=sys.stderr, flush=True)
    started = time.monotonic()
    before = read_stamp()
    make_environment()
    UNFINISHED.touch()
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    call(
        PYTHON,
        "-m",
        "pip",
        "install",
        *quiet,
        "--require-hashes",
        "--only-binary=:all:",
        "-r",
        ROOT / "requirements-uv.txt",
    )
    uv = (ENVIRONMENT / "bin" / "uv", "pip", "install", "--quiet", "--system-certs", "--python", PYTHON)
    call(*uv, "--require-hashes", "--compile-bytecode", "-r", ROOT / requirements)
    add_chuan()
    STAMP.write_text(
        json.dumps({**(before if before.get("root") == str(ROOT) else {}), **wanted(requirements)}), encoding="utf-8"
    )
    UNFINISHED.unlink()
    print(f"Đã cài xong sau {time.monotonic() - started:.1f} giây.", file=sys.stderr, flush=True)


def ensure(requirements: str) -> None:
    """Return with a complete environment."""
    if is_ready(requirements):
        return
    with alone():
        if not is_ready(requirements):
            install(requirements)


def main(arguments: list[str]) -> None:
    """Prepare the environment and become the command."""
    if sys.version_info < (3, 11):
        sys.exit(TOO_OLD.format(version=".".join(map(str, sys.version_info[:3]))))
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        sys.exit(0 if arguments else 2)
    command, *rest = arguments
    testing = command == "test"
    os.environ.setdefault("CHUAN_DEMO_DATA", str(ROOT / "demo-data"))
    ensure(TESTING if testing else RUNTIME)
    script = [str(ROOT / "tests" / "everything.py")] if testing else ["-m", "chuan", command]
    os.execv(PYTHON, [str(PYTHON), *script, *rest])


if __name__ == "__main__":
    main(sys.argv[1:])
