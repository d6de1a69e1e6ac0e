"""Benchmark `align-real`: exact alignments of real logs, against r4pm `align_variants` and pm4py, in the same run.

    python bench/align_real.py --logs DIR [--pm4py SECONDS] [--rounds R]

DIR holds `NAME.xes.gz` and `models/NAME.ptree`. Needs `pip install r4pm pm4py` (pm4py turns the tree into the net that
both peers search). Every engine works in a process of its own, one log at a time; reading the log and importing are not
timed. Ours is timed from the tree (compiling included), the peers from the finished net. pm4py gets SECONDS per log
(0: it is left out). Costs must be equal per variant before any ratio is printed.
"""

import argparse
import importlib.metadata
import json
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from math import prod
from pathlib import Path
from typing import Any

from chuan.formats.xes import read_traces
from chuan.reading.models import read_ptree
from chuan.rules.conformance import align, align_costs
from chuan.rules.procedure.compile import compile_tree

KNOWN = {
    "bpic2020_DomesticDeclarations": 6129,
    "bpic2020_RequestForPayment": 5111,
    "receipt": 2465,
    "roadtraffic-one-per-variant": 74,
    "sepsis-one-per-variant": 519,
}
GATE_R4PM, GATE_PM4PY = 3.0, 100.0
ENGINES = ("ours", "ours, costs only", "r4pm", "pm4py")
Variant = tuple[str, ...]
Costs = dict[Variant, int]
Work = Callable[[], Costs]


def variants(logs: Path, name: str) -> Counter[Variant]:
    """Return how many cases go each way."""
    traces = read_traces(logs / f"{name}.xes.gz")
    return Counter(tuple(event["concept:name"] for event in trace.events) for trace in traces)


def ours(logs: Path, name: str, *, moves: bool) -> Work:
    """Return our work on one log."""
    tree = read_ptree((logs / "models" / f"{name}.ptree").read_bytes())
    ways = list(variants(logs, name))

    def work() -> Costs:
        model = compile_tree(tree)
        index = {label: number for number, label in enumerate(model.labels)}
        traces = [tuple(index.get(activity, -1) for activity in way) for way in ways]
        found = [one.cost for one in align(model, traces)] if moves else align_costs(model, traces)
        return dict(zip(ways, found, strict=True))

    return work


def net(logs: Path, name: str) -> Any:
    """Return (net, initial marking, final marking) of pm4py for the model."""
    converter = import_module("pm4py.objects.conversion.process_tree.converter")
    notation = import_module("pm4py.objects.process_tree.utils.generic")
    return converter.apply(notation.parse((logs / "models" / f"{name}.ptree").read_text(encoding="utf-8")))


def by_r4pm(logs: Path, name: str) -> Work:
    """Return the work of r4pm on one log."""
    r4pm, bindings = import_module("r4pm"), import_module("r4pm.bindings")
    model = import_module("r4pm.petri_net").from_pm4py(*net(logs, name))
    log = r4pm.import_item("EventLog", str(logs / f"{name}.xes.gz"))
    projection = bindings.log_to_activity_projection(log)

    def work() -> Costs:
        found = bindings.align_variants(model, projection)
        return {tuple(one["activities"]): one["result"]["Ok"]["cost"] for one in found}

    return work


