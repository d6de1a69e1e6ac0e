"""The import contracts cover the house as it is, and `read` and `check` really start without Django."""

import configparser
import subprocess
import sys

import pytest

from .tree import ROOT, SOURCE

CONTRACTS = configparser.ConfigParser()
CONTRACTS.read(ROOT / ".importlinter", encoding="utf-8")


def words(contract: str, option: str) -> list[str]:
    return CONTRACTS[f"importlinter:contract:{contract}"][option].split()


def rooms() -> set[str]:
    """Every package inside an app that has tables."""
    return {".".join(("chuan", *models.parent.relative_to(SOURCE).parts)) for models in SOURCE.glob("*/*/models.py")}


def test_every_room_with_tables_keeps_the_order_of_its_doors() -> None:
    assert rooms() == set(words("doors", "containers"))


def test_every_app_with_rooms_has_a_contract_of_their_order() -> None:
    ordered = {
        value
        for section in CONTRACTS.sections()
        if CONTRACTS[section].get("exhaustive") == "True"
        for value in CONTRACTS[section]["containers"].split()
    }
    assert {room.rpartition(".")[0] for room in rooms()} <= ordered


def test_every_pure_floor_is_forbidden_django() -> None:
    assert {"checking", "reading", "writing", "formats", "rules", "text", "data"} == {
        module.removeprefix("chuan.") for module in words("pure", "source_modules")
    }


@pytest.mark.real_clock
@pytest.mark.parametrize("module", ["chuan.__main__", "chuan.cli.read", "chuan.cli.check"])
def test_read_and_check_start_without_django_and_heavy_libraries(module: str) -> None:
    script = (
        f"import sys, {module}; found = {{'django', 'duckdb', 'typst', 'docx', 'allauth'}} & set(sys.modules); "
        "sys.exit(', '.join(sorted(found)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
