"""The data directory: everything an installation owns (database, files, key, mark of a demo) lies in one folder."""

import os
import secrets
from pathlib import Path

DEMO, REAL = "demo", "real"


def data_directory() -> Path:
    """Return the folder named by CHUAN_DATA (default ./var), made if absent, readable by its owner only."""
    path = Path(os.environ.get("CHUAN_DATA") or "var").resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """Return the signing key of the installation, made once (0600). Two processes starting together agree on one."""
    path = directory / "secret_key"
    if not path.exists():
        draft = directory / f"secret_key.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # fails when another process was first: then its key counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def kind(directory: Path) -> str | None:
    """Return "demo" or "real" as marked in the directory, or None when it was never begun."""
    path = directory / "kind"
    return path.read_text().strip() if path.exists() else None


def mark(directory: Path, wanted: str) -> None:
    """Mark an unmarked directory as "demo" or "real"; a marked one never changes (ValueError)."""
    found = kind(directory)
    if found is None:
        (directory / "kind").write_text(wanted + "\n")
    elif found != wanted:
        raise ValueError(f"{directory} is marked {found!r} and cannot become {wanted!r}")
