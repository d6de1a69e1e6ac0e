"""What the demo's agencies do, from `data/demo/work.toml` and `data/demo/procedures.json`."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.reading.procedure_json import from_json
from chuan.rules.procedure.structure import Procedure


@dataclass(frozen=True, slots=True)
class Work:
    """One procedure of one agency. `dossiers` is how many it gets in the year; 0 for a service without a procedure;
    `legal_time` is what the catalogue of services says beyond the text of the procedure."""

    agency: str
    service: str
    code: str
    content: dict[str, Any]
    dossiers: int
    behaviour: str
    copied_from: str = ""
    expired_basis: bool = False
    legal_time: dict[str, Any] | None = None

    @property
    def of_catalogue(self) -> dict[str, Any]:
        """What the catalogue of public services says."""
        return self.content | ({"legal_time": self.legal_time} if self.legal_time else {})

    @property
    def procedure(self) -> Procedure:
        """The written procedure."""
        return from_json({"procedures": [self.content]})[0]


@dataclass(frozen=True, slots=True)
class Year:
    """The year that is simulated, and its seed."""

    seed: int
    first: date
    last: date


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("chuan.data.demo") / "work.toml").read_text(encoding="utf-8"))


@cache
def _published() -> dict[str, dict[str, Any]]:
    text = (files("chuan.data.demo") / "procedures.json").read_text(encoding="utf-8")
    return {one["id"]: one for one in json.loads(text)["procedures"]}


def province_code() -> str:
    """Return the code of the demo's province."""
    text = (files("chuan.data.demo") / "organisation.toml").read_text(encoding="utf-8")
    code: str = tomllib.loads(text)["province"]["code"]
    return code


def year() -> Year:
    """Return the simulated year."""
    table = _table()
    return Year(table["seed"], table["from"], table["until"])


def works() -> Iterator[Work]:
    """Yield every procedure of every agency, in the order of the file."""
    for entry in _table()["work"]:
        published = _published()[entry["procedure"]]
        service = entry.get("service") or published["tthc_code"]
        for agency in entry["agencies"]:
            yield Work(
                agency=agency,
                service=service,
                code=entry["code"],
                content={**published, "tthc_code": service, "procedure_code": entry["code"]},
                dossiers=entry["dossiers"],
                behaviour=entry.get("behaviour", {}).get(agency, "honest"),
                copied_from=entry.get("copied_from", {}).get(agency, ""),
                expired_basis=agency in entry.get("expired_basis", ()),
                legal_time=entry.get("legal_time"),
            )


def uncovered() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (agency, published facts) of services that are handled without a procedure in force."""
    for entry in _table()["uncovered"]:
        for agency in entry["agencies"]:
            yield agency, _published()[entry["procedure"]]
