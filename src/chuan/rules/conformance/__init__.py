"""Conformance: was the written procedure followed, and where not? Exact optimal alignments, in plain Python."""

from chuan.rules.conformance.alignment import Activity, align, align_costs, best, cheapest_run, fitness
from chuan.rules.conformance.automaton import STATE_CAP, Automaton, ModelError, ModelTooLarge
from chuan.rules.conformance.deviation import Deviation, DeviationKind, deviations
from chuan.rules.conformance.moves import Alignment, Move, MoveKind

__all__ = [
    "STATE_CAP",
    "Activity",
    "Alignment",
    "Automaton",
    "Deviation",
    "DeviationKind",
    "ModelError",
    "ModelTooLarge",
    "Move",
    "MoveKind",
    "align",
    "align_costs",
    "best",
    "cheapest_run",
    "deviations",
    "fitness",
]
