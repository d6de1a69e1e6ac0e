"""The version of the static files: it stands in their addresses, so a browser may keep them for ever."""

import hashlib
from pathlib import Path

import chuan


def static_version(package: Path) -> str:
    """Return a digest of the version and of every static file of the pages of `package`."""
    digest = hashlib.sha256(chuan.__version__.encode())
    for path in sorted([*package.glob("web/*/static/**/*"), *package.glob("writing/static/*")]):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
