"""How the handling of dossiers is scored: nine indices (TT 01/2018/TT-VPCP), the set of 766/QĐ-TTg (facts 3.10, 3.11).

What an index is called, its formula in words, points, target, source and validity are data
(`data/one_stop/indices.toml`). Counting is somebody else's: `evaluate` is handed what was counted. Missing data is not
zero: an index that nothing feeds has no value, and a total is of those that are fed. Exact Fractions throughout; a
score is rounded half up to as many places as its text says, and a total is the sum of the rounded scores.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import floor
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["points", "share", "mean"]


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Vietnamese and in English."""

    vi: str
    en: str

    def of(self, language: str) -> str:
        """Return the words in `language`."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank, held from `points` on."""

    points: Fraction
    name: Words


@dataclass(frozen=True, slots=True)
class Group:
    """Indices that together earn at most `most` points."""

    name: Words
    most: Fraction


@dataclass(frozen=True, slots=True)
class IndexSet:
    """A set of indices with its text. `places`: decimals of a score; `ranks`: best first."""

    key: str
    name: Words
    source: str
    valid_from: date
    replaced_by: str
    replaced_on: date | None
    confidence: str
    note: Words
    places: int
    ranks: tuple[Rank, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """One index. `fed_by` names the tally that feeds it, "" when records of dossiers cannot: `needs` says what would.

    `points` by level for the kind "points"; `most` and `target` (percent) for "share", None where there is none.
    """

    code: str
    of: IndexSet
    group: Group | None
    kind: Kind
    name: Words
    formula: Words
    article: str
    confidence: str
    ours: Words
    needs: Words
    fed_by: str = ""
    points: Mapping[str, int] = field(default_factory=dict, hash=False)
    most: Fraction | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """How many dossiers (or agencies) are of which level: {"shorter": 3, "longer": 1}."""

    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Mean:
    """A sum over so many things."""

    total: Fraction
    count: int


Tally: TypeAlias = Levels | Share | Mean


@dataclass(frozen=True, slots=True)
class Value:
    """What an index came to: `part` over `whole` (points over dossiers, part over whole, sum over count).

    `value` is their exact quotient, None where nothing feeds the index; `score` the points earned out of `most`,
    rounded as the text says, None where it earns none.
    """

    index: Index
    part: Fraction
    whole: int
    value: Fraction | None
    score: Fraction | None
    most: Fraction | None

    @property
    def is_fed(self) -> bool:
        """Whether there is anything to count."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the scores of what is fed, out of `most`; `fed` of the `scored` indices of the set.

    `rank` only when all of the set is fed: the ranks are meant for the whole.
    """

    score: Fraction
    most: Fraction
    fed: int
    scored: int
    rank: Rank | None


def evaluate(index: Index, tally: Tally | None) -> Value:
    """Return what `index` comes to. Raises ValueError when the tally is of another kind or level than the index."""
    if tally is None:
        return Value(index, Fraction(0), 0, None, None, None)
    part, whole = _counted(index, tally)
    if not whole:
        return Value(index, Fraction(0), 0, None, None, None)
    value = part / whole
    score, most = _score(index, value)
    return Value(index, part, whole, value, None if score is None else rounded(score, index.of.places), most)


def _counted(index: Index, tally: Tally) -> tuple[Fraction, int]:
    match index.kind, tally:
        case "points", Levels(counts):
            if strange := set(counts) - set(index.points):
                raise ValueError(f"{index.of.key} {index.code} knows no level {', '.join(sorted(strange))}")
            return Fraction(sum(index.points[level] * count for level, count in counts.items())), sum(counts.values())
        case "share", Share(part, whole):
            return Fraction(part), whole
        case "mean", Mean(total, count):
            return total, count
    raise ValueError(f"{index.of.key} {index.code} is of the kind {index.kind}, not {type(tally).__name__}")


def _score(index: Index, value: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Return the points and how many there could be. At the target all of them; below, their part of the way there."""
    if index.kind == "points":
        return value, Fraction(max(index.points.values()))
    if index.kind == "mean" or index.most is None:
        return None, None
    goal = Fraction(index.target or 100, 100)
    return min(value / goal, Fraction(1)) * index.most, index.most


def rounded(value: Fraction, places: int) -> Fraction:
    """Return `value` (≥ 0) rounded half up to so many decimals."""
    scale = 10**places
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


def total(values: Iterable[Value], of: IndexSet) -> Total:
    """Return the sum over those of `values` that belong to the set and are fed."""
    mine = [one for one in values if one.index.of == of]
    scored = [one for one in mine if one.score is not None]
    score = sum((one.score for one in scored if one.score is not None), Fraction(0))
    most = sum((one.most for one in scored if one.most is not None), Fraction(0))
    could = sum(one.index.kind != "mean" for one in mine)
    whole = bool(mine) and all(one.is_fed for one in mine if one.index.kind != "mean")
    return Total(score, most, len(scored), could, rank_of(score, of) if whole else None)


def rank_of(score: Fraction, of: IndexSet) -> Rank | None:
    """Return the best rank that `score` reaches, None below all of them."""
    return next((rank for rank in of.ranks if score >= rank.points), None)


@cache
def sets() -> Mapping[str, IndexSet]:
    """Return the sets by key."""
    return {key: _set(key, said) for key, said in _table()["sets"].items()}


@cache
def indices() -> tuple[Index, ...]:
    """Return all indices, in the order of the file: those that records of dossiers feed come first."""
    return tuple(_index(said) for said in _table()["index"])


def _table() -> dict[str, Any]:
    return tomllib.loads((files("chuan.data") / "one_stop" / "indices.toml").read_text(encoding="utf-8"))


def _set(key: str, said: Mapping[str, Any]) -> IndexSet:
    return IndexSet(
        key=key,
        name=_words(said),
        source=said["source"],
        valid_from=said["valid_from"],
        replaced_by=said.get("replaced_by", ""),
        replaced_on=said.get("replaced_on"),
        confidence=said["confidence"],
        note=_words(said, "note_"),
        places=said["places"],
        ranks=tuple(Rank(Fraction(one["from"]), _words(one)) for one in said["ranks"]),
        groups=tuple(Group(_words(one), Fraction(one["most"])) for one in said.get("groups", ())),
    )


def _index(said: Mapping[str, Any]) -> Index:
    of = sets()[said["set"]]
    return Index(
        code=said["code"],
        of=of,
        group=of.groups[said["group"]] if "group" in said else None,
        kind=said["kind"],
        name=_words(said),
        formula=_words(said, "formula_"),
        article=said["article"],
        confidence=said["confidence"],
        ours=_words(said, "ours_"),
        needs=_words(said, "needs_"),
        fed_by=said.get("fed_by", ""),
        points=said.get("points", {}),
        most=Fraction(said["most"]) if "most" in said else None,
        target=said.get("target"),
    )


def _words(said: Mapping[str, Any], prefix: str = "") -> Words:
    return Words(said.get(f"{prefix}vi", ""), said.get(f"{prefix}en", ""))
