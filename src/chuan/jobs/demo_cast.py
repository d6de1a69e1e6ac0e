"""The demo's organisation as data, and the people who may sign in to it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo account as the terminal and the sign-in page show it."""

    username: str
    password: str
    about: str


@cache
def organisation() -> dict[str, Any]:
    """Return `data/demo/organisation.toml`; its head says what stands in it."""
    return tomllib.loads((files("chuan.data.demo") / "organisation.toml").read_text(encoding="utf-8"))


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the accounts offered to visitors, at least one of each role, the administrator first."""
    data = organisation()
    people = [data["province"], *(person for agency in data["agency"] for person in agency["people"])]
    return tuple(
        DemoAccount(person["username"], data["password"], person["about"]) for person in people if "about" in person
    )
