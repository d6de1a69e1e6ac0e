"""XES logs: traces and events out; entities, bombs and broken files refused."""

import gzip
from pathlib import Path

import pytest

from chuan.formats.xes import read_traces
from chuan.text.messages import LANGUAGES, BadInput

EVENT = (
    '<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="2025-11-05T08:00:00"/></event>'
)


def log(traces: str, before: str = "", prefix: str = "") -> bytes:
    body = f'<log xes.version="1.0">{traces}</log>'
    if prefix:
        body = body.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:").replace(f"<{prefix}:/", "</")
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}{body}'.encode()


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "log.xes"
    path.write_bytes(data)
    return path


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_traces(saved(tmp_path, data))
    assert all(caught.value.message.text(language) for language in LANGUAGES)
    return caught.value.message.code


def test_attributes_of_traces_and_events_are_read_and_nothing_else(tmp_path: Path) -> None:
    traces = read_traces(
        saved(
            tmp_path,
            log(
                '<global scope="event"><string key="concept:name" value="default"/></global>'
                '<string key="source" value="x"><string key="nested" value="y"/></string>'
                '<trace><string key="concept:name" value="H1"/>'
                '<event><string key="concept:name" value="A"><string key="meta" value="deep"/></string>'
                '<list key="l"><string key="inside" value="z"/></list></event>'
                '<float key="cost" value="1.5"/></trace><event><string key="stray" value="s"/></event>'
            ),
        )
    )
    assert [(trace.attributes, trace.events) for trace in traces] == [
        ({"concept:name": "H1", "cost": "1.5"}, [{"concept:name": "A"}])
    ]


def test_a_packed_log_and_a_prefixed_log_are_the_same_log(tmp_path: Path) -> None:
    traces = f'<trace><string key="concept:name" value="H1"/>{EVENT.format(name="A")}</trace>'
    plain = read_traces(saved(tmp_path, log(traces)))
    assert plain == read_traces(saved(tmp_path, gzip.compress(log(traces))))
    assert plain == read_traces(saved(tmp_path, log(traces, prefix="x")))


def test_other_encodings_than_utf_8_are_read(tmp_path: Path) -> None:
    text = log(f"<trace>{EVENT.format(name='Thẩm định')}</trace>").decode().replace("UTF-8", "UTF-16")
    assert read_traces(saved(tmp_path, text.encode("utf-16")))[0].events[0]["concept:name"] == "Thẩm định"


def test_progress_counts_bytes_up_to_the_size(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    data = log(f"<trace>{EVENT.format(name='A') * 5000}</trace>")
    read_traces(saved(tmp_path, data), lambda *done: told.append(done))
    assert told[-1] == (len(data), len(data))
    assert len(told) > 1


ENTITIES = '<!DOCTYPE log [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE log [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
OUTSIDE = '<!DOCTYPE log SYSTEM "http://example.org/x.dtd">'


@pytest.mark.parametrize("doctype", [ENTITIES, EXTERNAL, OUTSIDE])
def test_entities_are_refused_before_any_is_expanded(tmp_path: Path, doctype: str) -> None:
    assert refusal(tmp_path, log("<trace>&b;</trace>", doctype)) == "xes.doctype"


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, gzip.compress(log(" " * 60_000_000))) == "xes.too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xes.empty"),
        (b"<bpmn/>", "xes.not_xes"),
        (b"<log><trace>", "xes.broken"),
        (b"not xml", "xes.broken"),
        (gzip.compress(log("<trace/>"), mtime=0)[:-12], "xes.broken_gzip"),
        (b"\x1f\x8b\x00 nonsense", "xes.broken_gzip"),
    ],
)
def test_what_is_no_xes_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal(tmp_path, data) == code
