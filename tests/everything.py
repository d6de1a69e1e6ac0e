"""`python3 run.py test`: the checks of the code, then all tests, one exit code and one closing line.

With arguments only pytest runs, with these arguments. DATABASE_URL chooses the database; without a Chromium the browser
tests are left out and it is said why, unless CHUAN_REQUIRE_BROWSER=1, which makes that a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree  # read from our own pytest only

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CODE = ("run.py", "src", "tests", "bench")
CHECKS: dict[str, Sequence[str]] = {
    "mypy": ("mypy",),
    "ruff check": ("ruff", "check", *CODE),
    "ruff format": ("ruff", "format", "--check", *CODE),
    "import contracts": ("lint-imports",),
}


USUAL = ("-q", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")


@dataclass
class Count:
    """How many checks and tests ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0


def browser() -> str | None:
    """Return the path of a Chromium, or None."""
    return os.environ.get("CHUAN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def check(item: tuple[str, Sequence[str]]) -> tuple[str, int, str, float]:
    """Run one check of the code: (name, exit code, what it printed, seconds)."""
    name, (program, *arguments) = item
    started = time.monotonic()
    done = subprocess.run([str(BIN / program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return name, done.returncode, done.stdout + done.stderr, time.monotonic() - started


def add_checks(checks: Iterable[tuple[str, int, str, float]], count: Count) -> None:
    """Print how each check ended and what the failing ones say; add their numbers."""
    for name, code, output, seconds in checks:
        print(f"{name}: {'FAILED' if code else 'passed'} ({seconds:.0f} s)", flush=True)
        if code:
            print(output, flush=True)
        count.failed += code != 0
        count.passed += code == 0


def run_tests(arguments: Sequence[str], count: Count) -> int:
    """Run pytest and add its numbers; return its exit code."""
    with tempfile.TemporaryDirectory(prefix="chuan-test-") as place:
        report = Path(place) / "report.xml"
        environment = {**os.environ, "CHUAN_DATA": os.environ.get("CHUAN_DATA", f"{place}/data")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process compiles all our modules for itself
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if report.exists():
            for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314  # our own file
                tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
                failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                count.failed, count.skipped = count.failed + failed, count.skipped + skipped
                count.passed += max(tests - failed - skipped, 0)
    return code


def main(arguments: Sequence[str]) -> int:
    """Return 0 when everything passed."""
    started, count = time.monotonic(), Count()
    chromium = browser()
    if chromium is None:
        print("The browser tests do not run: there is no Chromium here (Debian: apt install chromium).", flush=True)
    with ThreadPoolExecutor(max_workers=1) as beside:  # the tests often wait for a browser or a server
        checks = beside.map(check, () if arguments else CHECKS.items())
        code = run_tests(arguments or USUAL, count)
        add_checks(checks, count)
    if chromium is None and os.environ.get("CHUAN_REQUIRE_BROWSER") == "1":
        print("A browser is required here (CHUAN_REQUIRE_BROWSER=1): install Chromium and run again.", flush=True)
        count.failed += 1
    if code not in (0, 5) and not count.failed:  # 5: no test was chosen
        count.failed += 1
    database = os.environ.get("DATABASE_URL", "").partition(":")[0] or "sqlite"
    print(
        f"{'FAILED' if count.failed else 'All passed'} on {database} in {time.monotonic() - started:.0f} s", flush=True
    )
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped", flush=True)
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
