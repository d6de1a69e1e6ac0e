"""What the one-stop desk does itself within a written procedure: the steps of reception and of handing the result out.

Receiving a dossier does its step of reception; a result is ready when only steps of handing out are left.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from chuan.rules.procedure.structure import Step
from chuan.text.vietnamese import fold_words


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads((files("chuan.data") / "handling" / "words.toml").read_text(encoding="utf-8"))
    return {name: tuple(fold_words(word) for word in words) for name, words in table.items()}


def receives(step: Step) -> bool:
    """Return whether `step` is the reception of the dossier, by its title."""
    title = fold_words(step.title)
    return any(word in title for word in _words()["reception"])


def hands_out(step: Step) -> bool:
    """Return whether `step` is the return of the result, by its title; a step that also receives is none."""
    title = fold_words(step.title)
    for word in _words()["not_hand_out"]:
        title = title.replace(word, "")
    return any(word in title for word in _words()["hand_out"]) and not receives(step)
