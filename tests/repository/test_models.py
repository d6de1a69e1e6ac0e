"""What holds for every table of ours: described, its personal data named, scoped, and leaning downwards only."""

import pytest
from django.apps import apps
from django.db import models

from chuan.kernel.models import Scoped
from chuan.kernel.scoping import ScopedManager

FLOORS = (
    ("trail", "files", "notices"),
    ("organisations",),
    ("norms",),
    ("quality",),
    ("analytics",),
    ("oversight",),
    ("publication",),
    ("exchange",),
    ("jobs",),
    ("web",),
)
FLOOR_OF = {app: number for number, floor in enumerate(FLOORS) for app in floor}
OURS = [model for model in apps.get_models() if model.__module__.startswith("chuan.")]


def named(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=named)
def test_every_model_says_what_it_is(model: type[models.Model]) -> None:
    text = model.__dict__.get("__doc__") or ""
    assert len(text) > 20
    assert not text.startswith(f"{model.__name__}("), "Django's own words, not ours"


@pytest.mark.parametrize("model", OURS, ids=named)
def test_every_model_says_what_personal_data_it_holds(model: type[models.Model]) -> None:
    said = getattr(model, "personal_data", "nothing was said")
    assert said is None or (isinstance(said, str) and said not in ("", "nothing was said"))


@pytest.mark.parametrize("model", OURS, ids=named)
def test_every_model_is_scoped_or_says_why_not(model: type[models.Model]) -> None:
    if issubclass(model, Scoped):
        assert isinstance(model._default_manager, ScopedManager)
        return
    assert getattr(model, "unscoped", ""), f"{model.__name__}: inherit Scoped, or say why not in `unscoped`"


@pytest.mark.parametrize("model", [model for model in OURS if issubclass(model, Scoped)], ids=named)
def test_the_scope_of_a_model_leads_to_an_agency(model: type[Scoped]) -> None:
    here: type[models.Model] = model
    for step in filter(None, model.scope_path.split("__")):
        related = here._meta.get_field(step).related_model
        assert isinstance(related, type)
        here = related
    assert here._meta.label == "organisations.Agency"


@pytest.mark.parametrize("model", OURS, ids=named)
def test_foreign_keys_point_down_the_floors(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if not (field.is_relation and field.concrete and isinstance(field.related_model, type)):
            continue
        target = field.related_model._meta.app_label
        if target in FLOOR_OF:
            assert FLOOR_OF[target] <= FLOOR_OF[model._meta.app_label], f"{field} points up to {target}"


def test_the_trail_the_files_and_the_notices_know_nobody() -> None:
    for model in OURS:
        if model._meta.app_label in FLOORS[0]:
            targets = [f.related_model for f in model._meta.get_fields() if f.is_relation and f.concrete]
            assert all(isinstance(t, type) and t._meta.app_label == model._meta.app_label for t in targets), model


def test_constraints_of_ours_have_sentences() -> None:
    default = models.CheckConstraint(condition=models.Q(pk=1), name="x").violation_error_message
    silent = [
        f"{model.__name__}.{constraint.name}"
        for model in OURS
        for constraint in model._meta.constraints
        if constraint.violation_error_message == default
    ]
    assert silent == []
