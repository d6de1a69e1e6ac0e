"""What came from elsewhere is what VENDORED.md says."""

import hashlib
import re
from pathlib import Path

from django.contrib.staticfiles import finders

HERE = Path(str(finders.find("chuan/VENDORED.md"))).parent
SUMS = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (HERE / "VENDORED.md").read_text(), re.MULTILINE))


def test_every_vendored_file_has_the_checksum_on_record() -> None:
    found = {
        path for folder in ("vendor", "fonts") for path in (HERE / folder).iterdir() if path.suffix in {".js", ".woff2"}
    }
    actual = {hashlib.sha256(path.read_bytes()).hexdigest(): str(path.relative_to(HERE)) for path in found}
    assert actual == SUMS
