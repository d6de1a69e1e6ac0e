"""What the words of a source for work mean: which name no step of the procedure, which step people say they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chuan.analytics.findings.queries import procedures_of_codes
from chuan.analytics.logs.models import LogSource, LogUpload
from chuan.checking.check import service_key
from chuan.checking.matching import How, Row, likeliest
from chuan.checking.subjects import Model, from_procedure
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.content import structure
from chuan.rules.authority import Permission
from chuan.trail.actions import record


@dataclass(frozen=True, slots=True)
class Word:
    """What a file calls a piece of work that no step is called. `step` is the title that people said, None for work
    that is no step, "" while nobody said; `likely` is the title to propose, "" for none."""

    activity: str
    events: int
    step: str | None
    likely: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The words of a file that name no step of `procedure`, the most used first, and the titles to choose from."""

    procedure: Procedure
    titles: tuple[str, ...]
    words: tuple[Word, ...]

    @property
    def open(self) -> int:
        """How many words nobody has said the meaning of."""
        return sum(1 for word in self.words if word.step == "")


def namings_of(upload: LogUpload) -> list[Naming]:
    """Return the words of `upload` that name no step, for each procedure in force that its dossiers belong to."""
    codes = frozenset(code for code, _activity, _number, _events in upload.activities)
    found = [_naming(upload, procedure) for procedure in procedures_of_codes(upload.source.agency, codes)]
    return [one for one in found if one is not None and one.words]


def _naming(upload: LogUpload, procedure: Procedure) -> Naming | None:
    versions = ProcedureVersion.objects.within(procedure.agency).filter(procedure=procedure, state="in_force")
    version = versions.order_by("-number").first()
    if version is None:
        return None
    models = from_procedure(structure(version)).models
    titles = tuple(dict.fromkeys(step.title for model in models for step in model.steps))
    served = {service_key(link.service.code) for link in procedure.service_links.all()}
    said = upload.source.step_names.get(procedure.key, {})
    events: dict[str, int] = {}
    for code, activity, number, count in upload.activities:
        if code in served and (activity in said or not _names_a_step(Row(activity, number), models)):
            events[activity] = events.get(activity, 0) + count
    words = (Word(one, count, _said(one, said, titles), likeliest(one, titles)) for one, count in events.items())
    return Naming(procedure, titles, tuple(words))


def _names_a_step(row: Row, models: Sequence[Model]) -> bool:
    return any(model.matcher({}).match(row).how is not How.NONE for model in models)


def _said(activity: str, said: Mapping[str, str | None], titles: Sequence[str]) -> str | None:
    """Return what people said; a title that the version in force has no more is asked for again."""
    step = said.get(activity, "")
    return step if step is None or step in titles else ""


def name_steps(
    source: LogSource, procedure: Procedure, said: Mapping[str, str | None], *, by: Actor, at: datetime
) -> None:
    """Keep which step (its title; None: no step) each word of `source` means in `procedure`; "" forgets it."""
    require(by, Permission.IMPORT_LOG, source.agency)
    known = source.step_names.get(procedure.key, {}) | dict(said)
    names = {word: step for word, step in known.items() if step != ""}
    with transaction.atomic():
        source.change(step_names=source.step_names | {procedure.key: names}, terms_changed_at=at)
        facts = {"procedure": procedure.key, "words": len(names)}
        record("log_source.name_steps", by=by, at=at, subject=source, facts=facts)
