"""What is checked: a written procedure or a process model, made ready to meet a log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chuan.checking.matching import Matcher
from chuan.rules.conformance import Automaton
from chuan.rules.procedure.compile import compile_tree, compile_variant
from chuan.rules.procedure.structure import Limit, Procedure, Step, TimeUnit, Variant, written_minutes
from chuan.rules.processtree import Tree

WORKING_UNITS = (TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR, TimeUnit.MINUTE, TimeUnit.SAME_WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Total:
    """The time within which the dossier is due: `source` is "variant", "committed", "sum_of_steps" or ""."""

    limit: Limit | None
    source: str


@dataclass(frozen=True, slots=True)
class Model:
    """One way of handling, compiled. `keys` name the steps in results: the number, or the label of a process tree."""

    name: str
    steps: tuple[Step, ...]
    keys: tuple[str, ...]
    automaton: Automaton
    total: Total

    def is_timed(self, index: int) -> bool:
        """Return whether the step runs on the clock: counted by itself, or with others on a shared budget."""
        return self.steps[index].counted or bool(self.steps[index].budget)

    def matcher(self, mapping: Mapping[str, str | None], *, by_label: bool = False) -> Matcher:
        """Return the matcher of rows to the steps of this model; `by_label`: by the mapping and equal titles only."""
        return Matcher([step.title for step in self.steps], self.keys, mapping, by_label=by_label)


@dataclass(frozen=True, slots=True)
class Subject:
    """A procedure with all its variants, or a bare model.

    Of a bare model (`clock_words` False) every event is an activity: none is taken for the clock, rows that are equal
    stay apart, and only an equal label is the same activity.
    """

    name: str
    models: tuple[Model, ...]
    procedure: Procedure | None = None
    clock_words: bool = True
    file: str = ""  # where it was read from, when a folder was given

    @property
    def legal(self) -> Limit | None:
        """The legal limit, when the procedure states one."""
        return self.procedure.legal if self.procedure else None

    @property
    def promise(self) -> Limit | None:
        """The published time, where the totals of all tables contradict it; the tables' own totals are then due."""
        published = self.procedure.committed if self.procedure else None
        totals = [model.total.limit for model in self.models if model.total.source == "variant"]
        if published is None or len(totals) < len(self.models):
            return None
        return None if any(total and same_time(total, published) for total in totals) else published

    @property
    def service_code(self) -> str:
        """The code of the public service, empty for a bare model."""
        return self.procedure.service_code if self.procedure else ""


def from_procedure(procedure: Procedure, *, clock_words: bool = True) -> Subject:
    """Compile all variants. Raises ModelTooLarge (a BadInput) when one is above the state cap."""
    models = tuple(_model(variant, procedure.committed) for variant in procedure.variants if variant.steps)
    name = procedure.name or procedure.procedure_code or procedure.id
    return Subject(name, models, procedure, clock_words)


def from_tree(tree: Tree, name: str, procedure: Procedure | None = None) -> Subject:
    """Compile a process tree; its labels are both title and key of the steps. `procedure` tells what it belongs to."""
    automaton = compile_tree(tree)
    steps = tuple(Step(title=label, no=label) for label in automaton.labels)
    model = Model("", steps, tuple(automaton.labels), automaton, Total(None, ""))
    return Subject(name, (model,), procedure, clock_words=False)


def _model(variant: Variant, committed: Limit | None) -> Model:
    keys = tuple(step.no or f"B{position}" for position, step in enumerate(variant.steps, start=1))
    return Model(variant.name, variant.steps, keys, compile_variant(variant), total(variant, committed))


def same_time(one: Limit, other: Limit) -> bool:
    """Return whether two limits are the same as written: 24 working hours are 3 working days."""
    if one.unit in WORKING_UNITS and other.unit in WORKING_UNITS:
        return written_minutes(one) == written_minutes(other)
    return (one.amount, one.unit) == (other.amount, other.unit)


def total(variant: Variant, committed: Limit | None) -> Total:
    """Return the variant's declared total, else the committed total, else the sum of its counted steps."""
    if variant.declared_total is not None:
        return Total(variant.declared_total, "variant")
    if committed is not None:
        return Total(committed, "committed")
    limits = [step.time for step in variant.steps if step.counted and step.time is not None]
    return Total(_sum(limits), "sum_of_steps") if limits else Total(None, "")


def _sum(limits: Sequence[Limit]) -> Limit:
    units = {limit.unit for limit in limits}
    if len(units) == 1:
        return Limit(sum((limit.amount for limit in limits), Fraction(0)), limits[0].unit)
    unit = TimeUnit.WORKING_DAY if units & set(WORKING_UNITS) else TimeUnit.CALENDAR_DAY
    minutes = sum((written_minutes(limit) for limit in limits), Fraction(0))
    return Limit(minutes / written_minutes(Limit(Fraction(1), unit)), unit)
