"""The shipped list of provinces and communes in force since 01/07/2025 (`data/units`)."""

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chuan.text.vietnamese import fold_words


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune: `kind` is "Xã", "Phường" or "Đặc khu"; `name` begins with it."""

    province_code: str
    province: str
    code: str
    name: str
    kind: str


@cache
def communes() -> tuple[CommuneRow, ...]:
    """Return all communes, by province and code."""
    text = (files("chuan.data") / "units" / "units_2025.csv").read_text(encoding="utf-8")
    return tuple(
        CommuneRow(row["province_code"], row["province"], row["ward_code"], row["ward"], row["ward_type"])
        for row in csv.DictReader(io.StringIO(text))
    )


def provinces() -> dict[str, str]:
    """Return the names of the provinces by code."""
    return {row.province_code: row.province for row in communes()}


def communes_of(province: str) -> list[CommuneRow]:
    """Return the communes of the province with this code or name ("42", "Hà Tĩnh", "tinh ha tinh"); [] when unknown."""
    wanted = fold_words(province)
    return [row for row in communes() if wanted == row.province_code or wanted in _names(row.province)]


@cache
def _names(province: str) -> frozenset[str]:
    whole = fold_words(province)
    return frozenset({whole, whole.removeprefix("tinh ").removeprefix("thanh pho ")})
