"""Every view declares its effect and its permission; every model says what it is and what personal data it holds."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from chuan.kernel.effects import declared
from chuan.kernel.models import Scoped

from .test_contracts import CONTRACTS

OURS = "chuan."
FOREIGN = ("allauth.", "django.views.static", "django.contrib.staticfiles")


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (address, view) of every page."""
    for entry in patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def module_of(view: Any) -> str:
    """Return the module of the function or class that answers."""
    return str(getattr(view, "view_class", inspect.unwrap(view)).__module__)


PAGES = sorted(views(get_resolver().url_patterns), key=lambda page: page[0])
MODELS = [model for model in apps.get_models() if model.__module__.startswith(OURS)]


@pytest.mark.parametrize(("address", "view"), PAGES, ids=[address for address, _ in PAGES])
def test_every_page_is_of_the_sign_in_library_or_declares_its_effect(address: str, view: Any) -> None:
    assert module_of(view).startswith(FOREIGN) or declared(view) is not None


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_what_it_is_and_what_personal_data_it_holds(model: Any) -> None:
    written = model.__dict__.get("__doc__") or ""
    assert written, "no docstring"
    assert not re.match(rf"{model.__name__}\(", written), "the docstring is Django's"
    assert hasattr(model, "personal_data"), "personal_data is missing: a sentence, or None"
    assert model.personal_data is None or model.personal_data.strip()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_scoped_or_says_why_not(model: Any) -> None:
    assert issubclass(model, Scoped) != bool(getattr(model, "unscoped", ""))


def floors() -> dict[str, int]:
    """Return the height of each package, the ground floor 0."""
    lines = CONTRACTS["importlinter:contract:floors"]["layers"].strip().splitlines()
    return {name.strip(" ()"): height for height, line in enumerate(reversed(lines)) for name in line.split("|")}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_the_floors(model: Any) -> None:
    heights = floors()
    here = heights[model.__module__.split(".")[1]]
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model.__module__.startswith(OURS):
            there = field.related_model.__module__.split(".")[1]
            assert heights[there] <= here, f"{field.name} points up to {there}"
