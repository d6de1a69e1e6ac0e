"""Whole logs: total costs as known for real logs beside the checkout, and for a small one of our own."""

from collections import Counter
from pathlib import Path

import pytest

from chuan.formats.xes import read_traces
from chuan.reading.models import read_ptree
from chuan.rules.conformance import Automaton, align, align_costs, cheapest_run, deviations, fitness
from chuan.rules.procedure.compile import compile_tree
from chuan.rules.processtree import parse_ptree
from tests.rules.model_oracle import slow_cost

REAL_LOGS = Path(__file__).resolve().parents[3] / "shared" / "logs"

KNOWN = {
    "bpic2020_DomesticDeclarations": 6129,
    "bpic2020_RequestForPayment": 5111,
    "receipt": 2465,
    "roadtraffic-one-per-variant": 74,
    "sepsis-one-per-variant": 519,
}

PERMIT = """
->( 'Tiếp nhận', *( 'Kiểm tra', 'Yêu cầu bổ sung' ),
    +( 'Thẩm định', X( tau, ->( 'Gửi lấy ý kiến', 'Nhận ý kiến' ) ) ),
    X( ->( 'Trình ký', 'Ký' ), 'Từ chối' ), 'Trả kết quả' )
"""
OURS = {  # n nhận, k kiểm tra, b bổ sung, t thẩm định, g gửi, y ý kiến, i trình, s ký, x từ chối, r trả: times, cost
    "nktisr": (40, 0),
    "nkbktisr": (9, 0),
    "nkgtyisr": (7, 0),
    "nktgyxr": (3, 0),
    "ntisr": (12, 1),
    "nktsr": (5, 1),
    "nkktisr": (4, 1),
    "nktisrr": (2, 1),
    "nktsir": (2, 2),
    "nkytgisr": (1, 2),
    "tnkisr": (1, 2),
    "nkt": (3, 2),
    "nk?tisxr": (1, 2),
    "r": (1, 4),
}
WORDS = {
    "n": "Tiếp nhận",
    "k": "Kiểm tra",
    "b": "Yêu cầu bổ sung",
    "t": "Thẩm định",
    "g": "Gửi lấy ý kiến",
    "y": "Nhận ý kiến",
    "i": "Trình ký",
    "s": "Ký",
    "x": "Từ chối",
    "r": "Trả kết quả",
}


def labelled(model: Automaton, activities: tuple[str, ...]) -> tuple[int, ...]:
    index = {label: number for number, label in enumerate(model.labels)}
    return tuple(index.get(activity, -1) for activity in activities)


def test_a_small_log_of_our_own_costs_what_a_slow_search_says() -> None:
    tree = parse_ptree(PERMIT)
    model = compile_tree(tree)
    ways = {way: tuple(WORDS.get(letter, "Khác") for letter in way) for way in OURS}
    found = dict(zip(OURS, align_costs(model, [labelled(model, ways[way]) for way in OURS]), strict=True))
    assert found == {way: cost for way, (_, cost) in OURS.items()}
    assert found == {way: slow_cost(tree, ways[way]) for way in OURS}
    assert sum(times * found[way] for way, (times, _) in OURS.items()) == 43
    cheapest = cheapest_run(model)
    mean = sum(times * fitness(found[way], len(way), cheapest) for way, (times, _) in OURS.items()) / 91
    assert cheapest == 5
    assert round(mean, 4) == 0.9509


def test_an_endless_dossier_is_aligned_too() -> None:
    model = compile_tree(parse_ptree("->( 'a', 'b', 'c', 'd' )"))
    trace = (0, *(1, 2) * 10_000, 3)
    (alignment,) = align(model, [trace])
    assert alignment.cost == 20_000 - 2
    assert Counter(str(one.kind) for one in deviations(alignment.moves)) == {"repeated": 19_998}


@pytest.mark.skipif(not REAL_LOGS.is_dir(), reason=f"the real logs are not beside the checkout ({REAL_LOGS})")
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_real_logs_have_their_known_cost(name: str) -> None:
    model = compile_tree(read_ptree((REAL_LOGS / "models" / f"{name}.ptree").read_bytes()))
    cases = Counter(
        labelled(model, tuple(event["concept:name"] for event in trace.events))
        for trace in read_traces(REAL_LOGS / f"{name}.xes.gz")
    )
    found = dict(zip(cases, align_costs(model, list(cases)), strict=True))
    assert sum(times * found[way] for way, times in cases.items()) == KNOWN[name]
    assert [one.cost for one in align(model, list(cases))] == list(found.values())
