"""What the one-stop desk does itself within a written procedure: the steps of reception and of handing the result out.

Receiving a dossier does its step of reception; a result is ready when only steps of handing out are left.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from chuan.rules.procedure.structure import Step
from chuan.text.vietnamese import fold_words

_WORD = re.compile(r"[a-z0-9]+")


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads((files("chuan.data") / "handling" / "words.toml").read_text(encoding="utf-8"))
    return {name: tuple(fold_words(word) for word in words) for name, words in table.items()}


def receives(step: Step) -> bool:
    """Return whether `step` is the reception of the dossier and nothing more, by its title."""
    title = _without(fold_words(step.title), "not_reception")
    return any(word in title for word in _words()["reception"]) and not _is_more(title)


def by_citizen(step: Step) -> bool:
    """Return whether `step` is the citizen's own, by its role: filing, which is over when the dossier is received."""
    return fold_words(step.role) in _words()["citizen"]


def hands_out(step: Step) -> bool:
    """Return whether `step` is the return of the result and nothing more, by its title: "Ký, trả kết quả" is not."""
    title = _without(fold_words(step.title), "not_hand_out")
    return any(word in title for word in _words()["hand_out"]) and not receives(step) and not _is_more(title)


def approves(step: Step) -> bool:
    """Return whether somebody approves the result in `step`, by its title: "Ký giấy phép", not "Trình ký"."""
    return _names(_without(fold_words(step.title), "not_approval"), "approval")


def _is_more(title: str) -> bool:
    """Return whether a folded title names work that is not the desk's."""
    return _names(_without(title, "not_more_than_the_desk"), "more_than_the_desk")


def _without(title: str, what: str) -> str:
    """Return a folded title without the phrases that only look like it."""
    for phrase in _words()[what]:
        title = title.replace(phrase, "")
    return title


def _names(title: str, what: str) -> bool:
    """Return whether a folded title has one of the words, as whole words."""
    padded = f" {' '.join(_WORD.findall(title))} "
    return any(f" {word} " in padded for word in _words()[what])