def by_pm4py(logs: Path, name: str) -> Work:
    """Return the work of pm4py on one log: one trace per variant. A deviation costs 10,000 there."""
    algorithm = import_module("pm4py.algo.conformance.alignments.petri_net.algorithm")
    plain = import_module("pm4py.objects.log.obj")
    model = net(logs, name)
    ways = list(variants(logs, name))
    log = plain.EventLog([plain.Trace([plain.Event({"concept:name": one}) for one in way]) for way in ways])
    quiet = {algorithm.Parameters.SHOW_PROGRESS_BAR: False}

    def work() -> Costs:
        found = algorithm.apply_log(log, *model, parameters=quiet)
        return {way: one["cost"] // 10_000 for way, one in zip(ways, found, strict=True)}

    return work


def peak() -> float:
    """Return the most memory that this process had, in MB (getrusage would count the process that started it)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def one(engine: str, logs: Path, name: str, rounds: int) -> dict[str, Any]:
    """Return what one engine found on one log: best CPU and wall seconds, peak memory in MB, costs by variant."""
    if engine.startswith("ours"):
        work = ours(logs, name, moves=engine == "ours")
    else:
        work = (by_r4pm if engine == "r4pm" else by_pm4py)(logs, name)
    cpu, wall, costs = [], [], {}
    for _ in range(1 if engine == "pm4py" else rounds):
        cpu_before, wall_before = time.process_time(), time.perf_counter()
        costs = work()
        cpu.append(time.process_time() - cpu_before)
        wall.append(time.perf_counter() - wall_before)
    return {"cpu": min(cpu), "wall": min(wall), "peak": peak(), "costs": [[*way, cost] for way, cost in costs.items()]}


def apart(engine: str, logs: Path, name: str, rounds: int, limit: float | None) -> dict[str, Any] | None:
    """Run `one` in a process of its own; None when it did not finish within `limit` seconds."""
    command = [sys.executable, __file__, "--logs", str(logs), "--one", engine, name, "--rounds", str(rounds)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    found["costs"] = {tuple(way): cost for *way, cost in found["costs"]}
    return found


def compare(logs: Path, name: str, rounds: int, patience: float) -> dict[str, dict[str, Any]]:
    """Print one log's results and return them by engine. Raises AssertionError where costs differ."""
    count = variants(logs, name)
    events = sum(len(way) * cases for way, cases in count.items())
    print(f"\n{name}: N = {count.total():,} cases, {events:,} events, {len(count):,} variants")
    found: dict[str, dict[str, Any]] = {}
    for engine in ENGINES if patience else ENGINES[:-1]:
        result = apart(engine, logs, name, rounds, patience if engine == "pm4py" else None)
        if result is None:
            print(f"  {engine:18} did not finish in {patience:.0f} s")
            continue
        found[engine] = result
        total = sum(result["costs"][way] * cases for way, cases in count.items())
        assert result["costs"] == found["ours"]["costs"], f"{engine} differs from ours on {name}"
        assert total == KNOWN.get(name, total), f"{name}: cost {total}, known {KNOWN[name]}"
        times = f"cpu {result['cpu']:9.4f} s  wall {result['wall']:9.4f} s  peak {result['peak']:4.0f} MB"
        print(f"  {engine:18} cost {total:6}  {times}", flush=True)
    print("  costs equal for every variant" + (" and to the known total" if name in KNOWN else ""))
    return found


def verdict(
    results: list[dict[str, dict[str, Any]]], engine: str, gate: float | None = None, peer: str = "r4pm"
) -> None:
    """Print how many times less CPU `engine` needs than `peer`, per log and as geometric mean."""
    ratios = [found[peer]["cpu"] / found[engine]["cpu"] for found in results if peer in found]
    if not ratios:
        return
    mean = prod(ratios) ** (1 / len(ratios))
    each = ", ".join(f"{ratio:.1f}x" for ratio in ratios)
    said = "" if gate is None else f"; gate {gate:.0f}x: {'met' if mean >= gate else 'NOT met'}"
    lost = sum(ratio < 1 for ratio in ratios)
    print(f"{engine} against {peer} (CPU): {each}; geometric mean {mean:.1f}x; lost on {lost} of {len(ratios)}{said}")


def main() -> int:
    """Run the benchmark; 0 when all costs were equal, whatever the times."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--logs", type=Path, required=True)
    ask.add_argument("--pm4py", type=float, default=0, metavar="SECONDS")
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--one", nargs=2, metavar=("ENGINE", "NAME"), help="one engine on one log, as JSON")
    chosen = ask.parse_args()
    if chosen.one:
        print(json.dumps(one(chosen.one[0], chosen.logs, chosen.one[1], chosen.rounds)))
        return 0
    versions = ", ".join(f"{peer} {importlib.metadata.version(peer)}" for peer in ("r4pm", "pm4py"))
    print(f"python {platform.python_version()}, {versions}, {platform.machine()}")
    names = sorted(model.stem for model in (chosen.logs / "models").glob("*.ptree"))
    results = [compare(chosen.logs, name, chosen.rounds, chosen.pm4py) for name in names]
    print()
    verdict(results, "ours", GATE_R4PM)
    verdict(results, "ours, costs only")
    verdict(results, "ours", GATE_PM4PY, peer="pm4py")
    return 0


if __name__ == "__main__":
    sys.exit(main())
