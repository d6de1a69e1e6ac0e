"""Benchmark `lists`: what the list pages cost with 500 agencies, 50,000 procedures and 200,000 dossiers.

    python bench/lists.py [--rows small] [--rounds R] [--only NAME] [--data DIR]

The database is a new SQLite file, or the empty one that DATABASE_URL names (PostgreSQL). Each list is asked for as a
fitting member through django.test.Client in this process, in turn with a bare Django ListView of the same rows, order
and columns behind the sign-in of Django's start project (`bare_lists.py`). Printed: queries at few rows and at all
(with those of signing in, and beside them), the median CPU of a request (of this process, and of the PostgreSQL process
that serves it), and the ratio to the bare list. Gates: at most 10 queries, no more with many rows, at most 1.5 times.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

MOST_QUERIES, MOST_RATIO = 10, 1.5
WARMING = 4
SECRETARY, INSPECTOR, ADMINISTRATOR = "cq1-0", "cq2-1", "khanh"


@dataclass(frozen=True)
class Listed:
    """A list page: its name, the member who asks, what stands in its address, and the bare list it is held against."""

    name: str
    member: str
    keys: tuple[str, ...] = ()
    query: str = ""
    bare: str = ""

    def __str__(self) -> str:
        return self.bare or self.name + self.query


LISTS = (
    Listed("procedures", SECRETARY),
    Listed("agencies_procedures", INSPECTOR),
    Listed("adoptable_procedures", SECRETARY),
    Listed("coverage", SECRETARY, ("cq1",)),
    Listed("agencies_coverage", INSPECTOR),
    Listed("services", SECRETARY),
    Listed("my_dossiers", SECRETARY, query="?xem=co-quan", bare="my_dossiers"),
    Listed("dossiers", SECRETARY),
    Listed("realities", SECRETARY),
    Listed("reality_agencies", INSPECTOR),
    Listed("log_sources", SECRETARY),
    Listed("log_source", SECRETARY, ("source",)),
    Listed("improvements", SECRETARY),
    Listed("import_batch", SECRETARY, ("batch",)),
    Listed("instruments", SECRETARY),
    Listed("agencies", ADMINISTRATOR),
    Listed("people", SECRETARY),
    Listed("people", ADMINISTRATOR, bare="all_people"),
    Listed("positions", ADMINISTRATOR),
    Listed("accounts", ADMINISTRATOR),
    Listed("trail", ADMINISTRATOR),
)


@dataclass(frozen=True)
class Found:
    """What a list cost: queries of signing in, of the whole request with few and with all rows; CPU in ms."""

    listed: Listed
    signing_in: int
    few: int
    all: int
    ours: float
    bare: float
    bare_queries: int

    @property
    def ratio(self) -> float:
        """Return ours : bare."""
        return self.ours / self.bare

    @property
    def holds(self) -> bool:
        """Return whether all gates hold."""
        return self.all - self.signing_in <= MOST_QUERIES and self.all <= self.few and self.ratio <= MOST_RATIO

    def __str__(self) -> str:
        own = self.all - self.signing_in
        grows = "" if self.all <= self.few else f" GROW from {self.few}"
        return (
            f"{self.listed!s:22} {self.listed.member:7} {own:3} +{self.signing_in} ={self.all:3}  {self.ours:7.2f} "
            f"{self.bare:7.2f} ({self.bare_queries:2})  {self.ratio:5.2f}  {'ok' if self.holds else 'MISSED'}{grows}"
        )


def main() -> int:
    """Run the benchmark; 1 when a gate was missed."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="chuan-lists-") as scratch:
        set_up(asked.data or Path(scratch))
        return run(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", choices=("small", "full"), default="full")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="one list")
    parser.add_argument("--data", type=Path, help="keep the data in this directory, and use what is there")
    return parser.parse_args()


def set_up(data: Path) -> None:
    """Start Django on the data directory, with the bare lists beside the application, and make the tables."""
    os.environ |= {"CHUAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "chuan.config.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.template import engines

    from chuan.config import urls

    plain = import_module("bare_lists")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    urls.urlpatterns.extend(plain.urlpatterns)
    settings.TEMPLATES.append(plain.templates())
    settings.ALLOWED_HOSTS.append("testserver")
    vars(engines).pop("templates", None)  # read again with the plain ones
    vars(engines)["_engines"] = {}


def run(asked: argparse.Namespace) -> int:
    """Fill the database in two steps, count and time, print; return 1 when a gate was missed."""
    province = import_module("lists_province")
    lists = [one for one in LISTS if asked.only in ("", one.name, str(one))]
    size = province.SMALL if asked.rows == "small" else province.FULL
    began = time.perf_counter()
    province.fill(province.FEW)
    few = {one: queries(one) for one in lists}
    province.fill(size)
    analyse()
    print(f"N = {size}; loaded in {time.perf_counter() - began:.0f} s")
    print(f"Python {platform.python_version()}, {versions()}, {platform.machine()}, {os.cpu_count()} cores")
    print(
        f"CPU ms per request, median of {asked.rounds}; queries: page + signing in = all; of the bare list in brackets"
    )
    print(f"{'list':22} {'member':7} queries       ours    bare        ratio  gates")
    missed = 0
    for one in lists:
        found = measured(one, few[one], asked.rounds)
        missed += not found.holds
        print(found, flush=True)
    print(f"{missed} of {len(lists)} lists miss a gate" if missed else f"all gates hold: {len(lists)} lists")
    return int(missed > 0)


def versions() -> str:
    """Return the versions of Django and of the database."""
    import django
    from django.db import connection

    number = "select sqlite_version()" if connection.vendor == "sqlite" else "show server_version"
    with connection.cursor() as cursor:
        cursor.execute(number)
        return f"Django {django.__version__}, {connection.display_name} {cursor.fetchone()[0]}"


def analyse() -> None:
    """Let the database gather its statistics, as both do by themselves after a while (PRAGMA optimize, autovacuum)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def client_of(username: str, *, plain: bool = False) -> "Client":
    """Return a client in which the account is signed in, with our middleware or that of the start project."""
    from django.test import Client, override_settings
    from django.urls import reverse

    province, bare = import_module("lists_province"), import_module("bare_lists")
    client = Client()
    client.force_login(province.account(username))
    with override_settings(**({"MIDDLEWARE": bare.MIDDLEWARE} if plain else {})):
        client.get(reverse("plain_services", args=[0]))  # the chain of middleware is built at the first request
    return client


def address(one: Listed, *, plain: bool = False) -> str:
    """Return the address of the list, or of the bare one."""
    from django.urls import reverse

    province = import_module("lists_province")
    if plain:
        return reverse(f"plain_{one.bare or one.name}", args=[province.busy().pk])
    return reverse(one.name, args=[province.key(key) for key in one.keys]) + one.query


def queries(one: Listed, url: str = "", *, plain: bool = False) -> int:
    """Return how many queries a request for the list (or for `url`) runs."""
    client, url = client_of(one.member, plain=plain), url or address(one, plain=plain)
    client.get(url)
    with counted() as seen:
        assert client.get(url).status_code == 200, url
    return len(seen)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Gather the queries that are run meanwhile."""
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


def measured(one: Listed, few: int, rounds: int) -> Found:
    """Return the cost of a list, ours and bare in turn."""
    ours, plain = (client_of(one.member), address(one)), (client_of(one.member, plain=True), address(one, plain=True))
    spent: dict[str, list[float]] = {"ours": [], "plain": []}
    for turn in range(WARMING + rounds):
        for name, (client, url) in (("ours", ours), ("plain", plain)):
            before = cpu()
            response = client.get(url)
            after = cpu()
            assert response.status_code == 200, url
            if turn >= WARMING:
                spent[name].append(1000 * (after - before))
    return Found(
        listed=one,
        signing_in=queries(one, "/nothing/"),
        few=few,
        all=queries(one),
        ours=statistics.median(spent["ours"]),
        bare=statistics.median(spent["plain"]),
        bare_queries=queries(one, plain=True),
    )


def cpu() -> float:
    """Return the CPU seconds of this process, and of the PostgreSQL process that serves it (when on this machine)."""
    from django.db import connection

    seconds = time.process_time()
    served = getattr(getattr(connection.connection, "info", None), "backend_pid", None)
    schedule = Path(f"/proc/{served}/schedstat")
    if served and schedule.exists():
        seconds += int(schedule.read_text(encoding="ascii").split()[0]) / 1e9
    return seconds


if __name__ == "__main__":
    sys.exit(main())
