"""What is in the repository, for the tests that look at all of it."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "chuan"


@cache
def committed() -> tuple[Path, ...]:
    """Return the files under version control that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def python_files() -> tuple[Path, ...]:
    """Return the committed Python files except migrations, which Django writes."""
    return tuple(path for path in committed() if path.suffix == ".py" and "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """Return the path from the root, for messages."""
    return path.relative_to(ROOT).as_posix()
