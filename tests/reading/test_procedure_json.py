"""JSON in the shape of the published procedures goes in and comes out the same."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.reading.procedure_json import from_json, picked, read_json, to_json
from chuan.rules.procedure.structure import (
    Component,
    Doubt,
    Form,
    KeptRecord,
    Limit,
    Link,
    Procedure,
    Step,
    TimeUnit,
    Variant,
)
from chuan.text.messages import BadInput, message
from chuan.text.vietnamese import clean

PUBLISHED = Path(__file__).parents[3] / "shared" / "domain" / "procedures.json"

words = st.text("aăâđêôơư Áỵ1.;→", max_size=12).map(clean)
some = words.filter(bool)
amounts = st.one_of(
    st.integers(0, 500).map(Fraction),
    st.fractions(min_value=0, max_value=300, max_denominator=5000),
    st.sampled_from([Fraction("0.333333"), Fraction(1, 3), Fraction("0.25")]),
)
limits = st.builds(Limit, amounts, st.sampled_from(TimeUnit))
doubts = st.lists(
    st.builds(
        Doubt,
        st.one_of(
            st.just(message("procedures.no_total")), words.map(lambda text: message("procedures.noted", text=text))
        ),
        words,
        st.integers(-1, 90),
        words,
    ),
    max_size=2,
).map(tuple)
steps = st.builds(
    Step,
    title=some,
    no=words,
    role=words,
    time=st.none() | limits,
    counted=st.booleans(),
    time_label=words,
    output_or_form=words,
    phase=words,
    note=words,
    budget=words,
    links=st.lists(st.builds(Link, st.none() | some, words), max_size=2).map(tuple),
    parallel=words,
    optional=st.booleans(),
    doubts=doubts,
)
variants = st.builds(Variant, st.lists(steps, max_size=3).map(tuple), some, st.none() | limits)
papers = st.builds(Component, some, words, st.none() | st.integers(0, 9), words, st.booleans(), words)
texts = st.lists(some, max_size=2).map(tuple)
codes = st.sampled_from(["", "1.001193", "1.001193.H61", "2.000908.000.00.00.H61", "1.00", "abc"])
procedures = st.builds(
    Procedure,
    variants=st.lists(variants, max_size=2).map(tuple),
    id=words,
    name=words,
    service_code=codes,
    agency=words,
    issue=words,
    committed=st.none() | limits,
    committed_text=words,
    legal=st.none() | limits,
    legal_text=words,
    definitions=texts,
    channels=texts,
    components=st.lists(papers, max_size=2).map(tuple),
    sets=st.none() | st.integers(0, 9),
    forms=st.lists(st.builds(Form, some, words), max_size=2).map(tuple),
    legal_basis=texts,
    results=texts,
    records=st.lists(st.builds(KeptRecord, some, words, words), max_size=2).map(tuple),
    doubts=doubts,
)


@given(procedures)
def test_what_is_written_is_read_back_the_same(procedure: Procedure) -> None:
    written = json.loads(json.dumps(to_json([procedure]), allow_nan=False))
    assert from_json(written) == (procedure,)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published procedures are not beside this checkout")
def test_the_published_procedures_keep_their_facts() -> None:
    source = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    written = to_json(from_json(source))
    assert written["count"] == source["count"]
    for before, after in zip(source["procedures"], written["procedures"], strict=True):
        assert (before["id"], before["tthc_code"], before["name_vi"]) == (
            after["id"],
            after["tthc_code"],
            after["name_vi"],
        )
        for one, other in zip(before["variants"], after["variants"], strict=True):
            assert one["declared_total_days"] == other["declared_total_days"]
            for step, again in zip(one["steps"], other["steps"], strict=True):
                assert step == {key: again.get(key) for key in step}


def test_only_the_title_of_a_step_is_required() -> None:
    bare: dict[str, Any] = {"variants": [{"steps": [{"title": "Nhận"}, {"title": "Trả", "time": None, "x": 1}]}]}
    for shape in (bare, [bare], {"procedures": [bare], "meta": {}}):
        (procedure,) = from_json(shape)
        assert [(step.title, step.counted, step.time) for step in procedure.variants[0].steps] == [
            ("Nhận", False, None),
            ("Trả", False, None),
        ]


def test_a_rounded_third_is_a_third_and_says_so() -> None:
    step = {"title": "Xem xét", "time": 0.333333, "time_unit": "working_day"}
    (procedure,) = from_json({"variants": [{"steps": [step]}]})
    assert procedure.variants[0].steps[0].time == Limit(Fraction(1, 3), TimeUnit.WORKING_DAY)
    written = to_json([procedure])["procedures"][0]["variants"][0]["steps"][0]
    assert (written["time"], written["time_exact"]) == (0.333333, "1/3")


def test_twelve_clock_hours_are_continuous_hours() -> None:
    source: dict[str, Any] = {"total_time": {"days": 1.5, "unit": "clock_hour_12"}, "variants": []}
    assert from_json(source)[0].committed == Limit(Fraction(12), TimeUnit.HOUR)


def test_one_procedure_is_picked_by_id_code_or_service() -> None:
    both = [
        {"id": "a", "tthc_code_local": "1.001193.H61", "variants": []},
        {"id": "b", "procedure_code": "QT-2", "variants": []},
    ]
    for pick, wanted in (("a", "a"), ("QT-2", "b"), ("1.001193.H61", "a"), ("1.001193", "a")):
        assert [one.id for one in picked(from_json(both), pick)] == [wanted]
    with pytest.raises(BadInput) as refusal:
        picked(from_json(both), "c")
    assert "a, b" in refusal.value.message.text("vi")


def test_unknown_keys_of_a_procedure_are_kept() -> None:
    source: dict[str, Any] = {"variants": [], "province": "Hà Nội", "notes": None}
    assert from_json(source)[0].extra == {"province": "Hà Nội"}
    assert to_json(from_json(source))["procedures"][0]["province"] == "Hà Nội"


def _with(step: dict[str, Any]) -> dict[str, Any]:
    return {"variants": [{"steps": [{"title": "x"} | step]}]}


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (_with({"time": "2"}), "$.variants[0].steps[0].time"),
        (_with({"time": True}), "$.variants[0].steps[0].time"),
        (_with({"time": -1}), "$.variants[0].steps[0].time"),
        (_with({"time": 1, "time_unit": "week"}), "$.variants[0].steps[0].time_unit"),
        (_with({"time": 1, "time_unit": {}}), "$.variants[0].steps[0].time_unit"),
        (_with({"time_exact": "1/0"}), "$.variants[0].steps[0].time_exact"),
        (_with({"counted": "yes"}), "$.variants[0].steps[0].counted"),
        (_with({"role": ["x"]}), "$.variants[0].steps[0].role"),
        (_with({"next": {"to": "B1"}}), "$.variants[0].steps[0].next"),
        ({"variants": [{"steps": [{"no": "B1"}]}]}, "$.variants[0].steps[0]"),
        ({"variants": [{"steps": 3}]}, "$.variants[0].steps"),
        ({"variants": [3]}, "$.variants[0]"),
        ({"procedures": [None]}, "$.procedures[0]"),
        ({"variants": [], "sets": 1.5}, "$.sets"),
        ({"variants": [], "total_time": 3}, "$.total_time"),
    ],
)
def test_a_wrong_type_is_refused_with_its_path(source: object, path: str) -> None:
    with pytest.raises(BadInput) as refusal:
        from_json(source)
    for language in ("vi", "en"):
        assert f"{path}:" in refusal.value.message.text(language)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"nan", b"\xff\xfe{}", b"[" * 100_000, b"3", b"{}", b"[]", b"null", b'"x"']
)
def test_what_is_no_procedure_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_json(data, "a.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["variants", "steps", "title", "time", "time_unit", "next", "to", "doubts", "total_time", "sets"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_read_or_refused_but_never_a_crash(value: object) -> None:
    try:
        found = from_json({"variants": value})
    except BadInput as refusal:
        assert refusal.message.text("en")
    else:
        assert to_json(found)
