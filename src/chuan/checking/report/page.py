"""report.html: one self-contained page that a head of agency understands, without script and without a network."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chuan.checking.report import figures
from chuan.checking.report.histogram import Histogram, histogram
from chuan.checking.report.questions import Question, all_questions, first_of, point_of
from chuan.checking.report.steps import StepTable, step_tables
from chuan.checking.report.words import Words, due_words, limit_words, moment_or_day
from chuan.checking.result import (
    STATES,
    CheckResult,
    DossierResult,
    SubjectResult,
    left_the_way,
)
from chuan.checking.subjects import Model
from chuan.rules.procedure.flow import lay_out_flow
from chuan.rules.procedure.structure import Doubt, Variant
from chuan.text.numbers import day, number, percent, rate
from chuan.writing.flow_svg import write_flow_svg

SHOWN_DOSSIERS = 50
SHOWN_ROWS = 30
FLOW_WIDTH = 1040


@dataclass(frozen=True, slots=True)
class Picture:
    """The flow diagram of one variant, as SVG; `unit` is that of its times."""

    name: str
    svg: Markup
    unit: str


@dataclass(frozen=True, slots=True)
class Section:
    """What the page says of one procedure."""

    result: SubjectResult
    followed: figures.Share
    in_time: figures.Share
    in_legal_time: figures.Share
    limit: str
    legal: str
    states: Counter[str]
    pictures: tuple[Picture, ...]
    questions: tuple[Question, ...]
    more_questions: tuple[Question, ...]
    reasons: Counter[str]
    not_judged: tuple[DossierResult, ...]  # for a reason of their own
    due_told: tuple[tuple[DossierResult, list[str]], ...]  # whose due date needs a word
    ways: tuple[figures.Way, ...]
    histogram: Histogram | None
    to_look_at: tuple[DossierResult, ...]
    steps: tuple[StepTable, ...]
    judges_time: bool


def page(result: CheckResult, doubts: Sequence[Doubt], language: str = "vi") -> str:
    """Return the page in `language` ("vi" or "en")."""
    sections = [_section(one, result, language) for one in result.subjects]
    return (
        _environment(language)
        .get_template("report.html.j2")
        .render(
            result=result,
            sections=sections,
            doubts=doubts,
            language=language,
            say=Words(language),
            style=_style(),
            shown_dossiers=SHOWN_DOSSIERS,
            shown_rows=SHOWN_ROWS,
            limit_words=partial(limit_words, language=language),
            left_the_way=left_the_way,
            point_of=point_of,
            by_row=figures.by_row,
            fit=figures.fit(result.dossiers),
            followed=figures.followed(result.dossiers),
            in_time=figures.in_time(result.dossiers),
        )
    )


def _style() -> Markup:
    text = (files("chuan.checking.report") / "templates" / "report.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file


@cache
def _environment(language: str) -> Environment:
    loader = PackageLoader("chuan.checking.report", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(number=partial(number, language=language), moment=moment_or_day, day=day)
    environment.globals.update(rate=partial(rate, language=language), percent=partial(percent, language=language))
    environment.globals.update(states=STATES)
    return environment


def _section(one: SubjectResult, result: CheckResult, language: str) -> Section:
    found = one.dossiers
    judges_steps = any(dossier.fitness is not None for dossier in found)
    limit = one.subject.models[0].total.limit if one.subject.models else None
    every = all_questions(one)
    asked, told = first_of(every), ((each, due_words(each, Words(language))) for each in found)
    return Section(
        result=one,
        followed=figures.followed(found),
        in_time=figures.in_time(found),
        in_legal_time=figures.in_legal_time(found, result.as_of),
        limit=limit_words(limit, language) if limit and len(one.subject.models) == 1 else "",
        legal=limit_words(one.subject.legal, language) if one.subject.legal else "",
        states=Counter(dossier.state for dossier in found),
        pictures=tuple(_picture(one, model, language) for model in _used(one)) if judges_steps else (),
        questions=asked,
        more_questions=tuple(each for each in every if each not in asked),
        reasons=Counter(dossier.reason for dossier in found if dossier.reason),
        not_judged=tuple(dossier for dossier in found if dossier.reason not in ("", "no_limit")),
        due_told=tuple((each, words) for each, words in told if words),
        ways=figures.ways(one),
        histogram=histogram(one, result.counting, language),
        to_look_at=tuple(dossier for dossier in found if _differs(dossier)),
        steps=tuple(step_tables(one, language)),
        judges_time=any(model.total.limit for model in one.subject.models),
    )


def _used(one: SubjectResult) -> list[Model]:
    """Return the models that explain a dossier, in order; a model without a written procedure has no table to draw."""
    if one.subject.procedure is None or not one.subject.procedure.variants:
        return []
    used = {id(dossier.model) for dossier in one.dossiers}
    return [model for model in one.subject.models if id(model) in used]


def _picture(one: SubjectResult, model: Model, language: str) -> Picture:
    diagram = lay_out_flow(Variant(model.steps, model.name), figures.flow(one, model, language), width=FLOW_WIDTH)
    name = "" if len(one.subject.models) == 1 else model.name
    svg = write_flow_svg(diagram, name=Words(language)("flow_title"), language=language, stand_alone=True)
    return Picture(name, Markup(svg), str(figures.timing_unit(model)))  # noqa: S704 - our own SVG, its text escaped by its writer


def _differs(found: DossierResult) -> bool:
    return found.state.endswith("late") or bool(left_the_way(found))
