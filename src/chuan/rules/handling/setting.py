"""The numbers that handling is held to, and where they stand (`chuan/data/handling/rules.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.rules.handling.verdicts import Rule
from chuan.rules.procedure.structure import Limit, TimeUnit


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule was read: the texts, the day of the newest one it was seen in, how sure (high, medium).

    `successor` is the text in force that is presumed to hold the rule now, "" when none is known. Unless `checked`
    nobody compared the two, and whoever shows the sources says so. `ours` says what we chose where the texts leave it
    open; "" when nothing was chosen.
    """

    rule: Rule
    sources: tuple[str, ...]
    seen_on: date
    confidence: str
    successor: str = ""
    checked: bool = True
    ours: str = ""


@dataclass(frozen=True, slots=True)
class HandlingSetting:
    """The numbers of the rules, each named by the rule it serves; a province changes one with `replace`."""

    supplement_requests: int  # R2
    data_within: Limit  # R4
    paper_within: Limit  # R4
    send_back_within: Limit  # R7
    notify_within: Limit  # R9
    confirm_within: Limit  # R9
    close_after: Limit  # R9
    apology_days_before: int  # R11, working days
    reappointments: int  # R11
    paper_after_outage: Limit  # R21


@cache
def rule_sources() -> Mapping[Rule, RuleSource]:
    """Return where each rule stands."""
    return {rule: _source(rule, _facts()[rule.value]) for rule in Rule}


def _source(rule: Rule, facts: Mapping[str, Any]) -> RuleSource:
    return RuleSource(
        rule,
        tuple(facts["sources"]),
        facts["seen_on"],
        facts["confidence"],
        successor=facts.get("successor", ""),
        checked=facts.get("checked", True),
        ours=facts.get("ours", ""),
    )


@cache
def _facts() -> Mapping[str, Any]:
    return tomllib.loads((files("chuan.data") / "handling" / "rules.toml").read_text(encoding="utf-8"))


def _limit(rule: Rule, name: str) -> Limit:
    written = _facts()[rule.value][name]
    return Limit(Fraction(written["amount"]), TimeUnit(written["unit"]))


DEFAULT_HANDLING = HandlingSetting(
    supplement_requests=_facts()[Rule.R2]["requests"],
    data_within=_limit(Rule.R4, "data_within"),
    paper_within=_limit(Rule.R4, "paper_within"),
    send_back_within=_limit(Rule.R7, "send_back_within"),
    notify_within=_limit(Rule.R9, "notify_within"),
    confirm_within=_limit(Rule.R9, "confirm_within"),
    close_after=_limit(Rule.R9, "close_after"),
    apology_days_before=_facts()[Rule.R11]["days_before"],
    reappointments=_facts()[Rule.R11]["reappointments"],
    paper_after_outage=_limit(Rule.R21, "paper_after"),
)
