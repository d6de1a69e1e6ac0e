"""Benchmark `figures`: what the pages of figures cost an agency with 20,000 dossiers among 200,000.

    python bench/figures.py [--rows small] [--rounds R] [--data DIR]

The database is that of `lists.py` (a new SQLite file, or the empty one that DATABASE_URL names). Then all dossiers of
the busy agency go to one procedure, the worst case, with what judging would have written: columns, and the weeks of
its seven steps with one visit of each in every dossier. Printed: queries beside those of signing in, the median CPU of
a request (as in `lists.py`) and the size of the answer. Gates: at most 10 queries, at most 1.5 s CPU.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import lists

MOST_QUERIES, MOST_SECONDS = 10, 1.5
WARMING = 2
YEAR = "2026"
KEYS = [f"B{place}" for place in range(1, 8)]
STEPS = [
    {"no": key, "title": f"Bước {key}", "role": "Công chức", "time": 1, "time_unit": "working_day"} for key in KEYS
]


def main() -> int:
    """Run the benchmark; 1 when a gate was missed."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="chuan-figures-") as scratch:
        lists.set_up(asked.data or Path(scratch))
        province = import_module("lists_province")
        size = province.SMALL if asked.rows == "small" else province.FULL
        province.fill(size)
        version = judge()
        lists.analyse()
        print(f"N = {size}; {sizes(version)}; {lists.versions()}; CPU ms, median of {asked.rounds}")
        missed = [page for page in pages(version) if not held(*page, asked.rounds)]
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", choices=("small", "full"), default="full")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--data", type=Path, help="keep the data in this directory, and use what is there")
    return parser.parse_args()


def judge() -> Any:
    """Write what judging the dossiers of the busy agency by one version would have written; return the version."""
    from django.db import transaction
    from django.db.models import Case, F, Value, When
    from django.db.models.functions import Mod

    from chuan.analytics.findings.models import ProcedureReading, StepWeek
    from chuan.analytics.logs.models import LoggedDossier
    from chuan.quality.models import ProcedureVersion

    agency = import_module("lists_province").busy()
    leading = ProcedureReading.objects.within(agency).filter(leads=True).select_related("version__procedure")
    version = leading.order_by("pk")[0].version
    rows = LoggedDossier.objects.within(agency)
    written = {"name_vi": "Thủ tục thử", "variants": [{"steps": STEPS}]}
    ProcedureVersion.objects.within(agency).filter(pk=version.pk).update(content=written)
    third = Mod(F("id"), Value(3))
    pace = Case(When(third=0, then=Value("longer")), When(third=1, then=Value("equal")), default=Value("shorter"))
    with transaction.atomic():
        rows.annotate(third=third).update(
            version=version,
            procedure=version.procedure,
            worked_seconds=Mod(F("id") * 37, Value(200_000)) + 3600,
            supplements=Case(When(third=0, then=Value(1)), default=Value(0)),
            pace=pace,
        )
        StepWeek.objects.within(agency).filter(version=version).delete()
        weeks = list(made_weeks(rows.values_list("pk", "received_at")))
        StepWeek.objects.add_many(
            StepWeek(agency=agency, version=version, week=week, content=content) for week, content in weeks
        )
    return version


def made_weeks(dossiers: Any) -> Iterator[tuple[date, list[dict[str, Any]]]]:
    """Yield the weeks in which every step of every dossier was done, a day after the one before."""
    random = Random(import_module("lists_province").SEED)  # noqa: S311 - the same times for the same numbers
    found: dict[date, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for number, received in dossiers:
        for place, key in enumerate(KEYS):
            day = received.date() + timedelta(days=place)
            minutes = round(random.expovariate(1 / 300), 1)
            done = [number, day.weekday(), minutes, round(minutes / 2, 1), int(minutes > 480)]
            found[day - timedelta(days=day.weekday())][key].append(done)
    for week, steps in sorted(found.items()):
        yield week, [{"variant": "", "step": key, "limit": 480, "done": done} for key, done in steps.items()]


def sizes(version: Any) -> str:
    """Return how much there is: dossiers, visits of steps, weeks, and how long their JSON is."""
    from chuan.analytics.findings.models import StepWeek
    from chuan.analytics.logs.models import LoggedDossier

    agency = version.procedure.agency
    weeks = list(StepWeek.objects.within(agency).filter(version=version))
    visits = sum(len(step["done"]) for week in weeks for step in week.content)
    length = sum(len(json.dumps(week.content, separators=(",", ":"))) for week in weeks)
    dossiers = LoggedDossier.objects.within(agency).count()
    return f"agency: {dossiers:,} dossiers, {visits:,} visits in {len(weeks)} weeks, {length / 1e6:.1f} MB"


def pages(version: Any) -> list[tuple[str, str, dict[str, str]]]:
    """Return (what is measured, name of the page, its query)."""
    from chuan.analytics.figures.queries import days_of_steps
    from chuan.kernel.actor import machine

    procedure, number = version.procedure.key, str(version.number)
    span = days_of_steps(machine("bench", import_module("lists_province").NOW), version)
    week = span[1] - timedelta(days=70) if span else date.min
    cell = {"qt": procedure, "lan": number, "buoc": "B1", "tuan": week.isoformat()}
    return [
        ("indices, all time", "indices", {}),
        ("indices, a year", "indices", {"ky": YEAR}),
        ("indices, a quarter of a procedure", "indices", {"ky": "2026-Q3", "qt": procedure}),
        ("indices as Excel", "indices_export", {"ky": YEAR}),
        ("heat map, a year", "heat_map", {"ky": YEAR, "qt": procedure}),
        ("heat map, all time", "heat_map", {"qt": procedure}),
        ("heat map as Excel", "heat_map_export", {"ky": YEAR, "qt": procedure}),
        ("where time goes, a year", "where_time_goes", {"ky": YEAR, "qt": procedure}),
        ("list behind a cell", "dossiers", cell),
        ("list behind an index", "dossiers", {"tinh-trang": "buoc-dai-hon", "ky": YEAR}),
    ]


def held(what: str, name: str, query: dict[str, str], rounds: int) -> bool:
    """Measure a page and print it; return whether its gates hold."""
    from django.urls import reverse

    client = lists.client_of(lists.SECRETARY)
    url = f"{reverse(name)}?{urlencode(query)}"
    spent = []
    for turn in range(WARMING + rounds):
        before = lists.cpu()
        answer = client.get(url)
        after = lists.cpu()
        assert answer.status_code == 200, url
        if turn >= WARMING:
            spent.append(after - before)
    with lists.counted() as signing_in:
        client.get("/nothing/")
    with lists.counted() as seen:
        client.get(url)
    seconds, own = statistics.median(spent), len(seen) - len(signing_in)
    holds = own <= MOST_QUERIES and seconds <= MOST_SECONDS
    kilobytes = len(answer.content) / 1000
    print(
        f"{what:34} {own:3} +{len(signing_in)} {1000 * seconds:8.0f} {kilobytes:7.0f} kB {'ok' if holds else 'MISSED'}"
    )
    return holds


if __name__ == "__main__":
    sys.exit(main())
