"""`chuan trail`: what it prints and how it leaves."""

from datetime import timedelta

import pytest

from chuan.cli.trail import print_head, verify
from chuan.trail import queries
from chuan.trail.actions import record
from chuan.trail.chain import Break

from ..cast import NOW

pytestmark = pytest.mark.django_db


def test_a_whole_trail_is_said_to_be_whole(capsys: pytest.CaptureFixture[str]) -> None:
    entry = record("test.do", by="account:an", at=NOW + timedelta(1), subject="thing:1")
    assert print_head("vi") == 0
    assert capsys.readouterr().out.startswith(f"{entry.hash} {entry.seq} 2026-11-17T")
    assert verify(entry.hash, "vi") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Chuỗi dấu vết nguyên vẹn: {entry.seq} mục.",
        f"Mã đầu chuỗi đã giữ bên ngoài khớp với mục số {entry.seq}.",
    ]


def test_a_head_that_is_gone_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify("f" * 64, "en") == 1
    assert "is no longer in the trail" in capsys.readouterr().out


def test_the_first_broken_link_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "broken_link", lambda: Break(7, "changed"))
    assert verify(None, "vi") == 1
    assert "đứt ở mục số 7: nội dung mục này đã bị sửa" in capsys.readouterr().out
