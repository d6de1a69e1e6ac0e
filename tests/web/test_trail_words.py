"""Every action that the sources record is said in words on the page of the trail, never as its code."""

import re

from django.apps import apps

from chuan.kernel.models import Staged
from chuan.web.staff.trail_words import ACTIONS

from ..repository.tree import SOURCE

RECORDED = re.compile(r'\brecord\(\s*"([a-z_.]+)"')


def recorded() -> set[str]:
    """Return the codes that stand in the sources, and those that come from the moves of a lifecycle."""
    found = {code for path in SOURCE.rglob("*.py") for code in RECORDED.findall(path.read_text(encoding="utf-8"))}
    for model in apps.get_models():
        if issubclass(model, Staged):
            name = model._meta.model_name
            found |= {f"{name}.begin", *(f"{name}.{move.name}" for move in model.lifecycle.moves)}
    return found


def test_every_recorded_action_has_vietnamese_words() -> None:
    assert len(recorded()) > 70
    assert sorted(recorded() - set(ACTIONS)) == []
