"""The addresses of static files change with any of them, so that no browser keeps an old one."""

from pathlib import Path

import pytest

from chuan.config.static_version import static_version


@pytest.mark.parametrize("place", ["web/kit/static/chuan/base.css", "writing/static/diagram.css"])
def test_a_changed_file_of_the_pages_or_the_drawings_changes_the_version(place: str, tmp_path: Path) -> None:
    sheet = tmp_path / place
    sheet.parent.mkdir(parents=True)
    sheet.write_text("a {}")
    before = static_version(tmp_path)
    sheet.write_text("b {}")
    assert static_version(tmp_path) != before
