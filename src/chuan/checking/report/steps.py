"""The table of the steps: norms and times in one unit, what a shared budget spans said once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from chuan.checking.report import figures
from chuan.checking.report.words import Words, limit_words
from chuan.checking.result import StepResult, SubjectResult, percentile
from chuan.checking.subjects import Model
from chuan.rules.procedure.structure import Limit
from chuan.text.numbers import number


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as the table shows it; `over` is None where a later step of the same budget says it, or nothing is due."""

    key: str
    title: str
    role: str
    limit: str
    visits: int
    median: str
    p90: str
    over: int | None


@dataclass(frozen=True, slots=True)
class StepTable:
    """The rows of one variant, all times in `unit`."""

    variant: str
    unit: str
    rows: tuple[StepRow, ...]


def step_tables(result: SubjectResult, language: str) -> Iterator[StepTable]:
    """Yield the table of each variant that has visits; of the only one in any case."""
    models = result.subject.models
    for model in models:
        steps = [step for step in result.steps if step.model is model]
        if steps and (len(models) == 1 or any(step.minutes for step in steps)):
            name = model.name if len(models) > 1 else ""
            yield StepTable(name, str(figures.timing_unit(model)), tuple(_rows(result, model, steps, language)))


def _rows(result: SubjectResult, model: Model, steps: Sequence[StepResult], language: str) -> Iterator[StepRow]:
    times = figures.step_times(model, [one for one in result.dossiers if one.model is model])
    groups = figures.budgets(model)
    for step in steps:
        written, key = model.steps[step.step], model.keys[step.step]
        group = groups.get(written.budget, [step.step])
        over = sum(each.over_limit for each in steps if each.step in group)
        spent = times[step.step]
        yield StepRow(
            key=key if key != written.title else "",
            title=written.title,
            role=written.role,
            limit=_norm(model, step.step, group, language),
            visits=len(step.minutes),
            median=number(round(median(spent), 2), language=language) if spent else "",
            p90=number(round(percentile(spent, 0.9), 2), language=language) if spent else "",
            over=over if figures.norm_of(model, step.step) and step.step == group[-1] else None,
        )


def _norm(model: Model, index: int, group: Sequence[int], language: str) -> str:
    written, limit, say = model.steps[index], figures.norm_of(model, index), Words(language)
    if limit is None:
        return written.time_label or say("not_counted")
    words, name = _in_unit(limit, model, language), figures.group_name(model, group)
    return say("shared_limit", limit=words, steps=name) if name else words


def _in_unit(limit: Limit, model: Model, language: str) -> str:
    """Return `limit` in the unit of the table, and as written behind it where that is another."""
    shown, words = figures.timing_unit(model), limit_words(limit, language)
    if limit.unit is shown:
        return words
    same = Limit(limit.amount * figures.share_of(shown, limit.unit), shown)
    return f"{limit_words(same, language)} ({words})"
